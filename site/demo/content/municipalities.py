"""The municipalities of today: 7 state cities and 35 counties in five planning regions.

As of 1 July 2025, when Varakļāni County joined Madona County. Jēkabpils, Ogre and Valmiera Counties
contain a state city each.
"""

from demo.data import Entry, L, Ref

# Nominative (Latvian), English name, domain; the genitive makes the county's name.
CITIES, COUNTIES, WITH_CITY = "state_city", "county", "county_city"

REGIONS = {
    "riga": (
        ("Rīgas plānošanas reģions", "Riga planning region"),
        [
            (CITIES, "Rīga", "Riga", "www.riga.lv"),
            (CITIES, "Jūrmala", "Jūrmala", "www.jurmala.lv"),
            (COUNTIES, "Ādažu", "Ādaži", "www.adazunovads.lv"),
            (COUNTIES, "Ķekavas", "Ķekava", "kekava.lv"),
            (COUNTIES, "Limbažu", "Limbaži", "www.limbazunovads.lv"),
            (COUNTIES, "Mārupes", "Mārupe", "www.marupe.lv"),
            (COUNTIES, "Olaines", "Olaine", "www.olaine.lv"),
            (WITH_CITY, "Ogres", "Ogre", "www.ogresnovads.lv"),
            (COUNTIES, "Ropažu", "Ropaži", "www.ropazi.lv"),
            (COUNTIES, "Salaspils", "Salaspils", "salaspils.lv"),
            (COUNTIES, "Saulkrastu", "Saulkrasti", "saulkrasti.lv"),
            (COUNTIES, "Siguldas", "Sigulda", "www.sigulda.lv"),
            (COUNTIES, "Tukuma", "Tukums", "www.tukums.lv"),
        ],
    ),
    "vidzeme": (
        ("Vidzemes plānošanas reģions", "Vidzeme planning region"),
        [
            (COUNTIES, "Alūksnes", "Alūksne", "aluksne.lv"),
            (COUNTIES, "Cēsu", "Cēsis", "www.cesis.lv"),
            (COUNTIES, "Gulbenes", "Gulbene", "www.gulbene.lv"),
            (COUNTIES, "Madonas", "Madona", "www.madona.lv"),
            (COUNTIES, "Smiltenes", "Smiltene", "smiltenesnovads.lv"),
            (COUNTIES, "Valkas", "Valka", "www.valka.lv"),
            (WITH_CITY, "Valmieras", "Valmiera", "www.valmierasnovads.lv"),
        ],
    ),
    "kurzeme": (
        ("Kurzemes plānošanas reģions", "Kurzeme planning region"),
        [
            (CITIES, "Liepāja", "Liepāja", "www.liepaja.lv"),
            (CITIES, "Ventspils", "Ventspils", "www.ventspils.lv"),
            (COUNTIES, "Dienvidkurzemes", "Dienvidkurzeme", "www.dkn.lv"),
            (COUNTIES, "Kuldīgas", "Kuldīga", "www.kuldiga.lv"),
            (COUNTIES, "Saldus", "Saldus", "saldus.lv"),
            (COUNTIES, "Talsu", "Talsi", "www.talsunovads.lv"),
            (COUNTIES, "Ventspils", "Ventspils", "www.ventspilsnovads.lv"),
        ],
    ),
    "zemgale": (
        ("Zemgales plānošanas reģions", "Zemgale planning region"),
        [
            (CITIES, "Jelgava", "Jelgava", "www.jelgava.lv"),
            (COUNTIES, "Aizkraukles", "Aizkraukle", "www.aizkraukle.lv"),
            (COUNTIES, "Bauskas", "Bauska", "www.bauskasnovads.lv"),
            (COUNTIES, "Dobeles", "Dobele", "www.dobele.lv"),
            (COUNTIES, "Jelgavas", "Jelgava", "www.jelgavasnovads.lv"),
            (WITH_CITY, "Jēkabpils", "Jēkabpils", "www.jekabpils.lv"),
        ],
    ),
    "latgale": (
        ("Latgales plānošanas reģions", "Latgale planning region"),
        [
            (CITIES, "Daugavpils", "Daugavpils", "www.daugavpils.lv"),
            (CITIES, "Rēzekne", "Rēzekne", "www.rezekne.lv"),
            (COUNTIES, "Augšdaugavas", "Augšdaugava", "www.augsdaugavasnovads.lv"),
            (COUNTIES, "Balvu", "Balvi", "www.balvi.lv"),
            (COUNTIES, "Krāslavas", "Krāslava", "www.kraslava.lv"),
            (COUNTIES, "Līvānu", "Līvāni", "www.livani.lv"),
            (COUNTIES, "Ludzas", "Ludza", "www.ludzasnovads.lv"),
            (COUNTIES, "Preiļu", "Preiļi", "www.preili.lv"),
            (COUNTIES, "Rēzeknes", "Rēzekne", "rezeknesnovads.lv"),
        ],
    ),
}


def municipality(region, kind, latvian, english, domain):
    if kind == CITIES:
        name, key = L(latvian, english), latvian
    else:
        name, key = L(f"{latvian} novads", f"{english} County"), f"{latvian} novads"
    return Entry(
        "people.Municipality",
        f"municipality/{key}",
        {
            "name": name,
            "kind": kind,
            "region": Ref(f"region/{region}"),
            "website": f"https://{domain}",
        },
    )


ENTRIES = [
    Entry("people.Region", f"region/{key}", {"name": L(*name), "position": position})
    for position, (key, (name, _municipalities)) in enumerate(REGIONS.items(), start=1)
] + [
    municipality(region, *row)
    for region, (_name, municipalities) in REGIONS.items()
    for row in municipalities
]
