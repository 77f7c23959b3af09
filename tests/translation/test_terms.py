"""Terms of the glossary in a text: in any form, and no other words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from tests.factories import TermOfGlossaryFactory
from translation.glossary import Glossary
from translation.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary():
    """A glossary of some Latvian terms."""

    def make(*sources):
        for source in sources:
            TermOfGlossaryFactory(source=source)
        return Glossary()

    return make


def sources(terms):
    return [term.source for term in terms]


@pytest.mark.parametrize(
    "term, text",
    [
        ("valde", "Valdei iesniegts priekšlikums."),
        ("valstspilsēta", "Sešas valstspilsētas un 35 novadi"),
        ("novads", "Novados un novadu domēs"),
        ("atziņa", "Dalījāmies ar atziņām."),
        ("valdes loceklis", "Valdes locekļiem jāpiedalās"),
        ("saistošie noteikumi", "Grozījumi saistošajos noteikumos"),
        ("izpilddirektors", "Tikās pašvaldību izpilddirektori un izpilddirektores."),
        ("dome", "Lēmumu pieņēma domes sēdē."),
        ("VRAA", "VRAA projekts"),
    ],
)
def test_a_term_is_recognised_in_every_form(glossary, term, text):
    assert sources(glossary(term).terms_in(text)) == [term]


@pytest.mark.parametrize(
    "term, text",
    [
        ("dome", "Tāda bija doma."),
        ("valde", "Valdība lēma citādi."),
        ("atziņa", "Saņemts atzinums."),
        ("novads", "Novadnieki tikās."),
        ("valdes loceklis", "Valdes sēdē piedalījās loceklis."),
        ("saistošie noteikumi", "Saistošie"),
    ],
)
def test_other_words_are_no_terms(glossary, term, text):
    assert glossary(term).terms_in(text) == []


def test_the_longest_term_counts_and_each_stands_once_in_the_order_of_the_text(glossary):
    terms = glossary("valde", "valdes priekšsēdētājs", "novads").terms_in(
        "Novada vadība un valdes priekšsēdētāja runāja par valdi un novadiem; valdes sēde."
    )
    assert sources(terms) == ["novads", "valdes priekšsēdētājs", "valde"]


def test_an_empty_glossary_and_an_empty_text_have_no_terms(glossary):
    assert Glossary().terms_in("Valde") == []
    assert glossary("valde").terms_in("") == []


def test_the_glossary_takes_one_query_for_any_number_of_terms(glossary, django_assert_num_queries):
    for number in range(30):
        TermOfGlossaryFactory(source=f"jēdziens{number}")
    with django_assert_num_queries(1):
        Glossary().terms_in("Jēdziens7 un jēdziens8 " * 50)


def test_a_term_stands_only_once_whatever_its_capitals():
    TermOfGlossaryFactory(source="valde")
    with override("en"), pytest.raises(ValidationError, match="already"):
        Term(source="  Valde ", target="Board").full_clean()


def test_words_to_avoid_are_tidied_and_never_hold_the_translation():
    term = Term(source="novads", target="county", forbidden=" district;; region ;")
    term.full_clean()
    assert term.forbidden == "district; region"
    term.forbidden = "district; county"
    with pytest.raises(ValidationError):
        term.full_clean()
