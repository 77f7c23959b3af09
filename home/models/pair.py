"""What holds between a page and its translations, however they are saved.

Latvian is the source: a translation is live only while its source is, and stands in its tree where
the source stands in its own. A page made in another language only has no source and is free.
"""

import logging

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import changes
from home.block_ids import renew_duplicate_ids

logger = logging.getLogger(__name__)

BY_SCHEDULE = "wagtail.publish.scheduled"  # how Wagtail logs what `publish_scheduled` publishes


class SourceNotLive(ValidationError):
    """A translation was to be published before its source. ``page`` is the translation."""

    def __init__(self, page, source):
        self.page = page
        text = _(
            "“%(title)s” is the translation of “%(source)s”, which is not published. "
            "Publish the original first. The translation is kept as a draft."
        )
        names = {
            "title": page.get_admin_display_title(),
            "source": source.get_admin_display_title(),
        }
        # A dictionary, as the errors of every model are: Wagtail's API reads one.
        super().__init__({NON_FIELD_ERRORS: text % names})


class PairedPage(Page):
    """The abstract base of pages that come in several languages."""

    class Meta:
        abstract = True

    def get_source(self) -> Page | None:
        """Return the page that this one translates; None for a source and a page without one."""
        return (
            Page.objects.filter(
                translation_key=self.translation_key,
                locale__language_code=settings.LANGUAGE_CODE,
            )
            .exclude(locale_id=self.locale_id)
            .first()
        )

    def require_live_source(self):
        """Raise ``SourceNotLive`` if the page translates one that is not published."""
        source = self.get_source()
        if source and not source.live:
            raise SourceNotLive(self, source)

    def get_parallel_parent(self) -> Page | None:
        """Return the only page under which this translation may stand.

        That is the translation of the page above its source. None: it may stand anywhere.
        """
        source = self.get_source()
        return source and source.get_parent().get_translation_or_none(self.locale)

    def can_move_to(self, parent):
        if not super().can_move_to(parent):
            return False
        only_parent = self.get_parallel_parent()
        return only_parent is None or only_parent.pk == parent.pk

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "live" in fields):
            self.require_live_source()
        if fields is None:
            renew_duplicate_ids(self)
        return super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        renew_duplicate_ids(self)
        return super().save_revision(*args, **kwargs)

    def publish(self, revision, user=None, changed=True, log_action=True, **kwargs):
        if log_action == BY_SCHEDULE and not self._may_go_live(revision):
            return None
        with changes.keep_date_of_unchanged(self, revision):
            return super().publish(
                revision, user=user, changed=changed, log_action=log_action, **kwargs
            )

    def _may_go_live(self, revision) -> bool:
        """Tell whether a revision that is due may be published now.

        One whose source is due too publishes the source first; one whose source is not yet live
        stays scheduled, and the next run tries again.
        """
        if not self.revisions.filter(pk=revision.pk, approved_go_live_at__isnull=False).exists():
            return False  # published a moment ago, before its translation
        source = self.get_source()
        if source is None or source.live:
            return True
        due = source.revisions.filter(approved_go_live_at__lt=timezone.now()).first()
        if due:
            due.publish(log_action=BY_SCHEDULE)
            return True
        logger.warning("“%s” stays scheduled until its original is published.", self)
        return False
