"""Items of an old WordPress site in any number, each labelled as junk or not; the same every time.

    for entry in make(10_000): entry.item, entry.is_junk, entry.kind

Every seventh is junk, more than archives have: rare kinds are to be measured too. Articles are
``synthetic.Author``'s; what else there is, ``wordpress_phrases`` has the phrases of. Needs a Django
that is set up, for the demo content.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import wordpress_phrases as phrases
from news.wordpress.items import Item
from synthetic import Author

HOLDOUT = Path(__file__).with_name("wordpress_holdout.jsonl")
FIRST_DAY = datetime(2009, 1, 5, 9, tzinfo=UTC)
DAYS = 12 * 365
JUNK_EVERY = 7
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
ARTICLE_SHARE = 0.45  # of what is no junk


class Entry(NamedTuple):
    item: Item
    is_junk: bool
    kind: str


def holdout(part: int) -> list[Entry]:
    """Return items written by hand: 1 before the judge, 2 and 3 after it (see README.md)."""
    entries = []
    for number, line in enumerate(HOLDOUT.read_text("utf-8").splitlines(), 1):
        data = json.loads(line)
        if data.get("part", 1) != part:
            continue
        date = datetime.fromisoformat(data.get("date", "2015-01-01")).replace(tzinfo=UTC)
        item = Item(number, data.get("type", "post"), title=data["title"], date=date)
        item.content = data["html"]
        entries.append(Entry(item, data["junk"], data["kind"]))
    return entries


def make(count: int, seed: int = 1) -> Iterator[Entry]:
    """Yield so many items, numbered from 1; their dates are in no order."""
    archive = Archive(count, seed)
    return (archive.entry(number) for number in range(1, count + 1))


class Archive:
    """Makes each item from its number alone, so that copies can name any other one."""

    def __init__(self, count: int, seed: int):
        self.count, self.seed, self.author = count, seed, Author()

    def entry(self, number: int) -> Entry:
        writer = Writer(self, number)
        title, content = getattr(writer, f"write_{writer.kind}")()
        item = Item(number, writer.type, title=title, content=content, date=writer.date)
        item.slug, item.meta, item.file = f"p{number}", writer.meta, writer.file
        return Entry(item, writer.is_junk, writer.kind)

    def article_near(self, number: int) -> int:
        """Return the number of an article, another one for nearly every number."""
        while True:
            number = number % self.count + 1
            if Writer(self, number).kind == "article":
                return number


class Writer:
    """One item: its chance, its kind, and a method a kind that returns title and content."""

    type, file = "post", ""

    def __init__(self, archive: Archive, number: int):
        self.archive, self.number, self.meta = archive, number, {}
        self.chance = random.Random(f"{archive.seed}/{number}")
        self.is_junk = number % JUNK_EVERY == 0
        if self.is_junk:
            self.kind = self.chance.choice(JUNK)
        else:
            is_article = self.chance.random() < ARTICLE_SHARE
            self.kind = "article" if is_article else self.chance.choice(GOOD)
        self.date = FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))

    # What all kinds are put together from

    def pick(self, pool, least=1, most=None) -> str | list:
        if most is None and least == 1:
            return self.chance.choice(pool)
        return self.chance.sample(pool, k=self.chance.randint(least, most or least))

    def filled(self, text: str) -> str:
        """Fill in each {place} of a phrase on its own."""
        while "{" in text:
            head, rest = text.split("{", 1)
            name, tail = rest.split("}", 1)
            text = f"{head}{getattr(self, '_' + name)}{tail}"
        return text

    @property
    def _name(self):
        return f"{self.pick(phrases.FIRST_NAMES)} {self.pick(phrases.SURNAMES)}"

    @property
    def _phone(self):
        return f"{self.pick('26')}{self.chance.randrange(10**6, 10**7)}"

    _place = property(lambda self: self.pick(phrases.PLACES))
    _month = property(lambda self: self.pick(phrases.MONTHS))
    _body = property(lambda self: self.pick(phrases.BODIES))
    _day = property(lambda self: self.chance.randint(1, 28))
    _hour = property(lambda self: self.chance.randint(8, 17))
    _n = property(lambda self: self.chance.randint(2, 28))
    _town = property(lambda self: self.pick(phrases.TOWNS))
    _emonth = property(lambda self: self.pick(phrases.ENGLISH_MONTHS))

    @cached_property
    def text(self):
        return self.archive.author.write(self.number * 1000 + self.archive.seed)

    def sentences(self, least: int, most: int) -> str:
        """Return made-up Latvian sentences, with the little words that real ones have."""
        lines = [part for text in self.text.paragraphs for part in text.rstrip(".").split(". ")]
        return ". ".join(lines[: self.chance.randint(least, most)]) + "."

    def title(self) -> str:
        return self.filled(self.pick(phrases.TITLES))

    def marked_up(self, paragraphs) -> str:
        """Return paragraphs as one of the editors of twelve years left them."""
        how = self.chance.randrange(4)
        if how == 0:
            return "\n\n".join(paragraphs)
        if how == 1:
            return "".join(
                f"<!-- wp:paragraph --><p>{p}</p><!-- /wp:paragraph -->\n" for p in paragraphs
            )
        if how == 2:
            style = 'style="font-family: Verdana; color: #000000; font-size: 10pt;"'
            return "".join(
                f'<p class="MsoNormal"><span {style}>{p}</span></p>&nbsp;' for p in paragraphs
            )
        return "".join(f"<p>{p}</p>\r\n" for p in paragraphs)

    def host(self) -> str:
        """Return a host of nobody else."""
        letters = "".join(self.chance.choices("bcdfghklmnprstvaeiou", k=9))
        return f"http://{letters}{self.number}.example"

    # What an archive is kept for

    def write_article(self):
        paragraphs = [self.text.lead, *self.text.paragraphs[: self.chance.randint(1, 3)]]
        return self.text.title, self.marked_up(paragraphs)

    def write_notice(self):
        notice = self.filled(self.pick(phrases.NOTICES))
        return self.pick([self.title(), notice]), self.marked_up([notice])

    def write_materials(self):
        word = self.pick(["šeit", "pdf", "Prezentācija", "Protokols", "Lejupielādēt"])
        address = f"/wp-content/uploads/2014/05/{self._phone}.pdf"
        return (
            self.title(),
            f'{self.pick(["", "Materiāli: ", "Skatīt "])}<a href="{address}">{word}</a>',
        )

    def write_links(self):
        links = [link.split(" ", 1) for link in self.pick(phrases.KNOWN_LINKS, 3, 9)]
        items = "".join(
            f'<li><a href="{address}/{self._phone}">{name}</a></li>' for address, name in links
        )
        return self.title(), f"{self.pick(['', 'Noderīgas saites:'])}<ul>{items}</ul>"

    def write_sources(self):
        hosts = [f"{self.host()}/page" for _ in range(self.chance.randint(2, 4))]
        links = ", ".join(f'<a href="{h}">{h.split("/")[2]}</a>' for h in hosts)
        label = self.pick(["Avoti: ", "Vairāk: ", "Informācijas avoti: "])
        return self.text.title, self.marked_up([self.sentences(3, 6), label + links])

    def write_programme(self):
        lines = [
            f"{9 + place}.{self.pick(['00', '15', '30'])} {self.filled(line)}"
            for place, line in enumerate(self.pick(phrases.AGENDA, 4, 9))
        ]
        return self.title(), self.pick(["\n", "<br />"]).join(lines)

    def write_table(self):
        rows = "".join(
            f"<tr><td>{self._place}</td><td>{self._phone}</td><td>{self._n},{self._n}</td></tr>"
            for _ in range(self.chance.randint(3, 30))
        )
        return self.title(), f"<table>{rows}</table>"

    def write_phones(self):
        lines = [f"{self._name}, {self._phone}" for _ in range(self.chance.randint(2, 12))]
        return self.pick(["Kontakti", "Tālruņi", self.title()]), "<br>".join(lines)

    def write_names(self):
        names = [f"{self._name} ({self._place})" for _ in range(self.chance.randint(5, 40))]
        return self.title(), ", ".join(names)

    def write_schedule(self):
        lines = [f"{self._day}.{self._n}.2016. {self._body} sēde" for _ in range(self._n)]
        return self.title(), "\n".join(lines)

    def write_capitals(self):
        title, content = self.write_notice()
        return title.upper(), content.upper() if "<" not in content else content

    def write_abbreviations(self):
        several = ", ".join(self.pick(phrases.ABBREVIATIONS, 4, 12))
        return f"{several} un LPS", f"{self._day}.{self._n}. {several}; TA-{self._phone[:4]}, PVN"

    def write_picture(self):
        address = f"http://www.lps.lv/wp-content/uploads/2012/08/DSC_{self._phone}.jpg"
        picture = f'<a href="{address}"><img src="{address}" alt="" /></a>'
        return self.title(), self.pick([picture, f"[caption]{picture} {self._name}[/caption]"])

    def write_gallery(self):
        return self.title(), f'[gallery link="file" ids="{self._phone},{self._phone}"]'

    def write_featured(self):
        self.meta = {"_thumbnail_id": self._phone}
        return self.title(), ""

    def write_video(self):
        return self.title(), f"https://www.youtube.com/watch?v=a{self._phone}"

    def abroad(self, pool, least: int, most: int) -> str:
        """Return sentences of another language, and who took part: no two texts are alike."""
        people = ", ".join(
            f"{self._name} ({self._place})" for _ in range(self.chance.randint(4, 9))
        )
        return self.marked_up([*map(self.filled, self.pick(pool, least, most)), people])

    def write_english(self):
        title = self.filled("{town}: news of {emonth} {n}")
        return title, self.abroad(phrases.ENGLISH, 3, 6)

    def write_russian(self):
        return f"Встреча {self._n} мая", self.abroad(phrases.RUSSIAN, 3, 5)

    def write_neighbours(self):
        pool = phrases.NEIGHBOURS[self.pick(list(phrases.NEIGHBOURS))].split("|")
        return f"{self._town} {self._n}", self.abroad(pool, 2, 4)

    def write_touchy(self):
        said = self.filled(self.pick(phrases.TOUCHY))
        return self.title(), self.marked_up([said, self.sentences(0, 3)])

    def write_mojibake(self):
        text = self.marked_up([self.text.lead, self.sentences(2, 5)])
        how = self.pick([("utf-8", "cp1252"), ("cp1257", "cp1252"), ("cp1257", "cp1251")])
        return self.text.title, text.encode(how[0], "ignore").decode(how[1], "ignore")

    def write_paste(self):
        text = self.sentences(3, 6)
        style = "position: absolute; left: -10000px; top: 0px; width: 1px; height: 1px;"
        return self.text.title, f'{text}<div id="_mcePaste" style="{style}">{text[:200]}</div>'

    def write_folded(self):
        text = f'{self.sentences(1, 2)} <a href="http://www.likumi.lv/{self._phone}">Noteikumi</a>'
        return self.title(), f'{self.text.lead}<div class="more" style="display:none">{text}</div>'

    def write_coloured(self):
        cell = f'<td><span style="color: #ffffff;">{self._body} {self._place}</span></td>'
        return self.title(), f'<table><tr style="background-color:#036">{cell}</tr></table>'

    def write_series(self):
        text = (
            f"{self._body} sēde notiks {self._day}. {self._month} plkst. {self._hour}.00 LPS zālē "
            f"Mazajā Pils ielā 1. Darba kārtība tiks izsūtīta locekļiem elektroniski. Lūdzam par "
            f"dalību paziņot komitejas sekretārei pa tālruni {self._phone} vai e-pastu."
        )
        return f"Sēde {self._day}. {self._month}", text

    def write_greeting(self):
        place = self.number % len(phrases.GREETINGS)
        return f"Sveiciens no {self._name}", f"{phrases.GREETINGS[place]} {self._name}"

    def write_parent(self):
        self.type = "page"
        return self.title(), self.pick(["", "&nbsp;", "<p></p>"])

    def write_file(self):
        self.type, self.file = "attachment", f"http://www.lps.lv/wp-content/{self._phone}.jpg"
        return self.pick([f"DSC_{self._phone}", "asdf", f"scan{self._n}", self.title()]), ""

    # Junk

    def write_struck(self):
        row = self.pick(ROWS)
        start = self.chance.randrange(len(row) - 4)
        run = row[start : start + self.chance.randint(3, 5)]
        word = run * self.chance.randint(1, 4)
        return self.pick([word, run, "Jaunums"]), self.pick(
            [word + run, f"{word} {run}{word}", word]
        )

    def write_drummed(self):
        keys = self.pick(["asd", "sd", "fg", "jk", "dfg", "lkj", "we", "hgf", "as", "vb"])
        words = [
            "".join(self.chance.choices(keys, k=self.chance.randint(5, 18)))
            for _ in range(self.chance.randint(1, 4))
        ]
        return words[0], " ".join(words)

    def write_hammered(self):
        letters = self.pick(["sdfghjkl", "qwrtpsdfgh", "asdfghjklzxcvbnm", "dfghjkcvbnm"])
        words = [
            "".join(self.chance.choices(letters, k=self.chance.randint(4, 12)))
            for _ in range(self.chance.randint(1, 6))
        ]
        return self.pick([words[0], "Ziņa", ""]), " ".join(words)

    def write_held(self):
        letter = self.pick("aijklmsx")
        return letter * self.chance.randint(3, 9), letter * self.chance.randint(4, 30)

    def write_struck_russian(self):
        run = self.pick(["фыва", "йцукен", "олдж", "апро", "ячсм"])
        return run, run * self.chance.randint(1, 3)

    def write_test(self):
        text = self.pick(phrases.TESTS)
        return self.pick([text, self.pick(phrases.TESTS)]), self.pick(
            [text, f"<p>{text} {text}</p>"]
        )

    def write_default(self):
        return self.pick(phrases.DEFAULTS)

    def write_lorem(self):
        words = " ".join(self.chance.choices(phrases.LOREM, k=self.chance.randint(8, 120)))
        return self.pick(["Lorem ipsum", self.title()]), self.marked_up([words.capitalize()])

    def write_empty(self):
        title = self.pick(["", "jauns", "Ziņas", "xx", "Bez virsraksta", "raksts"])
        return title, self.pick(["", "&nbsp;", "<p> </p>\n<p>&nbsp;</p>", "<br />"])

    def write_repeated(self):
        word = self.pick(["Foto", "Jaunumi", "Aktualitātes", "Arhīvs", "Seminārs", "Ziņa LPS"])
        return word, self.pick([word, f"<h2>{word}</h2>", f"{word}."])

    def advertised(self, kind, links: int) -> list[str]:
        names, sentences = (pool.split("|") for pool in phrases.ADVERTISEMENTS[kind])
        linked = [f'<a href="{self.host()}">{name}</a>' for name in self.pick(names, links, links)]
        lines = self.pick(sentences, 3, 5)
        return [
            line.replace("{a}", linked[place] if place < len(linked) else self.pick(names))
            for place, line in enumerate(sorted(lines, key=lambda line: "{a}" not in line))
        ]

    def write_advertisement(self):
        kind = self.pick([kind for kind in phrases.ADVERTISEMENTS if kind != "guest"])
        lines = self.advertised(kind, self.chance.randint(2, 3))
        title = self.pick(phrases.ADVERTISEMENTS[kind][0].split("|")).capitalize()
        return title, self.marked_up(lines)

    def write_guest(self):
        return f"{self._n} things to know", self.marked_up(self.advertised("guest", 2))

    def write_russian_spam(self):
        lines = self.pick(phrases.RUSSIAN_SPAM, 1, 2)
        return self.pick(["Предложение", "Выгодно"]), (
            f'{" ".join(lines)} <a href="{self.host()}">{lines[0][:20]}</a>'
        )

    def write_stranger(self):
        pool = phrases.OTHER_LANGUAGES[self.pick(list(phrases.OTHER_LANGUAGES))].split("|")
        return self.pick(pool), f"{'. '.join(self.pick(pool, 3, 4))} {self.host()}"

    def write_hidden(self):
        kind = self.pick(list(phrases.ADVERTISEMENTS))
        style = self.pick(
            ["display:none", "position:absolute;left:-9999px", "font-size:0", "color:#fff;"]
        )
        hidden = f'<div style="{style}">{" ".join(self.advertised(kind, 2))}</div>'
        return self.text.title, self.marked_up([self.text.lead, self.sentences(2, 8)]) + hidden

    def write_injected(self):
        kind = self.pick([kind for kind in phrases.ADVERTISEMENTS if kind != "guest"])
        links = [line for line in self.advertised(kind, 2) if "<a" in line]
        return self.text.title, self.marked_up([self.text.lead, *links, self.sentences(2, 8)])

    def write_footer(self):
        names = self.pick(phrases.FOOTERS, 2, 4)
        if self.chance.random() < 0.3:
            footer = self.pick(["", " ", " | "]).join(names)
        else:
            links = [f'<a href="{self.host()}">{name}</a>' for name in names]
            footer = self.pick(["", " ", " | ", "<br>"]).join(links)
        return self.text.title, f"{self.marked_up([self.sentences(3, 8)])}<p>{footer}</p>"

    def write_unknown_footer(self):
        names = self.pick(phrases.UNKNOWN_FOOTERS, 2, 4)
        links = [f'<a href="{self.host()}">{name}</a>' for name in names]
        return self.text.title, f"{self.marked_up([self.sentences(3, 8)])}<p>{' '.join(links)}</p>"

    def original(self) -> tuple[str, str]:
        """Return an article's title and content, dating this item some days after it."""
        writer = Writer(self.archive, self.archive.article_near(self.number * 31 + 7))
        self.date = writer.date + timedelta(days=self.chance.randint(0, 20), minutes=7)
        return writer.write_article()

    def write_copy(self):
        title, content = self.original()
        return title, self.pick([content, content.replace("<p>", "<p>&nbsp;")])

    def write_corrected(self):
        title, content = self.original()
        words = content.split(" ")
        for _ in range(self.chance.randint(1, 3)):
            words[self.chance.randrange(len(words) // 2, len(words) - 1)] = self.pick(
                phrases.PLACES
            )
        title = self.pick([title, f"{title} (precizēts)", f"LABOTS: {title}"])
        return title, " ".join(words) + self.pick(["", " Precizēts."])


def _kinds(first: str, last: str) -> list[str]:
    names = [name.removeprefix("write_") for name in vars(Writer) if name.startswith("write_")]
    return names[names.index(first) : names.index(last) + 1]


GOOD = _kinds("notice", "file")
JUNK = _kinds("struck", "corrected")
