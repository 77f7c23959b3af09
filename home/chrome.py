"""What surrounds a page's content: names, menus, breadcrumbs, languages, canonical address.

What is the same on all pages (menus, names, the pages that header and footer name) is read at once,
in all languages, and kept until something changes (``home.shared``); of each page its translations
are asked for, and pages above it that no menu names.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Locale, Page

from home import shared
from home.addresses import absolute, site_of, x_default
from home.models.partners import Partner
from home.models.site import SiteSettings, SiteTexts
from home.querysets import is_public

HOME_DEPTH = 2  # of the home pages in the tree


@dataclass(frozen=True)
class Link:
    """A link of a menu or of the breadcrumbs."""

    title: str
    url: str
    is_current: bool = False  # the page being shown
    is_open: bool = False  # the page being shown or one above it
    children: tuple["Link", ...] = ()


# The places whose language it is, as Open Graph names them.
TERRITORIES = {"lv": "lv_LV", "en": "en_GB"}


@dataclass(frozen=True)
class LanguageLink:
    """A link of the language switcher."""

    code: str
    name: str
    url: str
    title: str
    is_current: bool
    is_translation: bool  # False: no translation; the link leads to the nearest page above

    @property
    def territory(self) -> str:
        return TERRITORIES.get(self.code, self.code)


@dataclass(frozen=True)
class NamedPage:
    """What the surroundings say of a page. ``url`` is as the site's own pages link to it."""

    pk: int
    path: str
    title: str
    url: str
    full_url: str
    translation_key: UUID
    locale_id: int
    language: str
    content_type_id: int


def _public(pages, request) -> list[NamedPage]:
    """Return the public ones of some pages, and of their translations, in the order of the tree."""
    # A list, for which an index is used: databases take a query for one of many pages.
    keys = list(pages.order_by().values_list("translation_key", flat=True))
    found = Page.objects.live().filter(translation_key__in=keys).filter(is_public())
    return _named(found, request)


def _named(pages, request) -> list[NamedPage]:
    names = (
        "path",
        "title",
        "url_path",
        "translation_key",
        "content_type",
        "locale__language_code",
    )
    return [
        _name(page, request, page.locale.language_code)
        for page in pages.select_related("locale")
        .only(*names, "locale__language_code")
        .order_by("path")
    ]


def _name(page, request, language) -> NamedPage:
    return NamedPage(
        pk=page.pk,
        path=page.path,
        title=page.title,
        url=page.get_url(request),
        full_url=page.get_full_url(request),
        translation_key=page.translation_key,
        locale_id=page.locale_id,
        language=language,
        content_type_id=page.content_type_id,
    )


class NamedPages:
    """The pages that menus, header and footer of a site name; shared, and never altered."""

    def __init__(self, request, locale_id: int, texts: SiteTexts):
        self.locale_id = locale_id
        self.texts = texts
        self.content_types = _content_types()
        named = Page.objects.filter(
            Q(pk__in=self._menu_page_ids())
            | Q(content_type__in=self.content_types.values())
            | Q(depth=HOME_DEPTH)
        )
        self.pages = _public(named, request)
        self.by_path = {page.path: page for page in self.pages}
        self.translations = {(page.translation_key, page.locale_id): page for page in self.pages}
        self.by_key = {(page.translation_key, page.language): page for page in self.pages}
        self.keys = {page.pk: page.translation_key for page in self.pages}

    def _menu_page_ids(self) -> set[int]:
        def ids(value):
            if value.get("page"):
                yield value["page"]
            for child in value.get("children") or ():
                yield from ids(child.get("value", child))

        streams = (self.texts.main_menu, self.texts.footer_menu)
        return {pk for stream in streams for item in stream.raw_data for pk in ids(item["value"])}

    def localized(self, page_id) -> NamedPage | None:
        """Return the page of this language that is, or translates, one that a menu names."""
        return self.translations.get((self.keys.get(page_id), self.locale_id))


def _content_types() -> dict[str, ContentType]:
    """The page types that header and footer name, by their ``chrome_name``."""
    models = [model for model in apps.get_models() if getattr(model, "chrome_name", "")]
    content_types = ContentType.objects.get_for_models(*models)
    return {model.chrome_name: content_types[model] for model in models}


