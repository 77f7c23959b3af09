"""Tables are translated cell by cell."""

import pytest

from home.blocks import TranslatableTableBlock
from tests.factories import ContentPageFactory
from tests.translating import translate

TABLE = {
    "table_caption": "Pašvaldības",
    "data": [["Reģions", "Skaits"], ["Vidzeme", "7"], ["Kurzeme", None]],
    "cell": [],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_header_choice": "row",
}
ENGLISH = {"Pašvaldības": "Municipalities", "Reģions": "Region", "Skaits": "Number"}


@pytest.mark.django_db
def test_caption_and_cells_are_translated_and_figures_stay(
    home_lv, django_capture_on_commit_callbacks
):
    page = ContentPageFactory(parent=home_lv, body=[("table", TABLE)])
    with django_capture_on_commit_callbacks(execute=True):
        translated = translate(page, {page.title: "Page", **ENGLISH})
    table = translated.specific.body[0].value
    assert table["table_caption"] == "Municipalities"
    assert table["data"] == [["Region", "Number"], ["Vidzeme", "7"], ["Kurzeme", None]]
    assert page.body[0].value["data"][0] == ["Reģions", "Skaits"]


def test_an_empty_table_has_nothing_to_translate():
    assert TranslatableTableBlock().get_translatable_segments(None) == []
