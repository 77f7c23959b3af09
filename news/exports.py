"""The insights as data: CSV and JSON."""

import csv

from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language

from home.addresses import absolute


def as_records(request, insights) -> list[dict]:
    """Return the insights as plain dictionaries; dates are ISO 8601, addresses absolute."""
    return [
        {
            "reference": insight.reference,
            "text": insight.text,
            "explanation": insight.explanation,
            "topics": [topic.name for topic in insight.topics],
            "conference": insight.page.title,
            "date": insight.given_on.isoformat(),
            "city": insight.page.city,
            "country": insight.page.country,
            "language": get_language(),
            "url": absolute(request, insight.get_url(request)),
        }
        for insight in insights
    ]


def as_json(request, insights) -> JsonResponse:
    return JsonResponse(
        {"insights": as_records(request, insights)}, json_dumps_params={"ensure_ascii": False}
    )


def as_csv(request, insights) -> HttpResponse:
    """Return the insights as CSV in UTF-8 with a byte order mark, as spreadsheets expect it."""
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="insights.csv"'},
    )
    records = as_records(request, insights)
    fields = list(records[0]) if records else ["reference", "text"]
    writer = csv.DictWriter(response, fields)
    writer.writeheader()
    writer.writerows(record | {"topics": "; ".join(record["topics"])} for record in records)
    return response


EXPORTS = {"csv": as_csv, "json": as_json}