class Chrome:
    """The surroundings of one response; every part is made when a template asks for it."""

    def __init__(self, request, page=None, is_error=False):
        self.request = request
        self.page = page
        self.is_error = is_error  # there is nothing at the address, in any language
        # The languages in which the part of the page that is shown exists; None: in all.
        self.subpath_languages = None
        # The query strings that belong to the address, by language: the filters of a list. They
        # say the same in ``alternate_languages`` alone (None: in all).
        self.queries: dict[str, str] = {}
        self.alternate_languages = None
        # The people by whom the association is reached (see people_tags); None: not asked for yet.
        self.contacts = None

    @cached_property
    def locale_id(self) -> int:
        if self.page:
            return self.page.locale_id
        return shared.once(("locale", get_language()), Locale.get_active).pk

    @cached_property
    def settings(self) -> SiteSettings:
        site = site_of(self.request)
        key = ("settings", site and site.pk)
        return shared.once(key, lambda: SiteSettings.for_request(self.request))

    @cached_property
    def texts(self) -> SiteTexts:
        locale_id = self.locale_id

        def find():
            return SiteTexts.objects.filter(locale_id=locale_id).first() or SiteTexts()

        return shared.once(("texts", locale_id), find)

    @cached_property
    def partners(self) -> list[Partner]:
        locale_id = self.locale_id
        key = ("partners", locale_id)
        return shared.once(key, lambda: list(Partner.objects.for_locale(locale_id)))

    @cached_property
    def named(self) -> NamedPages:
        """The pages that all pages of the site name in this language."""
        site, texts = site_of(self.request), self.texts
        key = ("named pages", site and site.pk, self.locale_id)
        return shared.once(key, lambda: NamedPages(self.request, self.locale_id, texts))

    @cached_property
    def place(self) -> tuple:
        """Where the page is, as far as the main menu shows it: equal places have equal menus."""
        page = self.page
        if page is None or not page.path:
            return ()
        above = tuple(path for path in self.named.by_path if page.path.startswith(path))
        return page.pk in self.named.keys, *above

    @property
    def day(self) -> datetime.date:
        """Today: contacts change with the terms of the board."""
        return timezone.localdate()

    @cached_property
    def search_url(self) -> str:
        return reverse("search")

    @cached_property
    def home_url(self) -> str:
        return reverse("wagtail_serve", args=[""])

    # Menus

    @cached_property
    def menu(self) -> list[Link]:
        """The main menu: links of the first level with links of the second."""
        return self._links(self.texts.main_menu)

    @cached_property
    def footer_menu(self) -> list[Link]:
        return self._links(self.texts.footer_menu)

    def _links(self, stream) -> list[Link]:
        links = (self._link(item["value"]) for item in stream.raw_data)
        return [link for link in links if link]

    def _link(self, value) -> Link | None:
        children = (self._link(item.get("value", item)) for item in value.get("children") or ())
        children = tuple(child for child in children if child)
        if not value.get("page"):
            return Link(value["title"], value["url"], children=children)
        page = self.named.localized(value["page"])
        if page is None:  # not translated, or not public: not in this menu
            return None
        return Link(
            value.get("title") or page.title,
            page.url,
            is_current=self._is_current(page),
            is_open=self._is_open(page),
            children=children,
        )

    def _is_current(self, page) -> bool:
        return self.page is not None and page.pk == self.page.pk

    def _is_open(self, page) -> bool:
        return (
            self.page is not None and bool(self.page.path) and self.page.path.startswith(page.path)
        )

    # Pages named around the content

    @cached_property
    def _ancestor_paths(self) -> list[str]:
        """Paths of the pages above this one, from the home page down."""
        if self.page is None or not self.page.path:
            return []
        path, step = self.page.path, Page.steplen
        return [path[:end] for end in range(HOME_DEPTH * step, len(path), step)]

    @cached_property
    def _own_pages(self) -> list[NamedPage]:
        """This page with its translations, and those above it, as far as they are not shared."""
        page, known = self.page, self.named
        paths = [path for path in self._ancestor_paths if path not in known.by_path]
        is_asked = page is not None and page.pk and page.pk not in known.keys
        if paths:
            named = Page.objects.filter(Q(path__in=paths) | Q(pk=page.pk if is_asked else None))
            return _public(named, self.request)
        if is_asked and page.is_known_public and not page.is_translated:
            return [_name(page, self.request, get_language())]
        if is_asked:
            same = Page.objects.live().filter(translation_key=page.translation_key)
            return _named(same.filter(is_public()), self.request)
        return []

    @cached_property
    def _by_path(self) -> dict[str, NamedPage]:
        return self.named.by_path | {page.path: page for page in self._own_pages}

    @cached_property
    def _by_key(self) -> dict[tuple, NamedPage]:
        own = {(page.translation_key, page.language): page for page in self._own_pages}
        return self.named.by_key | own

    @cached_property
    def pages(self) -> dict[str, Link]:
        """Links to the pages found by their type (``chrome_name``), to the first of each."""
        types = self.named.content_types
        names = {content_type.pk: name for name, content_type in types.items()}
        return {
            names[page.content_type_id]: Link(
                page.title, page.url, self._is_current(page), self._is_open(page)
            )
            for page in reversed(self.named.pages)
            if page.content_type_id in names and page.locale_id == self.locale_id
        }

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, from the home page down."""
        ancestors = filter(None, map(self._by_path.get, self._ancestor_paths))
        return [Link(page.title, page.url) for page in ancestors]

    # Languages and addresses

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """One link a language: to the translation, or to the nearest page above that has one."""
        return [self._language_link(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]

    def _language_link(self, code) -> LanguageLink:
        page, is_translation = self._nearest_translation(code)
        if page:
            url = page.url
            if is_translation and self._has_subpath(code):
                url = self._in_full(url, code)
            elif is_translation:
                is_translation = False
        elif self.page is None and self.request.resolver_match and not self.is_error:
            url, is_translation = translate_url(self.request.get_full_path(), code), True
        else:
            with override(code):
                url = reverse("wagtail_serve", args=[""])
            is_translation = self.is_error  # no page is shown, so none lacks a translation
        return LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            url=url,
            title=page.title if page else "",
            is_current=code == get_language(),
            is_translation=is_translation,
        )

    def _nearest_translation(self, code) -> tuple[NamedPage | None, bool]:
        if self.page is None:
            return None, False
        if found := self._by_key.get((self.page.translation_key, code)):
            return found, True
        for path in reversed(self._ancestor_paths):
            ancestor = self._by_path.get(path)
            if ancestor and (found := self._by_key.get((ancestor.translation_key, code))):
                return found, False
        return None, False

    @cached_property
    def subpath(self) -> str:
        """What the address holds after the page's own: a route such as ``2022/11/``."""
        own_url = self.page.get_url(self.request) if self.page is not None and self.page.pk else ""
        path = self.request.path
        return path.removeprefix(own_url) if own_url and path.startswith(own_url) else ""

    def _in_full(self, url, code) -> str:
        """Return a page's address with that of the part of it which is shown."""
        return url + self.subpath + self.queries.get(code, "")

    def _has_subpath(self, code) -> bool:
        return not self.subpath_languages or code in self.subpath_languages

    def _is_alternate(self, code) -> bool:
        return not self.queries or code in self.alternate_languages

    def keep_query(self, **parameters):
        """Make parameters part of the address; in other languages it has no counterpart then."""
        if parameters:
            self.queries = {get_language(): f"?{urlencode(parameters)}"}
            self.alternate_languages = {get_language()}

    def absolute(self, path: str) -> str:
        """Return an address of this site in full."""
        return absolute(self.request, path)

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """``(language, absolute address)`` of every real translation, and x-default."""
        if self.page is None:
            return []
        key = self.page.translation_key
        pages = {
            code: self._by_key.get((key, code))
            for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        }
        links = {
            code: self._in_full(page.full_url, code)
            for code, page in pages.items()
            if page and self._has_subpath(code) and self._is_alternate(code)
        }
        return [*links.items(), ("x-default", x_default(links))] if len(links) > 1 else []

    @cached_property
    def page_url(self) -> str:
        """The absolute address of the page itself."""
        return self.page.get_full_url(self.request) or ""

    @cached_property
    def canonical_url(self) -> str:
        """The absolute address of what is shown, with no query but that of ``queries``."""
        if self.page is not None and self.page.pk:
            return self._in_full(self.page_url, get_language())
        return self.absolute(self.request.path)


def context_processor(request):
    """Give templates of views without a page (search, errors) their surroundings."""
    return {"chrome": SimpleLazyObject(lambda: Chrome(request))}
