import pytest

from search import correction
from tests.factories import NewsIndexPageFactory


@pytest.fixture(autouse=True)
def fresh_vocabulary():
    """Forget the words of the site that other tests made; a process remembers them for a minute."""
    correction.forget()
    yield
    correction.forget()


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv)
