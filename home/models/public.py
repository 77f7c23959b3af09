"""Pages that the site of a public body should have: easy reading, and what it stores."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from home import retention
from home.blocks import BodyBlock
from home.querysets import is_private
from home.rows import InlinePanel

from .base import BasePage


class EasyReadPage(BasePage):
    """Something in simple language: short sentences, one thought a line.

    The first one below the home page is linked to from every header, further ones from it.
    """

    class Level(models.TextChoices):
        EASY = "easy", _("Easy language")
        PLAIN = "plain", _("Plain language")

    level = models.CharField(
        _("level"),
        max_length=5,
        choices=Level.choices,
        default=Level.EASY,
        help_text=_(
            "Easy: for people who read with difficulty or learn the language. "
            "Plain: for everybody without special knowledge."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    content_panels = [*BasePage.content_panels, FieldPanel("level"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    chrome_name = "easy_read"
    parent_page_types = ["home.HomePage", "home.EasyReadPage"]
    subpage_types = ["home.EasyReadPage"]

    class Meta:
        verbose_name = _("easy-to-read page")
        verbose_name_plural = _("easy-to-read pages")

    @property
    def language_tag(self) -> str:
        """The language of the text for machines: "simple" is a registered variant (BCP 47)."""
        return f"{self.locale.language_code}-simple"

    def get_context(self, request, *args, **kwargs):
        child_pages = self.get_children().live().filter(~is_private())
        return super().get_context(request, *args, **kwargs) | {"child_pages": child_pages}


class PrivacyPage(BasePage):
    """What the site stores about people, where, why and for how long."""

    introduction = models.TextField(_("introduction"))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("records", heading=_("What is stored"), label=_("Record"), min_num=1),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    chrome_name = "privacy"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("privacy page")
        verbose_name_plural = _("privacy pages")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"records": self.records.all()}


class StoredRecord(TranslatableMixin, Orderable):
    """One kind of data that the site stores.

    Where the code knows how long it keeps this kind (see ``home.retention``), the page says that,
    whatever editors wrote.
    """

    page = ParentalKey(PrivacyPage, on_delete=models.CASCADE, related_name="records")
    what = models.CharField(_("what"), max_length=200)
    where = models.CharField(_("where"), max_length=200)
    purpose = models.TextField(_("purpose"))
    kind = models.CharField(
        _("kind"),
        max_length=30,
        choices=retention.choices,
        blank=True,
        help_text=_("If the site itself deletes it in time: how long it is kept is then shown."),
    )
    kept_for = models.CharField(
        _("kept for"), max_length=200, blank=True, help_text=_("Only where no kind is chosen.")
    )

    panels = [
        FieldPanel("what"),
        FieldPanel("where"),
        FieldPanel("purpose"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("kept_for")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("stored record")
        verbose_name_plural = _("stored records")

    def __str__(self):
        return self.what

    @property
    def period(self) -> str:
        """How long it is kept, in words: what the code does, else what editors wrote."""
        kind = retention.kinds().get(self.kind)
        return kind.period if kind else self.kept_for

    def clean(self):
        super().clean()
        if not self.kind and not self.kept_for:
            raise ValidationError({"kept_for": _("Choose a kind, or write how long it is kept.")})
