"""Structured data in the vocabulary of schema.org (JSON-LD): one graph a page.

Every graph describes the association, its website, the page and the way to it. What the page is
about, each page type adds in ``structured_data``. Nodes refer to one another by ``@id``.
"""

import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone
from django.utils.duration import duration_iso_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from home import shared

from .addresses import root_url
from .metadata import Metadata, SharedImage

LOGO_SIZE = 512  # pixels, see home.icons
# What would end the script element, or open a comment in it (as Django's own `json_script`).
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_json(nodes: list[dict]) -> SafeString:
    """Return nodes as a JSON-LD document that is safe within a script element."""
    document = {"@context": "https://schema.org", "@graph": [without_empty(n) for n in nodes]}
    text = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode(document)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 (escaped above)


def without_empty(value):
    """Return a value without properties that say nothing."""
    if isinstance(value, dict):
        cleaned = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value


def page_graph(page, request, context) -> list[dict]:
    """Return the nodes of a page; ``context`` is that of its template, with ``metadata``."""
    chrome, metadata = context["chrome"], context["metadata"]
    subjects = page.structured_data(request, context)
    trail = breadcrumbs(chrome, metadata)
    links = {"mainEntity": subjects[0] if subjects else {}, "breadcrumb": trail}
    references = {name: {"@id": node["@id"]} for name, node in links.items() if node}
    return [
        *_owner(chrome),
        web_page(page, chrome, metadata) | references,
        *([trail] if trail else []),
        *subjects,
    ]


def _owner(chrome) -> list[dict]:
    """Return the nodes that are the same on all pages of a language."""
    key = ("owner", root_url(chrome.request), chrome.locale_id, chrome.day)
    return shared.once(key, lambda: [organization(chrome), website(chrome)])


# References to nodes that stand in every graph


def organization_id(chrome) -> dict:
    return {"@id": f"{root_url(chrome.request)}/#organization"}


def website_id(chrome) -> dict:
    return {"@id": f"{chrome.absolute(chrome.home_url)}#website"}


def page_id(metadata: Metadata) -> dict:
    return {"@id": metadata.url}


# Nodes that stand in every graph


def organization(chrome) -> dict:
    """The association, from the site settings and the texts of its header and footer."""
    texts, settings = chrome.texts, chrome.settings
    union = {"@type": "Organization", "name": texts.union_name, "url": texts.union_url}
    profiles = [block.value["url"] for block in settings.social_links]
    return {
        "@type": "Organization",
        **organization_id(chrome),
        "name": texts.name,
        "alternateName": texts.short_name,
        "url": chrome.absolute(chrome.home_url),
        "logo": {
            "@type": "ImageObject",
            "url": chrome.absolute(reverse("icon", args=[LOGO_SIZE])),
            "width": LOGO_SIZE,
            "height": LOGO_SIZE,
        },
        "parentOrganization": union if texts.union_name else None,
        "contactPoint": [contact_point(person) for person in chrome.contacts or ()],
        "sameAs": list(filter(None, [settings.youtube_channel, *profiles])),
    }


def contact_point(person) -> dict | None:
    if not person.email and not person.phone:
        return None
    return {
        "@type": "ContactPoint",
        "contactType": person.chair_title or person.position,
        "name": person.title,
        "email": person.email,
        "telephone": telephone(person),
    }


def website(chrome) -> dict:
    """The website in one language, with its search."""
    return {
        "@type": "WebSite",
        **website_id(chrome),
        "name": chrome.texts.name,
        "alternateName": chrome.texts.short_name,
        "url": chrome.absolute(chrome.home_url),
        "inLanguage": get_language(),
        "publisher": organization_id(chrome),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{chrome.absolute(chrome.search_url)}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def web_page(page, chrome, metadata: Metadata) -> dict:
    return {
        "@type": page.schema_type,
        **page_id(metadata),
        "url": metadata.url,
        "name": metadata.title,
        "description": metadata.description,
        "inLanguage": get_language(),
        "isPartOf": website_id(chrome),
        "publisher": organization_id(chrome),
        "primaryImageOfPage": image(metadata.image),
        "datePublished": moment(metadata.published),
        "dateModified": moment(metadata.modified),
        **translations(chrome, metadata),
    }


def breadcrumbs(chrome, metadata: Metadata) -> dict:
    """The way to the page: the pages above it, and for a part of a page the page itself.

    Nothing leads to the home page.
    """
    links = [(link.title, chrome.absolute(link.url)) for link in chrome.breadcrumbs]
    if chrome.subpath or chrome.queries:
        links.append((chrome.page.title, chrome.page_url))
    if not links:
        return {}
    links.append((metadata.title, metadata.url))
    return item_list(links, f"{metadata.url}#breadcrumbs", "BreadcrumbList")


def translations(chrome, metadata: Metadata, fragment: str = "") -> dict:
    """Say of which page this is the translation, or which pages are translations of it."""
    if not chrome.alternates:
        return {}
    *links, (_x_default, source) = chrome.alternates
    if metadata.url != source:
        return {"translationOfWork": {"@id": source + fragment}}
    others = [{"@id": url + fragment} for _code, url in links if url != source]
    return {"workTranslation": others}


# Parts of which page types make theirs


def item_list(links, identifier: str, kind: str = "ItemList") -> dict:
    """Return a list of ``(name, absolute address)`` in their order."""
    return {
        "@type": kind,
        "@id": identifier,
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            if kind == "BreadcrumbList"
            else {"@type": "ListItem", "position": position, "name": name, "url": url}
            for position, (name, url) in enumerate(links, start=1)
        ],
    }


def list_of_pages(pages, request, context) -> dict:
    """Return a list of pages of this site."""
    chrome, metadata = context["chrome"], context["metadata"]
    links = [(page.title, chrome.absolute(page.get_url(request))) for page in pages]
    return item_list(links, f"{metadata.url}#list")


def image(picture: SharedImage | None) -> dict | None:
    return picture and {
        "@type": "ImageObject",
        "url": picture.url,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.alt,
    }


def moment(when: datetime.date | datetime.datetime | None) -> str | None:
    """Return a day or a moment as ISO 8601; a moment has the offset of the site's time zone."""
    if isinstance(when, datetime.datetime):
        when = timezone.localtime(when).replace(microsecond=0)
    return when and when.isoformat()


def duration(length: datetime.timedelta | None) -> str | None:
    """Return a length of time as ISO 8601."""
    return length and duration_iso_string(length)


def telephone(person) -> str:
    """Return a number as it is dialled from anywhere."""
    return person.phone_uri.removeprefix("tel:") if person.phone else ""
