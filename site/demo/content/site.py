"""Names, menus, the notice and the footer."""

from demo.data import Block, Entry, Ref, Stream, p, rich
from demo.data import L as Text

from .pages import NAME


def link(key):
    return {"page": Ref(key), "url": "", "title": ""}


def item(key, *children):
    return Block("item", link(key) | {"children": [link(child) for child in children]})


TEXTS = Entry(
    "home.SiteTexts",
    "texts",
    {
        "name": NAME,
        "short_name": Text("LPIA", "LPIA"),
        "union_name": Text(
            "Latvijas Pašvaldību savienība",
            "Latvian Association of Local and Regional Governments",
        ),
        "union_url": "https://www.lps.lv",
        "footer": rich(
            p(
                "LPIA darbojas Latvijas Pašvaldību savienībā un apvieno pašvaldību "
                "izpildinstitūciju vadītājus.",
                "LPIA works within the Latvian Association of Local and Regional Governments and "
                "unites the heads of municipal executive institutions.",
            )
        ),
        "notice": Text(
            "Šī vietne neizmanto sīkdatnes. Sanāksmju ieraksti tiek ielādēti no YouTube tikai tad, "
            "kad apmeklētājs to atļauj.",
            "This site sets no cookies. Recordings of meetings load from YouTube only when a "
            "visitor allows it.",
        ),
        "main_menu": Stream(
            (
                item("about", "goals", "board", "municipalities", "joining"),
                item("news"),
                item("insights"),
                item("meetings"),
                item("contacts"),
            )
        ),
        "footer_menu": Stream(
            (
                Block("item", link("goals")),
                Block("item", link("joining")),
                Block("item", link("contacts")),
            )
        ),
    },
)

SETTINGS = {
    "playlist_id": "PLdemo-LPIA-sanaksmes",
}
