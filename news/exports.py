"""The insights as files: CSV and JSON to work with, BibTeX and RIS to cite from.

docs/api.md describes the columns.
"""

import csv
from dataclasses import dataclass, field

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language

from home.addresses import absolute
from home.spreadsheets import escaped

from .citations import cite

COLUMNS = (
    *("reference", "text", "explanation", "topics", "conference", "conference_url"),
    *("starts_on", "ends_on", "date", "city", "country", "country_code", "language", "url"),
)


@dataclass(frozen=True)
class Export:
    """What leaves the library: insights, and what was asked for."""

    request: object
    library: object  # an InsightLibraryPage
    insights: list  # read with their pages and topics
    source: str  # the absolute address of the same as a page
    filters: dict[str, str] = field(default_factory=dict)
    reference: str = ""  # of the insight, where it is one

    def file_name(self, suffix: str) -> str:
        parts = [self.reference] if self.reference else [self.library.slug, *self.filters.values()]
        return f"{'-'.join(filter(None, map(slugify, parts)))}.{suffix}"

    @property
    def licence(self) -> dict[str, str] | None:
        """The name and the address of the licence, or None when the library names none."""
        if not self.library.licence:
            return None
        return {"name": self.library.licence, "url": self.library.licence_url}

    def records(self) -> list[dict]:
        """Return the insights as plain dictionaries; dates are ISO 8601, addresses absolute."""
        return [self._record(insight) for insight in self.insights]

    def _record(self, insight) -> dict:
        page, request = insight.page, self.request
        return {
            "reference": insight.reference,
            "text": insight.text,
            "explanation": insight.explanation,
            "topics": [topic.name for topic in insight.topics],
            "conference": page.title,
            "conference_url": absolute(request, page.get_url(request)),
            "starts_on": page.starts_on.isoformat(),
            "ends_on": page.ends_on.isoformat() if page.ends_on else None,
            "date": insight.given_on.isoformat(),
            "city": page.city,
            "country": page.country_name,
            "country_code": page.country,
            "language": get_language(),
            "url": absolute(request, insight.get_url(request)),
        }

    def attach(self, response, suffix: str):
        """Make the response a file to keep, and let it name its licence (RFC 8288)."""
        response["Content-Disposition"] = content_disposition_header(True, self.file_name(suffix))
        links = [f'<{self.source}>; rel="alternate"']
        if self.licence and self.licence["url"]:
            links.append(f'<{self.licence["url"]}>; rel="license"')
        response["Link"] = ", ".join(links)
        response["X-Robots-Tag"] = "noindex"
        return response


def as_json(export: Export) -> HttpResponse:
    """Return the insights as JSON, with what somebody must know to use them."""
    records = export.records()
    data = {
        "title": export.library.title,
        "license": export.licence,
        "generated": timezone.now().isoformat(timespec="seconds"),
        "source": export.source,
        "filter": export.filters,
        "language": get_language(),
        "count": len(records),
        "insights": records,
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return export.attach(response, "json")


def as_csv(export: Export) -> HttpResponse:
    """Return the insights as CSV in UTF-8 with a byte order mark, as spreadsheets expect it.

    Each row names the licence: rows are what people copy.
    """
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    licence = export.licence or {"name": "", "url": ""}
    writer = csv.writer(response)
    writer.writerow([*COLUMNS, "license", "license_url"])
    for record in export.records():
        record["topics"] = "; ".join(record["topics"])
        cells = [*(record[column] or "" for column in COLUMNS), licence["name"], licence["url"]]
        writer.writerow(escaped(cell) for cell in cells)
    return export.attach(response, "csv")


def as_bibtex(export: Export) -> HttpResponse:
    citations = cite(export.request, export.insights, get_language())
    text = "\n".join(citation.as_bibtex() for citation in citations)
    response = HttpResponse(text, content_type="application/x-bibtex; charset=utf-8")
    return export.attach(response, "bib")


def as_ris(export: Export) -> HttpResponse:
    citations = cite(export.request, export.insights, get_language())
    text = "\r\n".join(citation.as_ris() for citation in citations)
    response = HttpResponse(text, content_type="application/x-research-info-systems; charset=utf-8")
    return export.attach(response, "ris")


EXPORTS = {"csv": as_csv, "json": as_json, "bib": as_bibtex, "ris": as_ris}
