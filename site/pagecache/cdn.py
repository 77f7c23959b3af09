"""A cache of others in front of the site (a CDN, Varnish) is told what to forget.

What is to be purged is written with the change, in its transaction, and done by the worker once
our own nginx can't give out the old copy any more: the CDN fetches again at once and would keep it.
What a page does not name (another page's menu) the CDN keeps for ``CDN_SECONDS`` at most.
"""

import time

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page

SETTLED = 2  # seconds after which nginx shows the new state


def order_purge(page, url_path=None, is_closed=False):
    """Write down what shows a page: the page, the lists above it, their feeds, in all languages.

    ``url_path`` is where it was before, if it has moved. What is closed to the public is closed
    with all pages below it.
    """
    from .models import PurgeOrder

    if not settings.WAGTAILFRONTENDCACHE:
        return
    batch = PurgeBatch()
    translations = Page.objects.filter(translation_key=page.translation_key)
    for translation in [page, *translations.exclude(pk=page.pk)]:
        batch.add_page(translation)
        batch.add_pages(translation.get_ancestors().filter(depth__gt=1).specific())
    if url_path:
        moved = Page(locale_id=page.locale_id, url_path=url_path, path=page.path)
        batch.add_url(moved.get_full_url())
    if is_closed:
        batch.add_pages(page.get_descendants().live().specific(defer=True))
    PurgeOrder.objects.create(addresses=sorted(filter(None, batch.urls)))


def follow_publication(instance, **kwargs):
    order_purge(instance)


def follow_move(instance, url_path_before, url_path_after, **kwargs):
    if url_path_before != url_path_after:
        order_purge(instance, url_path_before)


def follow_slug(instance, instance_before, **kwargs):
    order_purge(instance, instance_before.url_path)


def follow_closing(instance, **kwargs):
    order_purge(instance.page, is_closed=True)


def purge_ordered() -> int:
    """Purge what was ordered once it has settled; return how many orders that were. For the worker.

    An order is seen when its transaction has ended, however long ago it was written: the time
    counts from there. Of who is killed in the middle the orders stay, and are purged again.
    """
    from .models import PurgeOrder

    orders = list(PurgeOrder.objects.all())
    if not orders:
        return 0
    time.sleep(SETTLED)
    batch = PurgeBatch()
    for order in orders:
        batch.add_urls(order.addresses)
    batch.purge()
    PurgeOrder.objects.filter(pk__in=[order.pk for order in orders]).delete()
    return len(orders)
