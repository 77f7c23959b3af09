import pytest

from .old_items import Importer


@pytest.fixture
def importer(monkeypatch):
    """Stands where pages are made of items."""
    return Importer(monkeypatch)
