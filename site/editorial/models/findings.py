"""What the checks of published pages found, kept so that the dashboard need not read any text."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model, get_document_model_string
from wagtail.models import Page


class Finding(models.Model):
    """Something on a published page that an editor should mend."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("No summary")
        PICTURE = "picture", _("Image without alternative text")
        HEADING = "heading", _("Heading level skipped")
        LINK = "link", _("Link text that says nothing")
        SENTENCE = "sentence", _("Sentence too long for easy reading")

    HINTS = {
        Kind.SUMMARY: _(
            "Write one or two sentences in the “Promote” tab: they stand in lists, search results "
            "and social networks."
        ),
        Kind.PICTURE: _("Say in a sentence what the image shows, or mark it as decorative."),
        Kind.HEADING: _(
            "Begin each section with a “Heading” block; smaller headings in the text follow it."
        ),
        Kind.LINK: _("Say what is behind the link, not “here” or “read more”."),
        Kind.SENTENCE: _("Make two of it: one sentence, one thought."),
    }

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="findings"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, db_index=True)
    excerpt = models.CharField(_("where"), max_length=255, blank=True)  # the words in question

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self):
        return ": ".join(filter(None, [self.get_kind_display(), self.excerpt]))

    @property
    def hint(self) -> str:
        return self.HINTS[self.kind]


class InternalLinkQuerySet(models.QuerySet):
    def broken(self):
        """Links to what visitors can't open: a page that is not published, or nothing at all.

        A link leads to the translation in the language of its text where that is published (see
        ``home.rich_text``), so a page that is published there is enough.
        """
        chosen = Page.objects.filter(pk=OuterRef(OuterRef("target_page"))).order_by()
        open_pages = Page.objects.filter(
            Q(pk=OuterRef("target_page")) | Q(locale=OuterRef("page__locale")),
            live=True,
            translation_key__in=chosen.values("translation_key"),
        )
        documents = get_document_model().objects.filter(pk=OuterRef("target_document"))
        return self.filter(
            Q(target_page_id__isnull=False) & ~Exists(open_pages)
            | Q(target_document_id__isnull=False) & ~Exists(documents)
        )


class InternalLink(models.Model):
    """A link in the text of a published page to another page or a document.

    Wagtail's own index of references forgets those to what is deleted. So the targets here are
    keys that may lead nowhere: nothing happens to the row when its target goes.
    """

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="internal_links"
    )
    text = models.CharField(_("text of the link"), max_length=255)
    target_page = models.ForeignKey(
        Page, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    target_document = models.ForeignKey(
        get_document_model_string(),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    objects = InternalLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("internal link")
        verbose_name_plural = _("internal links")

    def __str__(self):
        return self.text
