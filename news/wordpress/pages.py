"""Pages made of items: their fields, their place, and whether visitors see them."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage
from news.models import NewsPage, NewsTopic

from .conversion import Conversion, convert
from .items import Item
from .leads import LONGEST_LEAD, plain, shortened, take_lead, text_of_first
from .together import add_articles

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NAME = 255, 320, 120
LONGEST_SLUG = 200


@dataclass
class Made:
    """What became of one item: the page, and what the report says."""

    page: Page
    conversion: Conversion
    notes: list[tuple[str, str]] = field(default_factory=list)  # codes and details
    missing: list[str] = field(default_factory=list)  # files besides those of the text


class Maker:
    """Makes and brings up to date the pages of one old site, in one language.

    ``context`` is what the conversion asks (see ``oldsite``), ``index`` the page of the news,
    ``home`` the one under which old pages go, ``topics`` gives the topics of an item.
    """

    def __init__(self, context, index, home, topics):
        self.context, self.index, self.home, self.topics = context, index, home, topics

    def take_files(self, item: Item):
        """Take in the files of an item: to be done before a transaction, as fetching takes time."""
        self.context.turn_to(item)
        convert(item.content, self.context, "")
        if number := _thumbnail(item):
            self.context.image("", number)

    def make(self, item: Item, as_draft: bool, seed: str) -> Made:
        """Return a new page for an item, saved."""
        made = self.new(item, as_draft, seed)
        page, parent = made.page, self._parent(item)
        page.slug = self._free_slug(item, page, parent)
        parent.add_child(instance=page)
        self._close(made, item, as_draft)
        return made

    def add_articles(self, new: list[tuple[Item, bool, Made]]):
        """Save new articles together; of each the item, ``as_draft`` and what ``new`` returned.

        Whatever is wrong with one of them is raised, and none is saved.
        """
        taken = self._taken_slugs([item for item, _as_draft, _made in new])
        for item, _as_draft, made in new:
            free = [slug for slug in slugs_for(item) if slug not in taken]
            if not free:
                raise ValueError(f"No slug is free for {item.id}")
            made.page.slug = free[0]
            taken.add(free[0])
        add_articles(self.index, [made.page for _item, _as_draft, made in new])
        for item, as_draft, made in new:
            self._close(made, item, as_draft)

    def new(self, item: Item, as_draft: bool, seed: str) -> Made:
        """Return a new page for an item, not saved, without a slug."""
        model = NewsPage if item.type == "post" else ContentPage
        made = self._written(model(locale=self.index.locale), item, seed)
        page = made.page
        page.first_published_at, page.last_published_at = item.date, item.modified or item.date
        page.live = shows(item) and not as_draft
        if not page.live:
            page.has_unpublished_changes = True
            page.first_published_at = page.last_published_at = None
        return made

    def _close(self, made, item, as_draft):
        """Say of a saved page whom it is closed to, and when it will be published."""
        page = made.page
        if page.live and is_private(item):
            PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.LOGIN
            )
            made.notes.append(("private", item.status if not item.password else "password"))
        if not page.live and not as_draft and is_scheduled(item):
            page.go_live_at = item.date
            page.save_revision(approved_go_live_at=item.date, log_action=False)
            Page.objects.filter(pk=page.pk).update(go_live_at=item.date)

    def bring_up_to_date(self, page, item: Item, seed: str) -> Made:
        """Write what has changed of an item into its page, which keeps its address and state."""
        made = self._written(page.specific, item, seed)
        if made.page.live and item.modified:
            made.page.last_published_at = item.modified
        made.page.save()
        self._revise(made.page, item)
        return made

    def bring_links_up_to_date(self, page, item: Item, seed: str) -> Made:
        """Write the body of a page anew, with the pages that its links lead to by now."""
        made = self._written(page.specific, item, seed)
        type(made.page).objects.filter(pk=page.pk).update(body=made.page.body)
        self._revise(made.page, item)
        return made

    def _revise(self, page, item):
        """Bring up to date what will be published, or opened by an editor, in place of the page.

        The import saves a revision of what is scheduled alone.
        """
        if not page.latest_revision_id:
            return
        if not page.live and is_scheduled(item):
            page.go_live_at = item.date
        page.save_revision(
            approved_go_live_at=None if page.live else page.go_live_at,
            changed=not page.live,
            log_action=False,
            overwrite_revision=page.latest_revision,
        )
        Page.objects.filter(pk=page.pk).update(go_live_at=page.go_live_at)

    def _written(self, page, item, seed) -> Made:
        self.context.turn_to(item)
        conversion = convert(item.content, self.context, seed)
        made = Made(page, conversion)
        page.title = plain(item.title)[:LONGEST_TITLE]
        blocks = list(conversion.blocks)
        summary = plain(item.excerpt)
        if not page.title:
            page.title = shortened(summary or text_of_first(blocks), 80) or _("Without a title")
            made.notes.append(("untitled", page.title))
        page.draft_title = page.title
        page.responsible = plain(item.author)[:LONGEST_NAME]
        page.summary = shortened(summary, LONGEST_SUMMARY)
        if isinstance(page, NewsPage):
            self._write_article(page, item, blocks, made)
        else:
            page.lead = shortened(summary, LONGEST_LEAD)
            self._add_figure(item, blocks, made, seed)
        page.body = json.dumps(blocks)
        return made

    def _write_article(self, page, item, blocks, made):
        page.date = timezone.localdate(item.date) if item.date else timezone.localdate()
        if not item.date:
            made.notes.append(("undated", page.date.isoformat()))
        self._write_image(page, item, blocks, made)
        lead = shortened(plain(item.excerpt), LONGEST_LEAD)
        page.lead = lead or take_lead(blocks, made.conversion.lead) or page.title
        topics, unmapped = self.topics.of(item)
        page.topic_links = [
            NewsTopic(topic=topic, locale=page.locale, sort_order=place)
            for place, topic in enumerate(topics)
        ]
        made.notes += [("unmapped", name) for name in unmapped]
        if item.sticky:
            made.notes.append(("sticky", ""))

    def _main_image(self, item, made) -> tuple[int, str, str] | None:
        """Return an item's main picture, its alternative text and its caption."""
        number = _thumbnail(item)
        if not number:
            return None
        attachment = self.context.attachment(number) or ("", "", "", "")
        address, title, caption, alt = attachment
        image = self.context.image(address, number)
        if image is None:
            made.missing.append(address or f"?attachment_id={number}")
        return (image, plain(alt or title)[:255], plain(caption)[:400]) if image else None

    def _add_figure(self, item, blocks, made, seed):
        """Put the main picture of a content page, which has no place for one, above its text."""
        main = self._main_image(item, made)
        shown = [b["value"]["image"]["image"] for b in blocks if b["type"] == "figure"]
        if main and main[0] not in shown:
            blocks.insert(0, figure(*main, seed))

    def _write_image(self, page, item, blocks, made):
        main = self._main_image(item, made)
        if not main:
            return
        page.image_id, page.image_alt, page.image_caption = main
        first = next((block for block in blocks if block["type"] == "figure"), None)
        if first and first["value"]["image"]["image"] == page.image_id:
            blocks.remove(first)  # it stands above the text already
            page.image_caption = first["value"]["caption"][:400] or page.image_caption

    def _parent(self, item):
        if item.type == "post":
            self.index.refresh_from_db(fields=["path", "numchild", "url_path", "depth"])
            return self.index
        above = self.context.page_of(item.parent) if item.parent else None
        parent = ContentPage.objects.filter(pk=above).first() if above else None
        if parent is None:
            self.home.refresh_from_db(fields=["path", "numchild", "url_path", "depth"])
        return parent or self.home

    def _free_slug(self, item, page, parent) -> str:
        """Return the slug of the old address, or the nearest one that is free."""
        slugs = slugs_for(item)
        for slug in slugs:
            if not Page.objects.child_of(parent).filter(slug=slug).exists():
                return slug
        return page._get_autogenerated_slug(slugs[-1])

    def _taken_slugs(self, items) -> set[str]:
        slugs = [slug for item in items for slug in slugs_for(item)]
        found = Page.objects.child_of(self.index).filter(slug__in=slugs)
        return set(found.values_list("slug", flat=True))


def slugs_for(item: Item) -> tuple[str, str]:
    """Return the slug of the old address, and one that no other item has."""
    wanted = slugify(unquote(item.slug)) or slugify(plain(item.title))
    wanted = wanted[:LONGEST_SLUG].strip("-") or f"{item.type}-{item.id}"
    return wanted, f"{wanted}-{item.id}"


def _thumbnail(item: Item) -> int:
    """Return the number of an item's main picture, 0 for none."""
    number = item.meta.get("_thumbnail_id", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0


def shows(item: Item) -> bool:
    """Whether visitors (or, of private ones, those who have signed in) see an item."""
    if item.status == "future":
        return bool(item.date) and item.date <= timezone.now()
    return item.status in ("publish", "private")


def is_scheduled(item: Item) -> bool:
    return item.status == "future" and isinstance(item.date, datetime) and not shows(item)


def is_private(item: Item) -> bool:
    return item.status == "private" or bool(item.password)


def figure(image: int, alt: str, caption: str, seed: str) -> dict:
    """Return the block of a picture, with the same id whenever the same post is converted."""
    value = {"image": image, "decorative": False, "alt_text": alt}
    return {
        "type": "figure",
        "value": {"image": value, "caption": caption, "credit": ""},
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{seed}/main")),
    }
