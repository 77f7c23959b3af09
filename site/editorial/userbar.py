"""Wagtail's content checks in the editor and on the site, with our rules and our Latvian.

The rules that Wagtail lacks are in ``static/js/content-checks.js``; what they go by stands in
``editorial.content_checks`` and reaches them as options.
"""

from django.forms import Media
from wagtail.admin.userbar import ContentCheckerItem

from .content_checks import SENTENCE_END, VAGUE_LINKS, WORDS_OF_A_SENTENCE
from .models import Finding

Kind = Finding.Kind

# The rule of each kind, by which the browser finds it: where it looks, and what it goes by.
RULES = {
    Kind.SUMMARY: {"id": "page-summary", "selector": "h1", "options": {"without": ".person"}},
    Kind.PICTURE: {
        "id": "picture-alternative",
        "selector": ".picture img:not([role]), .main-picture img:not([role])",
        "options": {},
    },
    Kind.LINK: {
        "id": "link-says-something",
        "selector": "main a",
        "options": {"texts": VAGUE_LINKS},
    },
    Kind.SENTENCE: {
        "id": "easy-sentence",
        "selector": ".easy-read p, .easy-read li",
        "options": {"words": WORDS_OF_A_SENTENCE, "end": SENTENCE_END},
    },
}


class ContentChecks(ContentCheckerItem):
    axe_include = ["main"]  # header and footer are not the work of who writes the page
    axe_run_only = [
        *(name for name in ContentCheckerItem.axe_run_only if name != "empty-meta-description"),
        *(rule["id"] for rule in RULES.values()),
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        # In what editors write; other paragraphs are ours.
        {"id": "p-as-heading", "selector": ".prose p", "enabled": True},
        *(
            {
                "id": rule["id"],
                "impact": "serious",
                "selector": rule["selector"],
                "tags": ["best-practice"],
                "any": [rule["id"]],
                "enabled": True,
            }
            for rule in RULES.values()
        ),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        *({"id": rule["id"], "options": rule["options"]} for rule in RULES.values()),
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        rule: {"error_name": kind.label, "help_text": Finding.HINTS[kind]}
        for rule, kind in [
            ("heading-order", Kind.HEADING),
            *((rule["id"], kind) for kind, rule in RULES.items()),
        ]
    }

    @property
    def media(self):
        return Media(js=["js/content-checks.js"])


def use_our_checks(items: list):
    """Put our checks in the place of Wagtail's."""
    items[:] = [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
