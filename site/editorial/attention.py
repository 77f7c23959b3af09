"""What needs an editor's attention: of the pages that a person may change, in a query each."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from home.models import BasePage, MeetingPage
from home.permissions import languages_of
from translation.models import Publication, TranslationStatus

from .models import Finding, InternalLink


def pages_of(user):
    """Return the pages that a person may change, but for the root of the tree."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1)


def writes_originals(user) -> bool:
    """Return whether a person works in the source language, Latvian."""
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk in languages_of(user)


def pages_to_review(user):
    """Return the published pages whose day of review has come, with that day as ``review_by``."""
    pages = pages_of(user).live().annotate(review_by=Coalesce(*map(F, _review_fields())))
    return pages.filter(review_by__lte=timezone.localdate())


@cache
def _review_fields() -> list[str]:
    """Return where each page type has its day of review, as seen from ``Page``."""
    types = [model for model in apps.get_models() if issubclass(model, BasePage)]
    return [f"{model._meta.model_name}__review_by" for model in types]


def without_translation(user):
    """Return what is published in Latvian and not in English, as statuses of translations.

    Of pages and records that the person may know of; drafts of a translation do not count.
    """
    statuses = TranslationStatus.objects.visible_to(user).of_published_sources().with_state()
    return statuses.filter(publication__in=(Publication.NONE, Publication.DRAFT))


def recordings_without_transcript(user):
    """Return the published meetings whose recording can't be read; the transcript is Latvian."""
    return (
        MeetingPage.objects.live()
        .filter(
            pk__in=pages_of(user).filter(locale__language_code=settings.LANGUAGE_CODE).values("pk"),
            transcript="",
        )
        .exclude(recording="")
    )


def findings(user):
    """Return what the checks found on published pages."""
    return Finding.objects.filter(page__in=pages_of(user).live())


def broken_links(user):
    """Return the links in the texts of published pages that visitors can't follow."""
    return InternalLink.objects.broken().filter(page__in=pages_of(user).live())
