"""The demo's translations, of all kinds of pages and records, as PO files."""

import io

import polib
import pytest
from django.contrib.auth import get_user_model
from wagtail_localize.models import Translation

from translation.po.exporting import export
from translation.po.importing import try_out

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("db")]


def test_all_kinds_of_pages_and_records_go_out_and_come_back_unchanged():
    user = get_user_model().objects.create_superuser("round", password="trip")
    translations = list(
        Translation.objects.select_related("source__specific_content_type", "target_locale")
    )
    assert len({each.source.specific_content_type_id for each in translations}) > 10
    for translation, (name, content) in zip(
        translations, export(translations, "Anna"), strict=True
    ):
        upload = try_out(user, io.BytesIO(content), name)
        kinds = {kind.value for kind, number in upload.counts.items() if number}
        assert kinds == {"unchanged"}, (translation.source.object_repr, kinds)
        for entry in polib.pofile(content.decode()):
            assert entry.comment.split("\n")[0] != entry.msgctxt  # each field has a name
