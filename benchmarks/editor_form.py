"""Print the keys of so many articles and what their forms in the admin send, as JSON."""

import json
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import django

django.setup()

from news.models import NewsPage  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "translation"
editing = SourceFileLoader("editing", str(FOLDER / "editing.py")).load_module()
articles = NewsPage.objects.filter(slug__startswith="raksts-", locale__language_code="lv")
newest = articles.order_by("-pk")[: int(sys.argv[1])]
print(json.dumps([(page.pk, editing.editor_data(page)) for page in newest]))
