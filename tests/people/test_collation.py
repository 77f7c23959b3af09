import pytest

from people.models import Municipality
from tests.factories import MunicipalityFactory, RegionFactory

ALPHABET = [
    "Aizkraukles novads",
    "Ādažu novads",
    "Bauskas novads",
    "Cēsu novads",
    "Daugavpils",
    "Jelgava",
    "Ķekavas novads",
    "Līvānu novads",
    "Ludzas novads",
    "Rēzekne",
    "Rīga",
    "Saldus novads",
    "Smiltenes novads",
    "Šķirotava",
    "Valkas novads",
    "Ventspils",
]


@pytest.mark.django_db
def test_municipalities_stand_in_the_order_of_the_latvian_alphabet():
    region = RegionFactory()
    for name in reversed(ALPHABET):
        MunicipalityFactory(name=name, region=region)
    # ā sorts with a (Ādažu before Aizkraukles), ķ after k, š after s.
    expected = ["Ādažu novads", "Aizkraukles novads", *ALPHABET[2:]]
    assert [m.name for m in Municipality.objects.alphabetical()] == expected


@pytest.mark.django_db
def test_letters_with_a_caron_or_cedilla_follow_all_words_of_their_plain_letter():
    region = RegionFactory()
    for name in [
        "Čivas",
        "Ceļi",
        "Cūkas",
        "Ģibuļi",
        "Gulbene",
        "Kuldīga",
        "Ķoņi",
        "Ņujorka",
        "Nīca",
    ]:
        MunicipalityFactory(name=name, region=region)
    assert [m.name for m in Municipality.objects.alphabetical()] == [
        "Ceļi",
        "Cūkas",
        "Čivas",
        "Gulbene",
        "Ģibuļi",
        "Kuldīga",
        "Ķoņi",
        "Nīca",
        "Ņujorka",
    ]
