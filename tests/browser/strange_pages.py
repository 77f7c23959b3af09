"""Pages that the demo content does not have: the longest words, no picture, nothing in a list."""

from wagtail.models import Page

from home.models import HomePage
from tests.factories import (
    BoardPageFactory,
    ContentPageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    MunicipalitiesPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

# Among the longest words of Latvian, and an address without a place to break.
WORD = (
    "Pretpulksteņrādītājvirziena daudzdzīvokļu pašpietiekamākajiem neizkonstantinopoliskojošajiem"
)
ADDRESS = "https://example.org/" + "ļotigaraadrese" * 12
TABLE = {
    "data": [[WORD, "2021", "2022", "2023", "2024", "2025"], ["Ādažu novads", *"12345"]],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_caption": WORD,
}
BODY = [
    ("heading", WORD),
    ("text", f"<p>{WORD} {WORD} <a href='{ADDRESS}'>{ADDRESS}</a></p>"),
    ("quote", {"text": WORD, "attribution": WORD}),
    ("note", {"title": WORD, "text": f"<p>{WORD}</p>"}),
    ("table", TABLE),
    ("legacy", f"<table><tr><td colspan='2'>{WORD}</td><td>{ADDRESS}</td></tr></table>"),
    ("legacy", f"<pre>{ADDRESS}</pre><p><s>{WORD}</s></p>"),
]


def make_strange_pages() -> list[Page]:
    """Publish the pages below the Latvian home page; whoever calls deletes them."""
    home = HomePage.objects.get(locale__language_code="lv")
    news = NewsIndexPageFactory(parent=home, title="Tukšas ziņas", slug="tuksas-zinas")
    meetings = MeetingsPageFactory(parent=home, title="Tukšas sanāksmes", slug="tuksas-sanaksmes")
    return [
        news,
        meetings,
        InsightLibraryPageFactory(parent=home, title="Tukša krātuve", slug="tuksa-kratuve"),
        BoardPageFactory(parent=home, title="Tukša valde", slug="tuksa-valde"),
        MunicipalitiesPageFactory(parent=home, title="Tukšs saraksts", slug="tuksas-pasvaldibas"),
        ContentPageFactory(parent=home, title=WORD, slug="garumi", body=BODY),
        NewsPageFactory(
            parent=NewsIndexPageFactory(parent=home, title=WORD, slug="garas-zinas"),
            title=f"{WORD} {WORD}"[:250],
            slug="gara-zina",
            lead=WORD,
            body=BODY,
        ),
        MeetingPageFactory(
            parent=MeetingsPageFactory(parent=home, title=WORD, slug="garas-sanaksmes"),
            title=WORD,
            slug="gara-sanaksme",
            place=WORD[:100],
        ),
    ]
