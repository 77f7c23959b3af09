from concurrent.futures import ThreadPoolExecutor

import LatvianStemmer
import pytest

from search import analysis
from search.analysis import exact, exact_terms, fold, index_terms, terms, tokenise

LV, EN = "lv", "en"


def meet(one, other, language=LV):
    return not set(terms(one, language)).isdisjoint(terms(other, language))


def test_the_stem_is_that_of_the_package():
    ends = ["k", "kš", "ņņ", "pj", "bj", "mj", "vj", "šņ", "žņ", "šļ", "žļ", "ļņ", "ļļ"]
    ends += ["č", "ļ", "ņ", "vārd", "a", "ij", ""]
    affixes = [*(affix.affix for affix in LatvianStemmer.affixes), "", "t", "ies", "iS"]
    for start in ("", "b", "lī", "pašu", "uz1vie", "é"):
        for end in ends:
            for affix in affixes:
                word = start + end + affix
                assert analysis.latvian_stem(word) == LatvianStemmer.stem(word), word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pašvaldība", "pašvaldībām"),
        ("atziņa", "atziņas"),
        ("novads", "novadiem"),
        ("izpilddirektors", "izpilddirektoru"),
        ("valstspilsēta", "valstspilsētās"),
        ("izvēlējušies", "izvēlamies"),
        ("spolītis", "spolīša"),
        ("strādāt", "strādāja"),
    ],
)
def test_forms_of_one_word_meet(one, other):
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("valde", "valsts"), ("samaksa", "samaņa"), ("izvēle", "izvēlēties")]
)
def test_different_words_do_not(one, other):
    assert not meet(one, other)


def test_english_is_stemmed_as_english():
    assert meet("meetings", "meeting", EN)


def test_words_are_cut_at_what_is_neither_letter_nor_digit():
    text = "Lielvārdes josta – 2022. gads; a_b"
    words = ["lielvārdes", "josta", "2022", "gads", "a", "b"]
    assert [token.word for token in tokenise(text)] == words
    assert all(text[token.start : token.end].lower() == token.word for token in tokenise(text))


def test_exact_forms_tell_diacritics_apart_and_terms_do_not():
    assert exact("tiesa") != exact("tiesā")
    assert fold("šķēršļiem") == "skersliem"
    assert index_terms("Tiesā", LV).split()[0] == terms("tiesa", LV)[0]


@pytest.mark.parametrize("noise", ["", "…!?", "😀", "\x00", "Привет", "a" * 10_000, "12345", "ß"])
def test_nothing_breaks_the_analysis(noise):
    for language in (LV, EN):
        found = f"{index_terms(noise, language)} {exact_terms(noise)}"
        assert all(term.isalnum() for term in found.split())


def test_threads_get_the_same_terms_as_one_alone():
    words = [
        f"{stem}{ending}" for stem in ("novad", "atziņ", "sēd") for ending in ("s", "as", "ām")
    ]
    alone = [terms(word, code) for code in (LV, EN) for word in words]
    analysis.terms.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda pair: terms(*pair), [(w, c) for c in (LV, EN) for w in words] * 20)
        assert list(found) == alone * 20


def test_without_the_dictionary_the_stem_remains_and_a_check_says_what_is_lost(monkeypatch):
    from search.checks import check_dictionary

    monkeypatch.setattr("search.checks.dictionary_folder", lambda: None)
    (warning,) = check_dictionary(None)
    assert "dictionary" in warning.msg
    monkeypatch.setattr(analysis, "lemmas_of", lambda word: [])
    analysis.terms.cache_clear()
    assert meet("pašvaldība", "pašvaldībām")
    analysis.terms.cache_clear()
