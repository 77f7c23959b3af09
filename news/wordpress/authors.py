"""The lists of the old site by author. There are none here, so they lead to all news."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from wagtail.contrib.redirects.models import Redirect


@transaction.atomic
def add_author_redirects(logins: Iterable[str], index) -> int:
    """Redirect the list and the feed of each author to those of ``index``; return how many are new.

    An address that somebody redirects already keeps its redirect.
    """
    wanted = {}
    for name in sorted({name for login in logins for name in nicenames(login)}):
        wanted[f"/author/{name}"] = ""
        wanted[f"/author/{name}/feed"] = "/feed/rss/"
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
    name = slugify(login[:50].replace(".", "-"))
    return {name, slugify(login[:50])} - {""}
