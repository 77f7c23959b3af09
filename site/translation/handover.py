"""Handing over to the translators what is new or has changed in the source language.

Nothing goes live by it: a new translation is a draft, and a translation that is live stays as it
is until a translator publishes it.
"""

import logging
import time
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import DraftStateMixin, Locale, Page
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.segments import RelatedObjectSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.permissions import languages_of

from .models import State

SECONDS = 20  # after so many no further object is begun: a web server waits for 30

logger = logging.getLogger(__name__)

NOTHING_NEW = gettext_lazy("nothing new, the translators have everything")
NOT_SYNCHRONISED = gettext_lazy("the translation is not synchronised with its source")
NOT_PUBLISHED = gettext_lazy("the source is not published")
RESTRICTED = gettext_lazy("access to the source is restricted; its editors can submit it")
NO_DRAFTS = gettext_lazy(
    "records have no drafts, so visitors would see the source text: submit it by itself and "
    "translate it at once"
)
NO_PARENT = gettext_lazy("its parent page is not translated yet")
EXISTS = gettext_lazy("the other language has a page in its place")
INVALID = gettext_lazy("the translation could not be saved, because a field is not valid")
FAILED = gettext_lazy("an error occurred, which was recorded")


class Skipped(Exception):
    """An object is left as it is; the message says why."""


@dataclass
class Handover:
    """What was done, and to what nothing was done: titles by reason."""

    submitted: int = 0
    synchronised: int = 0
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    remaining: int = 0

    def done(self) -> list[str]:
        """Return sentences that say what was done."""
        sentences = []
        if self.submitted:
            sentences.append(
                ngettext(
                    "%(count)s object was submitted for translation.",
                    "%(count)s objects were submitted for translation.",
                    self.submitted,
                )
                % {"count": self.submitted}
            )
        if self.synchronised:
            sentences.append(
                ngettext(
                    "The changes of %(count)s object were handed over to the translators.",
                    "The changes of %(count)s objects were handed over to the translators.",
                    self.synchronised,
                )
                % {"count": self.synchronised}
            )
        return sentences

    def left(self) -> list[str]:
        """Return sentences that say what was not done, and why."""
        sentences = [self._reason(reason, titles) for reason, titles in self.skipped.items()]
        if self.remaining:
            sentences.append(
                ngettext(
                    "%(count)s object remains, because it would take too long at once: select it "
                    "again.",
                    "%(count)s objects remain, because it would take too long at once: select "
                    "them again.",
                    self.remaining,
                )
                % {"count": self.remaining}
            )
        return sentences

    def _reason(self, reason, titles):
        named, others = titles[:5], len(titles) - 5
        text = ", ".join(_("“%(title)s”") % {"title": title} for title in named)
        if others > 0:
            more = ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}
            text = f"{text} {more}"
        return _("Left as it was: %(titles)s (%(reason)s).") % {"titles": text, "reason": reason}


def hand_over(rows, user, seconds=SECONDS) -> Handover:
    """Submit what was never submitted, synchronise what has changed, each by itself.

    ``rows`` are statuses with their states (``with_state``). Parents come before their children,
    so that these find a place. What fails leaves the others, and nothing of itself.
    """
    result = Handover()
    begun = time.monotonic()
    rows = list(rows.order_by("page__depth", "page__path", "pk"))
    is_editor = Locale.get_default().pk in languages_of(user)
    for place, row in enumerate(rows):
        if time.monotonic() - begun > seconds:
            result.remaining = len(rows) - place
            break
        try:
            with transaction.atomic():
                _hand_over(row, user, is_editor)
        except Skipped as reason:
            result.skipped[str(reason)].append(row.title)
        except Exception:
            logger.exception("Handing over %s to the translators failed", row.title)
            result.skipped[str(FAILED)].append(row.title)
        else:
            if row.state == State.CHANGED:
                result.synchronised += 1
            else:
                result.submitted += 1
    return result


def _hand_over(row, user, is_editor):
    if row.state == State.FAILED:
        raise Skipped(FAILED)
    if row.state in (State.CURRENT, State.PARTIAL):
        raise Skipped(NOTHING_NEW)
    if row.state == State.BY_HAND:
        raise Skipped(NOT_SYNCHRONISED)
    if not row.is_published:
        raise Skipped(NOT_PUBLISHED)
    if not is_editor and row.page and row.page.get_view_restrictions().exists():
        raise Skipped(RESTRICTED)
    if row.state == State.CHANGED:
        _synchronise(row.translation.source)
    else:
        _submit(row, user)


def _synchronise(source):
    """Give translators the source as it is published, as upstream's view does."""
    source.update_from_db()
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        source.update_target_view_restrictions(translation.target_locale)


def _submit(row, user):
    if not issubclass(row.model, DraftStateMixin):
        raise Skipped(NO_DRAFTS)
    submit(row.model._default_manager.get(pk=row.object_id), row.target_locale, user)


def submit(source, locale, user):
    """Make a draft of a page in another language, with texts that translators have to replace.

    Raises ``Skipped`` where something of the source language would go live by it, or where the
    draft is not valid; to be called in a transaction.
    """
    if isinstance(source, Page):
        _find_place(source, locale)
    if missing := _untranslated_records(source, locale):
        names = ", ".join(_("“%(title)s”") % {"title": record} for record in missing)
        raise Skipped(_("translate first what it refers to: %(names)s") % {"names": names})
    # Without related objects, all of which have translations: upstream would make them anew.
    TranslationCreator(user, [locale]).create_translations(source, include_related_objects=False)
    # Upstream says nothing when the translated object does not validate.
    made = type(source)._default_manager.filter(translation_key=source.translation_key)
    if not made.filter(locale=locale, live=False).exists():
        raise Skipped(INVALID)


def _find_place(page, locale):
    """Refuse a page without a translated parent: upstream would make the parent an alias.

    An alias of a page that is live is live itself, with the source's text.
    """
    pages = Page.objects.filter(locale=locale)
    if pages.filter(translation_key=page.translation_key).exists():
        raise Skipped(EXISTS)
    parent = page.get_parent()
    if not pages.filter(translation_key=parent.translation_key, alias_of=None).exists():
        raise Skipped(NO_PARENT)


def _untranslated_records(source, locale) -> list:
    """Return the records that a source refers to and that the language lacks."""
    segments = extract_segments(source)
    related = [part for part in segments if isinstance(part, RelatedObjectSegmentValue)]
    missing = []
    for segment in {part.translation_key: part for part in related}.values():
        model = segment.content_type.model_class()
        found = model._default_manager.filter(translation_key=segment.translation_key)
        if not found.filter(locale=locale).exists():
            missing.append(found.get(locale=source.locale_id))
    return missing
