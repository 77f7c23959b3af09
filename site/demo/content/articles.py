"""The shape of an article."""

from demo.data import Entry, L, Ref, rich
from demo.data import p as paragraph

from .topics import topic_links


def article(slug, date, title, lead, topics, body, *, image=None, corrections=(), **values):
    """Return an article; its key is its Latvian address.

    ``image`` is ``(picture, alternative text, caption)``, ``corrections`` are pairs of a date and
    a text, ``attachments`` are files, ``partners`` keys, ``conference`` a key.
    """
    fields = {
        "title": L(*title),
        "slug": L(*slug),
        "date": date,
        "lead": L(*lead),
        "summary": L(*values["summary"]) if "summary" in values else "",
        "body": body,
        "topic_links": topic_links(*topics),
        "attachments": [{"document": file} for file in values.get("attachments", ())],
        "partner_links": [{"partner": Ref(f"partner/{key}")} for key in values.get("partners", ())],
        "corrections": [{"date": day, "text": rich(paragraph(*text))} for day, text in corrections],
    }
    if image:
        picture, alt, caption, *credit = image
        fields |= {
            "image": picture,
            "image_alt": L(*alt),
            "image_caption": L(*caption),
            "image_credit": L(*(credit[0] if credit else ("Zīmējums: LPIA", "Drawing: LPIA"))),
        }
    if "conference" in values:
        fields["conference"] = Ref(f"conference/{values['conference']}")
    return Entry(
        "news.NewsPage",
        f"news/{slug[0]}",
        fields,
        parent="news",
        published=date,
        updated=max((day for day, _text in corrections), default=None),
    )
