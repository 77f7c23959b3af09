"""Redirects from the addresses of the old site: Wagtail's own, which editors may change.

An address that somebody redirects already keeps its redirect. Those to pages follow the page when
it moves.
"""

import csv
from collections.abc import Iterable, Iterator

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from home.steps import in_steps

from .gone import number_in, old_slugs, parts_of, read_later_addresses
from .models import ImportedItem, TermMapping

AT_ONCE = 200  # items; an address in a statement each, and SQLite takes 32,766 parameters
LONGEST = Redirect._meta.get_field("old_path").max_length
NUMBERED = {"post": "p", "page": "page_id", "attachment": "attachment_id"}


def add_redirects(rows) -> int:
    """Redirect the addresses of imported items, and of their files, to their pages.

    Returns how many redirects were added. Those that exist stay as they are.
    """
    added = 0
    for batch in in_steps(rows.filter(page__isnull=False), AT_ONCE):
        wanted = {
            path: {"redirect_page_id": row.page_id} for row in batch for path in paths_of(row)
        }
        added += add(wanted)
    for batch in in_steps(_files(rows).select_related("image", "document"), AT_ONCE):
        pages = _pages_above(batch)
        wanted = {}
        for row in batch:
            wanted |= _of_file(row, pages.get((row.source, row.data["parent"])))
        added += add(wanted)
    return added


def paths_of(row: ImportedItem) -> Iterator[str]:
    """Yield the addresses at which the old site showed an item, as Wagtail keeps them."""
    data = row.data
    name = NUMBERED.get(row.type, "p")
    if row.post_id > 0:
        yield from {f"/?p={row.post_id}", f"/?{name}={row.post_id}"}
    if path := _path(data["link"]):
        above, _, slug = path.rpartition("/")
        for name in dict.fromkeys([slug, *old_slugs(data)]):
            yield f"{above}/{name}"
            yield f"{above}/{name}/feed"


def _path(link) -> str:
    parts = parts_of(link)
    return "" if number_in(parts.query) else Redirect.normalise_path(parts.path or "/").rstrip("/")


def _files(rows):
    source = rows.values("source")
    return ImportedItem.objects.filter(source__in=source, type="attachment")


def _pages_above(files) -> dict[tuple[str, int], int]:
    """Return the pages of the items that files belong to, by the numbers of these."""
    found = ImportedItem.objects.filter(
        source__in={row.source for row in files},
        post_id__in={row.data["parent"] for row in files},
        page__isnull=False,
    )
    return {
        (source, number): page
        for source, number, page in found.values_list("source", "post_id", "page")
    }


def _of_file(row, page: int | None) -> dict[str, dict]:
    """Return where the page of a file leads (its article's page, else the file), and the file."""
    file = row.document.url if row.document else row.image.file.url if row.image else ""
    to_file = {"redirect_link": file}
    target = {"redirect_page_id": page} if page else to_file if file else None
    wanted = dict.fromkeys(paths_of(row), target) if target else {}
    if file and (path := _path(row.data["file"])):
        wanted[path] = to_file
    return wanted


def add_archive_redirects(source, index) -> int:
    """Redirect the lists of the old site: its categories and tags, its days, its feeds."""
    rows = ImportedItem.objects.of(source).filter(type="post", page__isnull=False)
    if not rows.exists():
        return 0
    wanted = {"/feed": {"redirect_page": index, "redirect_page_route_path": "/feed/rss/"}}
    mappings = list(TermMapping.objects.filter(source=source).select_related("topic"))
    parents = {(mapping.taxonomy, mapping.slug): mapping.parent for mapping in mappings}
    for mapping in mappings:
        topic = mapping.topic and mapping.topic.get_translation_or_none(index.locale)
        route = f"/?topic={topic.slug}" if topic else ""
        feed = f"/feed/{topic.slug}/rss/" if topic else "/feed/rss/"
        for path in _of_term(mapping, parents):
            wanted[path] = {"redirect_page": index, "redirect_page_route_path": route}
            wanted[f"{path}/feed"] = {"redirect_page": index, "redirect_page_route_path": feed}
        if mapping.number and mapping.taxonomy == "category":
            path = f"/?cat={mapping.number}"
            wanted[path] = {"redirect_page": index, "redirect_page_route_path": route}
    for day in rows.exclude(date=None).dates("date", "day"):
        for path in (f"/{day:%Y}", f"/{day:%Y/%m}", f"/{day:%Y/%m/%d}"):
            wanted[path] = {"redirect_page": index, "redirect_page_route_path": f"{path}/"}
    return add(wanted)


def _of_term(mapping, parents: dict) -> list[str]:
    """Return the addresses of a category or tag: alone, and below those above it."""
    if mapping.taxonomy not in ("category", "post_tag", "tag"):
        return []
    base = "/category" if mapping.taxonomy == "category" else "/tag"
    slugs, above = [mapping.slug], mapping.parent
    while above not in slugs and (mapping.taxonomy, above) in parents:  # not round a cycle
        slugs.insert(0, above)
        above = parents[mapping.taxonomy, above]
    paths = {f"{base}/{mapping.slug}", f"{base}/{'/'.join(slugs)}"}
    return sorted(map(Redirect.normalise_path, paths))


class BadAddress(Exception):
    """A line of a CSV of addresses that can't be read; ``line`` counts from 1."""

    def __init__(self, line, text):
        super().__init__(line, text)
        self.line, self.text = line, text


def read_addresses(path) -> Iterator[tuple[str, str]]:
    """Yield pairs of a CSV: a later address, and the old address or number that it stands for.

    Columns are separated by commas, semicolons or tabs; a head without a slash is left out.
    """
    with open(path, newline="", encoding="utf-8-sig") as file:
        start = file.read(4096)
        file.seek(0)
        delimiter = max(",;\t", key=start.count)
        for number, row in enumerate(csv.reader(file, delimiter=delimiter), start=1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or (number == 1 and "/" not in cells[0]):
                continue
            if len(cells) < 2 or "/" not in cells[0] or not cells[1]:
                raise BadAddress(number, delimiter.join(row)[:100])
            yield cells[0], cells[1]


def add_later_addresses(pairs: Iterable[tuple[str, str]], context) -> tuple[int, list[str]]:
    """Redirect later addresses to pages; return how many were added, and which led nowhere."""
    wanted, lost = {}, []
    for address, parts, number in read_later_addresses(pairs, context.number_of):
        page = number and context.page_of(number)
        path = Redirect.normalise_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if page:
            wanted[path] = {"redirect_page_id": page}
        else:
            lost.append(address)
    return add(wanted), lost


@transaction.atomic
def add(wanted: dict[str, dict]) -> int:
    """Add redirects for the paths that have none yet, and that are no root; return how many.

    ``wanted`` holds the fields of each redirect by its path, as Wagtail keeps it.
    """
    wanted = {
        path: to for path, to in wanted.items() if path and path != "/" and len(path) <= LONGEST
    }
    paths = list(wanted)
    known = set()
    for start in range(0, len(paths), 500):
        part = paths[start : start + 500]
        known |= set(Redirect.objects.filter(old_path__in=part).values_list("old_path", flat=True))
    missing = [Redirect(old_path=path, **wanted[path]) for path in paths if path not in known]
    Redirect.objects.bulk_create(missing, batch_size=500)
    return len(missing)
