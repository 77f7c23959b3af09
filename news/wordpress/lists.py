"""Lists of the old site that nothing of it is named after: they lead to all news."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect

ALL = "/page"  # before the number of a further page of all posts
FEED = "/feed/rss/"  # of ours, below the page for news


@transaction.atomic
def add_list_redirects(logins: Iterable[str], index) -> int:
    """Redirect the lists of all posts and of each author to ``index``; return how many are new.

    An address that somebody redirects already keeps its redirect.
    """
    wanted = {ALL: "", "/comments/feed": FEED}
    for name in sorted({name for login in logins for name in nicenames(login)}):
        wanted |= {f"/author/{name}": "", f"/author/{name}/feed": FEED}
    known = Redirect.objects.filter(old_path__in=list(wanted)).values_list("old_path", flat=True)
    for path in known:
        del wanted[path]
    Redirect.objects.bulk_create(
        Redirect(old_path=path, redirect_page=index, redirect_page_route_path=route)
        for path, route in wanted.items()
    )
    return len(wanted)


def nicenames(login: str) -> set[str]:
    """Return what an author may be called in an address.

    WordPress makes it of the login (``wp_insert_user``), and exports the login alone.
    """
    names = slugify(login[:50].replace(".", "-")), slugify(login[:50])
    return {name for name in names if name}
