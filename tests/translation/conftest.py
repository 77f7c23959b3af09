import pytest

from tests.factories import NewsIndexPageFactory, NewsPageFactory
from tests.translating import translate

TEXTS = {"Ziņa": "Item", "zina": "item", "Kas notika": "What happened"}


@pytest.fixture
def news(home_lv):
    """A Latvian list of news and its English translation, both live."""
    page = NewsIndexPageFactory(parent=home_lv, title="Aktualitātes", slug="aktualitates")
    translate(page, {"Aktualitātes": "News", "aktualitates": "news"})
    return page


@pytest.fixture
def pair(news):
    """A Latvian article and its English translation, both live."""
    page = NewsPageFactory(parent=news, title="Ziņa", slug="zina", lead="Kas notika")
    page.save_revision().publish()
    translate(page, TEXTS)
    return page
