"""Keeping what the checks found in step with what is published."""

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Page

from home.steps import in_steps

from .content_checks import check
from .models import Finding, InternalLink

PAGES_AT_ONCE = 100  # held in memory by a full check


def update_findings(*pages: Page):
    """Check pages anew; of one that is not published nothing is kept."""
    checked = [check(page) for page in (page.specific for page in pages) if page.live]
    with transaction.atomic():
        remove_findings(*pages)
        Finding.objects.bulk_create(found for findings, _links in checked for found in findings)
        InternalLink.objects.bulk_create(link for _findings, links in checked for link in links)


def remove_findings(*pages: Page):
    """Forget what was found on pages that are published no more."""
    keys = [page.pk for page in pages]
    Finding.objects.filter(page__in=keys).delete()
    InternalLink.objects.filter(page__in=keys).delete()


def check_all() -> Iterator[int]:
    """Check all published pages anew, yielding the number of pages done after each step."""
    published = Page.objects.live().filter(depth__gt=1)
    done = 0
    for pages in in_steps(published.specific(), PAGES_AT_ONCE):
        update_findings(*pages)
        done += len(pages)
        yield done
    for model in (Finding, InternalLink):
        model.objects.exclude(page__in=published.values("pk")).delete()
