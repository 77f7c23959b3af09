"""The blocks of a page's body: few, and named for what they mean.

Everything in a CharBlock, TextBlock or RichTextBlock is offered to translators, so technical
values use other blocks (see home.checks).
"""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import extract_references_from_rich_text
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings

from .legacy_html import clean_legacy, shown, words
from .youtube import YouTubeURLBlock, embed_url, stored_video_id

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.CharBlock):
    """A section's heading (h2); smaller ones are written in the text."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(
        label=_("Who said it"), required=False, help_text=_("Name and office.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, help_text=_("Author or owner of the picture.")
    )

    class Meta:
        icon = "image"
        label = _("Image with caption")
        template = "blocks/figure.html"


class VideoStructValue(blocks.StructValue):
    @cached_property
    def video_id(self):
        return stored_video_id(self["url"])

    @cached_property
    def embed_url(self):
        return embed_url(self.video_id)


class VideoBlock(blocks.StructBlock):
    url = YouTubeURLBlock(
        label=_("YouTube address"),
        help_text=_("The player loads only when a visitor asks for it."),
    )
    title = blocks.CharBlock(label=_("Title of the recording"))

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "blocks/video.html"
        value_class = VideoStructValue


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES + ["ul", "ol"])

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "blocks/note.html"


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents to download")
        template = "blocks/documents.html"


class TranslatableTableBlock(TableBlock):
    """A table whose caption and cells are offered to translators, which Wagtail's own are not.

    All texts of a table share one context and are told apart by their order, as those of rich text
    are: a row that moves keeps its translation. Cells without a letter, such as sums, stay.
    """

    def get_translatable_segments(self, value):
        return [StringSegmentValue("", place[key]) for place, key in self._texts(value)]

    def restore_translated_segments(self, value, segments):
        segments = sorted(segments, key=lambda segment: segment.order)
        for (place, key), segment in zip(self._texts(value), segments, strict=True):
            place[key] = segment.render_text()
        return value

    @staticmethod
    def _texts(value) -> list[tuple]:
        """Return where the texts of a table stand: what holds each, and its key there."""
        if not value:
            return []
        value.setdefault("table_caption", "")
        cells = [(row, column) for row in value["data"] for column in range(len(row))]
        return [
            (place, key)
            for place, key in [(value, "table_caption"), *cells]
            if any(char.isalpha() for char in place[key] or "")
        ]


class LegacyHTMLBlock(blocks.TextBlock):
    """HTML of an old site that no other block holds: a table with merged cells, for instance.

    An editor can change it; whatever is written there is cleaned when it is saved and when it is
    shown (see ``legacy_html``). Its texts are offered to translators as those of rich text are.
    """

    def clean(self, value):
        return super().clean(clean_legacy(value))

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"html": shown(value)}

    def get_searchable_content(self, value):
        return [words(value)]

    def extract_references(self, value):
        yield from extract_references_from_rich_text(value or "")

    def get_translatable_segments(self, value):
        template, strings = extract_strings(clean_legacy(value))
        return [
            TemplateSegmentValue("", "html", template, len(strings)),
            *(StringSegmentValue("", string, attrs=attrs) for string, attrs in strings),
        ]

    def restore_translated_segments(self, value, segments):
        _format, template, strings = organise_template_segments(segments)
        return clean_legacy(restore_strings(template, strings))

    class Meta:
        icon = "code"
        label = _("HTML of the old site")
        template = "blocks/legacy.html"


class ContactsBlock(blocks.StaticBlock):
    """The association's contacts, taken from the board's pages so that they stand in one place."""

    class Meta:
        icon = "mail"
        label = _("Contacts of the association")
        admin_text = _("Shows the chair of the board and everyone marked as a contact.")
        template = "blocks/contacts.html"


class BodyBlock(blocks.StreamBlock):
    """The body of an article or a page."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, icon="pilcrow", template="blocks/text.html"
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    video = VideoBlock()
    note = NoteBlock()
    documents = DocumentsBlock()
    table = TranslatableTableBlock(label=_("Table"), template="blocks/table.html")
    legacy = LegacyHTMLBlock(
        help_text=_(
            "From the import. For new content take the other blocks: they look after "
            "phones, screen readers and translations."
        )
    )


class ContentBodyBlock(BodyBlock):
    """The body of a content page: everything an article may hold, and the contacts."""

    contacts = ContactsBlock()


class MenuLinkBlock(blocks.StructBlock):
    """A link of a menu: to a page of the site, or to an address elsewhere."""

    page = blocks.PageChooserBlock(
        label=_("Page"),
        required=False,
        help_text=_("Choose the Latvian page; other languages follow by themselves."),
    )
    url = blocks.URLBlock(label=_("Other address"), required=False)
    title = blocks.CharBlock(
        label=_("Title"), required=False, help_text=_("Empty: the title of the page.")
    )

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")):
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Choose a page or give an address, one of the two.")]
            )
        if value.get("url") and not value.get("title"):
            raise blocks.StructBlockValidationError(
                block_errors={"title": ValidationError(_("An address needs a title."))}
            )
        return value

    class Meta:
        icon = "link"
        label = _("Link")


class MenuItemBlock(MenuLinkBlock):
    """A link of the first level with links of the second; there is no third."""

    children = blocks.ListBlock(MenuLinkBlock(), label=_("Second level"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Menu item")


class SocialLinkBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), help_text=_("For example: Facebook."))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "site"
        label = _("Social network")
