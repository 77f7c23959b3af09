"""What surrounds a page's content: names, menus, breadcrumbs, languages, canonical address.

The pages that menus, breadcrumbs, the language switcher and the footer name are read in one
query, in all languages at once.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Locale, Page

from home.addresses import absolute
from home.models.partners import Partner
from home.models.site import SiteSettings, SiteTexts
from home.querysets import is_private


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
        return self.page.locale_id if self.page else Locale.get_active().pk

    @cached_property
    def settings(self) -> SiteSettings:
        return SiteSettings.for_request(self.request)

    @cached_property
    def texts(self) -> SiteTexts:
        return SiteTexts.objects.filter(locale_id=self.locale_id).first() or SiteTexts()

    @cached_property
    def partners(self) -> list[Partner]:
        return list(Partner.objects.for_locale(self.locale_id))

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
        page = self._localized(value["page"])
        if page is None:  # not translated, or not public: not in this menu
            return None
        return Link(
            value.get("title") or page.title,
            page.get_url(self.request),
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
    def _menu_page_ids(self) -> set[int]:
        def ids(value):
            if value.get("page"):
                yield value["page"]
            for child in value.get("children") or ():
                yield from ids(child.get("value", child))

        streams = (self.texts.main_menu, self.texts.footer_menu)
        return {pk for stream in streams for item in stream.raw_data for pk in ids(item["value"])}

    @cached_property
    def _ancestor_paths(self) -> list[str]:
        """Paths of the pages above this one, from the home page down."""
        if self.page is None or not self.page.path:
            return []
        path, step = self.page.path, Page.steplen
        return [path[:end] for end in range(2 * step, len(path), step)]

    @cached_property
    def _pages(self) -> list[Page]:
        """Every page that the surroundings name, in all languages."""
        named = Page.objects.filter(
            Q(pk__in=self._menu_page_ids)
            | Q(path__in=self._ancestor_paths)
            | Q(pk=self.page.pk if self.page else None)
            | Q(content_type__in=self._content_types.values())
        )
        keys = named.order_by().values("translation_key")
        pages = Page.objects.live().filter(translation_key__in=keys)
        return list(pages.filter(~is_private()).select_related("locale").order_by("path"))

    @cached_property
    def _content_types(self) -> dict[str, ContentType]:
        """The page types that header and footer name, by their ``chrome_name``."""
        models = [model for model in apps.get_models() if getattr(model, "chrome_name", "")]
        content_types = ContentType.objects.get_for_models(*models)
        return {model.chrome_name: content_types[model] for model in models}

    @cached_property
    def _translations(self) -> dict[tuple, Page]:
        return {(page.translation_key, page.locale_id): page for page in self._pages}

    def _localized(self, page_id) -> Page | None:
        key = self._translation_keys.get(page_id)
        return self._translations.get((key, self.locale_id))

    @cached_property
    def _translation_keys(self) -> dict[int, object]:
        return {page.pk: page.translation_key for page in self._pages}

    @cached_property
    def pages(self) -> dict[str, Link]:
        """Links to the pages found by their type (``chrome_name``), to the first of each."""
        names = {content_type.pk: name for name, content_type in self._content_types.items()}
        return {
            names[page.content_type_id]: Link(
                page.title, page.get_url(self.request), self._is_current(page), self._is_open(page)
            )
            for page in reversed(self._pages)
            if page.content_type_id in names and page.locale_id == self.locale_id
        }

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, from the home page down."""
        by_path = {page.path: page for page in self._pages}
        ancestors = filter(None, map(by_path.get, self._ancestor_paths))
        return [Link(page.title, page.get_url(self.request)) for page in ancestors]

    # Languages and addresses

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """One link a language: to the translation, or to the nearest page above that has one."""
        return [self._language_link(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]

    def _language_link(self, code) -> LanguageLink:
        page, is_translation = self._nearest_translation(code)
        if page:
            url = page.get_url(self.request)
            if is_translation and self._has_subpath(code):
                url += self.subpath + self.queries.get(code, "")
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

    def _nearest_translation(self, code) -> tuple[Page | None, bool]:
        if self.page is None:
            return None, False
        in_language = {
            page.translation_key: page for page in self._pages if page.locale.language_code == code
        }
        if self.page.translation_key in in_language:
            return in_language[self.page.translation_key], True
        by_path = {page.path: page for page in self._pages}
        for path in reversed(self._ancestor_paths):
            ancestor = by_path.get(path)
            if ancestor and ancestor.translation_key in in_language:
                return in_language[ancestor.translation_key], False
        return None, False

    @cached_property
    def subpath(self) -> str:
        """What the address holds after the page's own: a route such as ``2022/11/``."""
        own_url = self.page.get_url(self.request) if self.page is not None and self.page.pk else ""
        path = self.request.path
        return path.removeprefix(own_url) if own_url and path.startswith(own_url) else ""

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
        links = {
            page.locale.language_code: page.get_full_url(self.request)
            + self.subpath
            + self.queries.get(page.locale.language_code, "")
            for page in self._pages
            if page.translation_key == self.page.translation_key
            and self._has_subpath(page.locale.language_code)
            and self._is_alternate(page.locale.language_code)
        }
        if len(links) < 2:
            return []
        default = links.get(settings.LANGUAGE_CODE) or next(iter(links.values()))
        return [*links.items(), ("x-default", default)]

    @cached_property
    def page_url(self) -> str:
        """The absolute address of the page itself."""
        return self.page.get_full_url(self.request) or ""

    @cached_property
    def canonical_url(self) -> str:
        """The absolute address of what is shown, with no query but that of ``queries``."""
        if self.page is not None and self.page.pk:
            return self.page_url + self.subpath + self.queries.get(get_language(), "")
        return self.absolute(self.request.path)


def context_processor(request):
    """Give templates of views without a page (search, errors) their surroundings."""
    return {"chrome": SimpleLazyObject(lambda: Chrome(request))}
