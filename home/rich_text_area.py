"""The editor of rich text, with an answer to what it never sends."""

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor, which takes for granted that its own script wrote what arrives."""

    def value_from_datadict(self, data, files, name):
        try:
            value = super().value_from_datadict(data, files, name)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise BadRequest("This is no content of the rich text editor.") from error
        if value and "\0" in value:
            raise BadRequest("Rich text holds a NUL character.")
        return value
