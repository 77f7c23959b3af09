"""What the translation memory offers: the same text first, then similar ones."""

import pytest
from django.utils.translation import gettext
from wagtail_localize.models import StringTranslation

from tests.translating import translate
from translation import memory
from translation.texts import differences, fitted

pytestmark = pytest.mark.django_db

SENTENCE = "Asociācija aicina pašvaldību izpilddirektorus uz konferenci par civilo aizsardzību"


@pytest.fixture
def exact(unit, english):
    def texts(translation, path="title"):
        return [match.text for match in memory.exact_matches(unit(translation, path), english)]

    return texts


@pytest.fixture
def near(unit, english):
    def matches(translation, path="title"):
        return memory.near_matches(unit(translation, path), english)

    return matches


# The same text


def test_a_text_translated_on_another_page_is_offered_with_where_and_when(
    under_way, unit, english, home_lv
):
    other = under_way(title="Jaunā valde", slug="cita")
    translate(other.source.get_source_instance(), {"Jaunā valde": "The new Board"})
    translation = under_way(title="Jaunā valde", slug="sita")
    (match,) = memory.exact_matches(unit(translation), english)
    assert (match.text, match.score, match.where) == ("The new Board", 100, "Jaunā valde")
    assert (match.uses, match.is_machine) == (1, False)
    assert match.last_used


def test_people_come_before_machines_then_the_same_field_then_what_was_used_most(
    under_way, remember, exact
):
    translation = under_way(title="Valde")
    remember("Valde", "Managing", path="title.a", by_machine=True)
    for number in range(3):
        remember("Valde", "Council", path=f"body.{number}")
    remember("Valde", "The Board", path="body.a")
    remember("Valde", "Board", path="summary")
    remember("Valde", "Board", path="body.b")
    assert exact(translation) == ["Council", "Board", "The Board", "Managing"]


def test_what_has_an_error_or_is_empty_is_not_offered(under_way, remember, exact):
    translation = under_way(title="Valde")
    remember("Valde", '<a id="a7">Board</a>', path="body.a")  # an id the source lacks
    remember("Valde", "", path="body.b")
    assert StringTranslation.objects.get(context__path="body.a").has_error
    assert exact(translation) == []


def test_a_units_own_translation_is_not_offered_to_itself(under_way, unit, exact, english):
    translation = under_way(title="Valde")
    segment = unit(translation)
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=english, data="Board"
    )
    assert exact(translation) == []


def test_a_machines_text_that_a_person_kept_counts_as_the_persons(
    under_way, remember, unit, english
):
    remember("Valde", "Board", path="body.a", by_machine=True)
    remember("Valde", "Board", path="body.b")
    (match,) = memory.exact_matches(unit(under_way(title="Valde")), english)
    assert (match.is_machine, match.uses) == (False, 2)


# Similar texts


def test_a_similar_text_is_offered_with_its_likeness(under_way, remember, near):
    remember(f"{SENTENCE}.", "The association invites …")
    remember("Pavisam cits teikums par pašvaldību izpilddirektoriem", "Something else")
    (match,) = near(under_way(title=f"{SENTENCE} Rīgā."))
    assert match.text == "The association invites …"
    assert 85 < match.score < 100
    assert match.source == f"{SENTENCE}."


def test_other_capitals_and_endings_are_similar_too(under_way, remember, near):
    remember("PAŠVALDĪBAS BUDŽETS", "Municipal budget")
    remember("Izpilddirektoru apspriede Liepājā", "A meeting in Liepāja")
    assert near(under_way(title="Izpilddirektoru apspriedes Liepājā"))[0].score > 90
    (match,) = near(under_way(title="PAŠVALDĪBU BUDŽETS"))
    assert match.text == "Municipal budget"


def test_a_text_that_differs_in_tags_alone_is_not_quite_the_same(under_way, remember, near):
    remember("<b>Jaunā</b> kārtība ir spēkā", "<b>The new</b> rules apply", html=True)
    (match,) = near(under_way(title="Jaunā kārtība ir spēkā"))
    assert (match.score, match.text, match.is_plain) == (99, "The new rules apply", True)


def test_the_most_similar_come_first_and_there_are_few(under_way, remember, near):
    for number in range(6):
        remember(f"{SENTENCE}{' un tā tālāk' * number}", f"Text {number}", path=f"body.{number}")
    found = near(under_way(title=f"{SENTENCE}!"))
    assert [match.text for match in found] == ["Text 0", "Text 1", "Text 2"]
    assert [match.score for match in found] == sorted(
        (match.score for match in found), reverse=True
    )


def test_what_was_never_translated_is_not_offered(under_way, near):
    under_way(title=f"{SENTENCE}.", slug="cita")
    assert near(under_way(title=f"{SENTENCE}!")) == []


@pytest.mark.parametrize(
    "translated, source, expected",
    [
        ('See <a id="a1">the law</a>', 'Skat. <a id="a1">likumu</a>', None),
        ('See <a id="a2">the law</a>', 'Skat. <a id="a1">likumu</a>', "See the law"),
        ("<b>Board</b> &amp; co", "Valde", "Board &amp; co"),
        ("<b>Board</b>", "<b>Valde</b> un <i>citi</i>", None),
        ("One<br/>two", "Viens divi", "One two"),
        ("a &lt;b&gt; c", "x", None),
    ],
)
def test_tags_stay_only_where_they_fit(translated, source, expected):
    assert fitted(translated, source) == (expected or translated, expected is not None)


def test_differences_are_marked_word_by_word():
    assert differences("valde lēma šodien", "vakar valde lēma") == [
        ("other", "vakar"),
        ("same", "valde lēma"),
        ("missing", "šodien"),
    ]


# Filling in


def test_untranslated_units_with_one_known_translation_are_filled_in(
    under_way, remember, editor, unit
):
    translation = under_way(title="Jaunā valde", summary="Kopsavilkums")
    remember("Jaunā valde", "The new Board")
    remember("Kopsavilkums", "Summary", path="summary")
    remember("Kopsavilkums", "Abstract", path="body.a")
    assert memory.fill(translation, editor) == 1
    made = StringTranslation.objects.get(context=unit(translation).context)
    assert made.data == "The new Board"
    assert (made.translation_type, made.tool_name) == ("manual", gettext("translation memory"))
    assert made.last_translated_by == editor
    target = translation.get_target_instance()
    assert (target.draft_title, target.title) == ("The new Board", "Jaunā valde")
    assert not target.live
    assert memory.fill(translation, editor) == 0


def test_machines_addresses_and_work_under_way_are_not_touched(
    under_way, remember, editor, unit, english
):
    translation = under_way(title="Valde", slug="valde", summary="Kopsavilkums")
    remember("Valde", "Board", by_machine=True)
    remember("valde", "board", path="slug")
    remember("Kopsavilkums", "Summary", path="summary")
    segment = unit(translation, "summary")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=english,
        data='<a id="a9">broken</a>',
    )
    assert memory.fill(translation, editor) == 0
    assert not StringTranslation.objects.filter(context=unit(translation).context).exists()


def test_filling_in_takes_as_many_queries_for_many_units(
    under_way, remember, editor, django_assert_num_queries
):
    few, many = (
        under_way(
            title=f"Lapa {count}", body=[("heading", f"Virsraksts {n}") for n in range(count)]
        )
        for count in (2, 40)
    )
    for number in range(40):
        remember(f"Virsraksts {number}", f"Heading {number}", path=f"body.{number}")
    with django_assert_num_queries(6) as asked:
        assert memory.fill(few, editor) == 2
    with django_assert_num_queries(len(asked)):
        assert memory.fill(many, editor) == 40
