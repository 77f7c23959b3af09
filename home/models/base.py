"""What all pages share."""

from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page, PageViewRestriction
from wagtail.search import index

from home.addresses import path_in
from home.chrome import Chrome
from home.metadata import Metadata, opening, share_image, shorten
from home.pictures import fetch_renditions
from home.querysets import BasePageManager
from home.rows import PageForm
from home.sitemaps import SitemapPart

from .pair import PairedPage


class BasePage(PairedPage):
    """The abstract base of every page type.

    A plain abstract class: ``WAGTAIL_PAGE_MODEL`` stays unset, because wagtail-localize does not
    support custom base page models.
    """

    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_(
            "One or two sentences for lists, search results and social networks. "
            "At most 320 characters."
        ),
    )
    share_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("image for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared; without it the page's own pattern is."),
    )
    responsible = models.CharField(
        _("responsible"),
        max_length=120,
        blank=True,
        help_text=_("Person or unit that answers for the page. Visitors see it."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day by which the text must be read again. Visitors do not see it."),
    )

    search_fields = [*PairedPage.search_fields, index.SearchField("summary")]

    promote_panels = [
        FieldPanel("summary"),
        *PairedPage.promote_panels,
        FieldPanel("share_image"),
        MultiFieldPanel(
            [FieldPanel("responsible"), FieldPanel("review_by")], heading=_("Care of the page")
        ),
    ]

    base_form_class = PageForm

    # The name under which header and footer know the page of this type: `chrome.pages.<name>`.
    chrome_name = ""

    # Whether visitors find the page by searching (see search.documents).
    is_findable = True

    # The query parameters that the page reads: one of another name changes nothing, and is taken
    # out before the page is rendered for the page cache. None: every visitor gets a page anew.
    cached_parameters: tuple[str, ...] | None = ()

    # What the page is in the vocabulary of schema.org: a kind of WebPage.
    schema_type = "WebPage"

    # Set by home.routing, which asks for restrictions together with the page.
    is_known_public = False
    is_translated = True  # or there may be translations: ``shown`` knows

    objects = BasePageManager()

    class Meta:
        abstract = True

    # Where the page's pictures stand, by the name of the foreign key (see home.pictures.PLACES);
    # first where the page itself shows them.
    picture_places: dict[str, tuple[str, ...]] = {}

    @property
    def description(self) -> str:
        """The text for lists, search engines and feeds: plain, possibly empty."""
        return self.summary or self.search_description

    @property
    def tone(self) -> str:
        """The name of the page's second colour (see ``home.tones``)."""
        return "carmine"

    @cached_property
    def pattern_seed(self) -> str:
        """The seed of the page's woven pattern: the same for all its translations."""
        return str(self.translation_key)

    @property
    def main_image(self) -> tuple:
        """The picture that stands for the page's content, and its alternative text."""
        return None, ""

    def get_metadata(self, request, context) -> Metadata:
        """Return what machines are told about the page; ``context`` is that of its template."""
        chrome = context["chrome"]
        return Metadata(
            title=context["page"].title,
            description=shorten(self.search_description or self.summary or opening(self)),
            url=chrome.canonical_url,
            image=share_image(self, chrome),
            published=self.first_published_at,
            modified=self.last_published_at,
        )

    def structured_data(self, request, context) -> list[dict]:
        """Return what the page is about as nodes of schema.org (see ``home.structured_data``).

        ``context`` is that of the template, with ``metadata``. The page itself, the site and its
        owner are described already.
        """
        return []

    def get_sitemap_parts(self) -> list[SitemapPart]:
        """Return addresses below the page's own for the sitemap."""
        return []

    def get_parts_to_find(self) -> list[dict]:
        """Return parts of the page that are found by themselves (see ``search.documents``)."""
        return []

    def get_attached_documents(self) -> list:
        """Return the page's attachments (see ``Attachment``) in their order, each once."""
        if not hasattr(self, "attachments"):
            return []
        links = self.attachments.select_related("document")
        return list({link.document_id: link.document for link in links}.values())

    def get_url_parts(self, request=None):
        """Do as Wagtail, but find the way to a language's home page once, not for each page."""
        roots = self._get_relevant_site_root_paths(request)
        if len(roots) != 1:
            return super().get_url_parts(request)
        ((site_id, root_path, root_url, language),) = roots
        return site_id, root_url, path_in(language, self.url_path[len(root_path) :])

    @transaction.atomic
    def save(self, *args, update_fields=None, **kwargs):
        if self.pk and update_fields is None:
            self._follow_moves()
        return super().save(*args, update_fields=update_fields, **kwargs)

    def _follow_moves(self):
        """Take the page's place in the tree from the database, and hold it until it is saved.

        It may have been moved, or have got subpages, since it was read: saving all its fields would
        put the old place back, and tear the tree.
        """
        place = Page.objects.select_for_update().filter(pk=self.pk)
        place = place.values("path", "depth", "numchild", "url_path").first()
        if place is None:
            return
        if place["path"] == self.path:
            del place["url_path"]  # a new slug may just have changed it
        for name, value in place.items():
            setattr(self, name, value)

    def get_view_restrictions(self):
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request, *args, **kwargs):
        fetch_renditions(self)
        context = super().get_context(request, *args, **kwargs)
        context["chrome"] = Chrome(request, page=self)
        return context


class Attachment(Orderable):
    """The abstract base of a document attached to a page, which knows them as ``attachments``."""

    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return str(self.document)
