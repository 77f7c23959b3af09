"""The board's seats and the people of the association.

Offices, municipalities and addresses are those of the association's page. The dates of terms are
plausible ones: the board of 15 November 2022 is another than today's.
"""

import datetime

from demo.data import Entry, L, Ref, rich, same
from demo.data import p as paragraph

AFTER_REFORM = datetime.date(2021, 9, 16)
CHANGE = datetime.date(2025, 9, 18)
BEFORE_CHANGE = CHANGE - datetime.timedelta(days=1)


def seat(position, key, name, description, tone):
    return Entry(
        "people.Seat",
        f"seat/{key}",
        {
            "name": L(*name),
            "description": L(*description),
            "position": position,
            "tone": tone,
        },
    )


def term(seat_key, starts_on, ends_on=None, role="member"):
    return {
        "seat": Ref(f"seat/{seat_key}"),
        "role": role,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def person(slug, name, gender, terms, biography, **values):
    municipality = values.pop("municipality", None)
    return Entry(
        "people.PersonPage",
        f"person/{slug}",
        {
            "title": same(name),
            "slug": same(slug),
            "gender": gender,
            "municipality": Ref(f"municipality/{municipality}") if municipality else None,
            "terms": terms,
            "biography": rich(paragraph(*biography)),
            **values,
        },
        parent="board",
        published=max([AFTER_REFORM, *(entry["starts_on"] for entry in terms)]),
    )


SEATS = [
    seat(
        1,
        "vidzeme",
        ("Vidzemes reģions", "Vidzeme region"),
        ("Vidzemes novadu pašvaldības.", "The municipalities of Vidzeme."),
        "spruce",
    ),
    seat(
        2,
        "riga",
        ("Rīgas valstspilsēta", "Riga State City"),
        ("Galvaspilsētas pašvaldība.", "The municipality of the capital."),
        "carmine",
    ),
    seat(
        3,
        "cities",
        ("Valstspilsētas", "State cities"),
        (
            "Valstspilsētas, kas ir atsevišķas pašvaldības.",
            "State cities that are municipalities of their own.",
        ),
        "sea",
    ),
    seat(
        4,
        "cities-with-counties",
        ("Valstspilsētas ar novadiem", "State cities with counties"),
        (
            "Valstspilsētas, kas kopā ar novadu veido vienu pašvaldību.",
            "State cities that form one municipality together with a county.",
        ),
        "plum",
    ),
    seat(
        5,
        "pieriga",
        ("Pierīgas reģions", "Pierīga region"),
        ("Rīgai tuvāko novadu pašvaldības.", "The municipalities of the counties around Riga."),
        "slate",
    ),
    seat(
        6,
        "kurzeme",
        ("Kurzemes reģions", "Kurzeme region"),
        ("Kurzemes novadu pašvaldības.", "The municipalities of Kurzeme."),
        "ochre",
    ),
    seat(
        7,
        "zemgale",
        ("Zemgales reģions", "Zemgale region"),
        ("Zemgales novadu pašvaldības.", "The municipalities of Zemgale."),
        "spruce",
    ),
    seat(
        8,
        "latgale",
        ("Latgales reģions", "Latgale region"),
        ("Latgales novadu pašvaldības.", "The municipalities of Latgale."),
        "sea",
    ),
]

PEOPLE = [
    person(
        "ugis-fjodorovs",
        "Uģis Fjodorovs",
        "m",
        [term("vidzeme", AFTER_REFORM, role="chair")],
        (
            "LPIA valdes priekšsēdētājs, Madonas novada pašvaldības izpilddirektors. "
            "Valdē pārstāv Vidzemes reģiona pašvaldības.",
            "Chair of the LPIA Board, executive director of the Madona County municipality. "
            "Represents the municipalities of the Vidzeme region on the Board.",
        ),
        position=L("izpilddirektors", "executive director"),
        municipality="Madonas novads",
        email="ugis.fjodorovs@madona.lv",
        phone="28382616",
    ),
    person(
        "janis-lange",
        "Jānis Lange",
        "m",
        [term("riga", datetime.date(2023, 3, 16))],
        (
            "Rīgas valstspilsētas pašvaldības izpilddirektors. Valdē pārstāv galvaspilsētu.",
            "Executive director of the Riga State City municipality. "
            "Represents the capital on the Board.",
        ),
        position=L("izpilddirektors", "executive director"),
        municipality="Rīga",
    ),
    person(
        "aldis-abele",
        "Aldis Ābele",
        "m",
        [term("cities", AFTER_REFORM)],
        (
            "Strādā Ventspilī. Valdē pārstāv valstspilsētas.",
            "Works in Ventspils. Represents the state cities on the Board.",
        ),
        municipality="Ventspils",
    ),
    person(
        "evija-voitkane",
        "Evija Voitkāne",
        "f",
        [
            term("cities-with-counties", AFTER_REFORM, BEFORE_CHANGE),
            term("cities-with-counties", CHANGE, role="deputy"),
        ],
        (
            "LPIA priekšsēdētāja vietniece. Valdē pārstāv valstspilsētas, "
            "kas kopā ar novadu veido vienu pašvaldību.",
            "Deputy Chair of LPIA. Represents the state cities that form one municipality "
            "together with a county.",
        ),
        municipality="Valmieras novads",
        organisation=L("Valmieras valstspilsēta un novads", "Valmiera State City and County"),
    ),
    person(
        "jolanta-jansone",
        "Jolanta Jansone",
        "f",
        [term("pieriga", CHANGE)],
        (
            "Strādā Ķekavas novadā. Valdē pārstāv Pierīgas reģiona pašvaldības.",
            "Works in Ķekava County. Represents the municipalities of the Pierīga region "
            "on the Board.",
        ),
        municipality="Ķekavas novads",
    ),
    person(
        "kristaps-osis",
        "Kristaps Osis",
        "m",
        [term("kurzeme", AFTER_REFORM)],
        (
            "Strādā Saldus novadā. Valdē pārstāv Kurzemes reģiona pašvaldības.",
            "Works in Saldus County. Represents the municipalities of the Kurzeme region "
            "on the Board.",
        ),
        municipality="Saldus novads",
    ),
    person(
        "agris-vilks",
        "Agris Vilks",
        "m",
        [term("zemgale", datetime.date(2023, 9, 21))],
        (
            "Strādā Dobeles novadā. Valdē pārstāv Zemgales reģiona pašvaldības.",
            "Works in Dobele County. Represents the municipalities of the Zemgale region "
            "on the Board.",
        ),
        municipality="Dobeles novads",
    ),
    person(
        "sergejs-jakovlevs",
        "Sergejs Jakovļevs",
        "m",
        [term("latgale", AFTER_REFORM)],
        (
            "Strādā Ludzas novadā. Valdē pārstāv Latgales reģiona pašvaldības.",
            "Works in Ludza County. Represents the municipalities of the Latgale region "
            "on the Board.",
        ),
        municipality="Ludzas novads",
    ),
    person(
        "kristaps-locs",
        "Kristaps Ločs",
        "m",
        [term("pieriga", AFTER_REFORM, BEFORE_CHANGE, role="deputy")],
        (
            "LPIA priekšsēdētāja vietnieks un Mārupes novada izpilddirektors laikā, kad asociācija "
            "piedalījās konferencē Prāgā 2022. gada novembrī.",
            "Deputy Chair of LPIA and executive director of Mārupe County at the time when the "
            "association took part in the Prague conference in November 2022.",
        ),
        position=L("izpilddirektors", "executive director"),
        municipality="Mārupes novads",
    ),
    person(
        "sniedze-sproge",
        "Sniedze Sproģe",
        "f",
        [],
        (
            "Latvijas Pašvaldību savienības padomniece, kas no LPS puses koordinē LPIA darbu.",
            "Adviser at the Latvian Association of Local and Regional Governments, who "
            "coordinates the work of LPIA on its behalf.",
        ),
        position=L("padomniece", "adviser"),
        organisation=L(
            "Latvijas Pašvaldību savienība",
            "Latvian Association of Local and Regional Governments",
        ),
        email="sniedze.sproge@lps.lv",
        show_in_contacts=True,
    ),
]
