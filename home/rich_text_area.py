"""The editor of rich text, with an answer to what it never sends, for many editors at once."""

from copy import copy

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


class Converter(ContentstateConverter):
    """Reads each text with a parser of its own.

    Wagtail 8.0 has one for all texts of a field, and with it all threads: two editors who opened
    pages at the same moment got an error or one another's text (wagtail/wagtail#14573).
    """

    def from_database_format(self, html):
        own = copy(self)
        own.html_to_contentstate_handler = copy(self.html_to_contentstate_handler)
        return super(Converter, own).from_database_format(html)


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor, which takes for granted that its own script wrote what arrives."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.converter = Converter(self.features)

    def value_from_datadict(self, data, files, name):
        try:
            value = super().value_from_datadict(data, files, name)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise BadRequest("This is no content of the rich text editor.") from error
        if value and "\0" in value:
            raise BadRequest("Rich text holds a NUL character.")
        return value
