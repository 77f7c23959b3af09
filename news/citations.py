"""Citations of insights: as a sentence, as BibTeX and as RIS.

Both formats are UTF-8: BibTeX and LaTeX take Latvian letters as they are (LaTeX since 2018, biber
always). What TeX would run is escaped, so that any text comes out as it was written.
"""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest

from home.addresses import absolute
from home.models import SiteTexts
from home.templatetags.event_days import event_days

from . import countries

TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # BibTeX counts braces, those behind a backslash too
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
} | {char: f"\\{char}" for char in "#$%&_"}
TEX_LANGUAGES = {"lv": "latvian", "en": "english"}
# How a sentence ends; the closing quotation mark of Latvian is “, of English ”.
ENDS = tuple(mark + quote for mark in ".!?…" for quote in ("", "“", "”"))
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True)
class Citation:
    """What a citation of an insight names; all texts are plain and of one line."""

    reference: str
    text: str
    explanation: str
    topics: tuple[str, ...]
    author: str
    short_author: str
    conference: str
    city: str
    country: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    language: str
    url: str  # absolute

    def as_text(self) -> str:
        """Return the citation as a sentence."""
        end = "" if self.text.endswith(ENDS) else "."
        return (
            f"{self.short_author}. {self.reference}: {self.text}{end} {self.conference}, "
            f"{self.city}, {event_days(self.starts_on, self.ends_on)}. {self.url}"
        )

    def as_bibtex(self) -> str:
        """Return an entry of a .bib file; its key is the reference and the language."""
        fields = {
            "author": f"{{{tex(self.author)}}}",  # an organisation: no first name
            "title": f"{{{tex(self.text)}}}",  # in its own capitals
            "howpublished": tex(f"{self.conference}, {self.city}, {self.country}"),
            "note": tex(self.reference),
            "year": str(self.starts_on.year),
            "language": TEX_LANGUAGES.get(self.language, self.language),
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        lines.append(f"  month = {MONTHS[self.starts_on.month - 1]}")
        return "\n".join([f"@misc{{{self.reference}-{self.language},", *lines, "}", ""])

    def as_ris(self) -> str:
        """Return a record of a .ris file; its lines end as the format asks."""
        last = self.ends_on or self.starts_on
        fields = [
            ("TY", "ELEC"),
            ("ID", f"{self.reference}-{self.language}"),
            ("AU", self.author),
            ("TI", self.text),
            ("T2", self.conference),
            ("CY", f"{self.city}, {self.country}"),
            ("PY", str(self.starts_on.year)),
            ("DA", f"{last:%Y/%m/%d}"),
            ("AN", self.reference),
            *(("AB", text) for text in [self.explanation] if text),
            *(("KW", topic) for topic in self.topics),
            ("LA", self.language),
            ("UR", self.url),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def tex(text: str) -> str:
    """Return a text as LaTeX that prints it."""
    return "".join(TEX.get(char, char) for char in text)


def one_line(text: str) -> str:
    """Return a text without line ends, control characters and spaces in a row."""
    printable = "".join(c if c.isprintable() else " " for c in text.replace("\u00ad", ""))
    return " ".join(printable.split())


def cite(request: HttpRequest, insights, language: str) -> list[Citation]:
    """Return the citations of insights, which are read with their pages and topics."""
    texts = SiteTexts.objects.filter(locale__language_code=language).first() or SiteTexts()
    return [
        Citation(
            reference=insight.reference,
            text=one_line(insight.text),
            explanation=one_line(insight.explanation),
            topics=tuple(one_line(topic.name) for topic in insight.topics),
            author=one_line(texts.name),
            short_author=one_line(texts.short_name),
            conference=one_line(insight.page.title),
            city=one_line(insight.page.city),
            country=countries.name(insight.page.country, language),
            starts_on=insight.page.starts_on,
            ends_on=insight.page.ends_on,
            language=language,
            url=absolute(request, insight.get_url(request)),
        )
        for insight in insights
    ]
