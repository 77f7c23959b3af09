"""Partners and supporters."""

from demo.data import Entry, L, Picture, same


def partner(key, name, short_name, kind, url=""):
    return Entry(
        "home.Partner",
        f"partner/{key}",
        {
            "name": L(*name),
            "short_name": short_name,
            "kind": kind,
            "url": url,
            "logo": Picture(f"logo-{key}", name[0]),
        },
    )


ENTRIES = [
    partner(
        "lps",
        (
            "Latvijas Pašvaldību savienība",
            "Latvian Association of Local and Regional Governments",
        ),
        same("LPS"),
        "partner",
        "https://www.lps.lv",
    ),
    partner(
        "ks",
        (
            "Norvēģijas Vietējo un reģionālo varas iestāžu asociācija",
            "Norwegian Association of Local and Regional Authorities",
        ),
        same("KS"),
        "partner",
        "https://www.ks.no",
    ),
    partner(
        "vraa",
        ("Valsts reģionālās attīstības aģentūra", "State Regional Development Agency"),
        same("VRAA"),
        "partner",
    ),
    partner(
        "norway",
        ("Norvēģijas finanšu instruments", "Norwegian Financial Mechanism"),
        L("Norvēģijas finanšu instruments", "Norwegian Financial Mechanism"),
        "supporter",
        "https://eeagrants.org",
    ),
]
