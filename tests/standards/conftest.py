import pytest

from tests.factories import SiteTextsFactory


@pytest.fixture(autouse=True)
def texts(db):
    """The names of the association, which every format repeats."""
    return SiteTextsFactory(union_name="Latvijas Pašvaldību savienība", union_url="https://lps.lv")
