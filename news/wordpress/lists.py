"""Lists of the old site that nothing of it is named after: they lead to all news."""

from collections.abc import Iterable

from django.utils.text import slugify

from .addresses import add

ALL = "/page"  # before the number of a further page of all posts
FEED = "/feed/rss/"  # of ours, below the page for news


def add_list_redirects(logins: Iterable[str], index) -> int:
    """Redirect the lists of all posts and of each author to ``index``; return how many are new.

    An address that somebody redirects already keeps its redirect.
    """
    wanted = {ALL: "", "/comments/feed": FEED}
    for name in sorted({name for login in logins for name in nicenames(login)}):
        wanted |= {f"/author/{name}": "", f"/author/{name}/feed": FEED}
    return add(
        {
            path: {"redirect_page": index, "redirect_page_route_path": route}
            for path, route in wanted.items()
        }
    )


def nicenames(login: str) -> set[str]:
    """Return what an author may be called in an address.

    WordPress makes it of the login (``wp_insert_user``), and exports the login alone.
    """
    names = slugify(login[:50].replace(".", "-")), slugify(login[:50])
    return {name for name in names if name}
