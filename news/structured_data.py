"""Articles, conferences and insights as structured data."""

from django.utils.translation import get_language

from home.metadata import plain
from home.structured_data import (
    image,
    item_list,
    moment,
    organization_id,
    page_id,
    translations,
)

LONGEST_LIST = 100  # entries: further ones are found in the data and on the permalinks


def article(page, context) -> dict:
    chrome, metadata = context["chrome"], context["metadata"]
    conference = context["conference"]
    return {
        "@type": "NewsArticle",
        "@id": f"{metadata.url}#article",
        "headline": page.title,
        "description": metadata.description,
        "mainEntityOfPage": page_id(metadata),
        "datePublished": moment(metadata.published),
        "dateModified": moment(metadata.modified or metadata.published),
        "author": organization_id(chrome),
        "publisher": organization_id(chrome),
        "image": image(metadata.image),
        "inLanguage": get_language(),
        "articleSection": metadata.section,
        "keywords": metadata.tags,
        "isAccessibleForFree": True,
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": moment(correction.date),
                "text": plain(correction.text),
            }
            for correction in context["corrections"]
        ],
        "about": conference and event(conference, chrome.absolute(conference.get_url())),
        **translations(chrome, metadata, "#article"),
    }


def event(page, url: str) -> dict:
    """A conference; its times are days."""
    address = {
        "@type": "PostalAddress",
        "addressLocality": page.city,
        "addressCountry": page.country,
    }
    organiser = {"@type": "Organization", "name": page.organiser}
    return {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": page.title,
        "description": page.theme,
        "url": url,
        "startDate": moment(page.starts_on),
        "endDate": moment(page.ends_on or page.starts_on),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": f"{page.city}, {page.country_name}",
            "address": address,
        },
        "organizer": organiser if page.organiser else None,
    }


def conference(page, request, context) -> list[dict]:
    """A conference and the list of its insights."""
    metadata = context["metadata"]
    node = event(page, metadata.url) | {
        "image": image(metadata.image),
        "mainEntityOfPage": page_id(metadata),
    }
    return [node, list_of_insights(context["insights"], request, context)]


def list_of_insights(insights, request, context) -> dict:
    chrome, metadata = context["chrome"], context["metadata"]
    links = [(item.text, chrome.absolute(item.get_url(request))) for item in insights]
    return item_list(links[:LONGEST_LIST], f"{metadata.url}#insights")


def library_id(chrome) -> dict:
    return {"@id": f"{chrome.page_url}#dataset"}


def library(page, request, context) -> list[dict]:
    """The library as a set of data in two formats, and the list of what is shown of it."""
    chrome, metadata = context["chrome"], context["metadata"]
    dataset = {
        "@type": "Dataset",
        **library_id(chrome),
        "name": page.title,
        "description": metadata.description,
        "url": chrome.page_url,
        "inLanguage": get_language(),
        "creator": organization_id(chrome),
        "publisher": organization_id(chrome),
        "isAccessibleForFree": True,
        "license": page.licence_url or page.licence,
        "dateModified": moment(page.last_published_at),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": mime,
                "contentUrl": f"{chrome.page_url}?format={name}",
            }
            for name, mime in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
    shown = [insight for _conference, group in context["groups"] for insight in group]
    return [dataset, list_of_insights(shown, request, context)]


def insight(insight, request, context) -> dict:
    """One insight as a work of its own, part of the library."""
    chrome, metadata = context["chrome"], context["metadata"]
    url = chrome.absolute(insight.page.get_url(request))
    return {
        "@type": "CreativeWork",
        "@id": f"{metadata.url}#insight",
        "identifier": insight.reference,
        "name": insight.reference,
        "text": insight.text,
        "abstract": insight.explanation,
        "url": metadata.url,
        "mainEntityOfPage": page_id(metadata),
        "dateCreated": moment(insight.given_on),
        "dateModified": moment(metadata.modified),
        "inLanguage": get_language(),
        "creator": organization_id(chrome),
        "publisher": organization_id(chrome),
        "isAccessibleForFree": True,
        "isPartOf": library_id(chrome),
        "recordedAt": event(insight.page, url),
        "about": [{"@type": "Thing", "name": name} for name in metadata.tags],
        **translations(chrome, metadata, "#insight"),
    }
