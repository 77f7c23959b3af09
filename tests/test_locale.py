"""The Latvian of the interface: nothing is missing, nothing is broken."""

import gettext
import re
import shutil
from collections import Counter

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import resolve, reverse
from django.utils.translation import ngettext, override

pytestmark = pytest.mark.once

CATALOGUE = settings.SITE_DIR / "locale" / "lv" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


def entries():
    return polib.pofile(CATALOGUE)


def keys(catalogue):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}


def extract(folder, monkeypatch):
    """Return the strings that the code and the templates ask for, found in a copy of them."""
    ignored = shutil.ignore_patterns(".*", "*.po", "*.mo", "static", "tests", "var")
    shutil.copytree(settings.BASE_DIR, folder, ignore=ignored)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [folder / "site" / "locale"])
    call_command("makemessages", locale=["lv"], verbosity=0)
    return polib.pofile(folder / CATALOGUE.relative_to(settings.BASE_DIR))


def test_every_string_of_the_code_stands_in_the_catalogue(tmp_path, monkeypatch):
    # Without gettext's tools (they are there in CI) the catalogue can only be read by itself.
    has_tools = shutil.which("xgettext")
    wanted = keys(extract(tmp_path / "copy", monkeypatch) if has_tools else entries())
    assert wanted - keys(entries()) == set(), "not in the catalogue: run `make messages`"
    assert keys(entries()) - wanted == set(), "nobody asks for these any more"


def test_every_string_is_translated_for_certain():
    assert len(entries()) > 300
    assert [entry.msgid for entry in entries() if not entry.translated()] == []
    assert [entry.msgid for entry in entries() if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_translations_keep_what_is_not_language(pattern):
    def found(text):
        return Counter(pattern.findall(text))

    for entry in entries():
        original = found(entry.msgid_plural or entry.msgid)
        for translation in entry.msgstr_plural.values() or [entry.msgstr]:
            assert found(translation) == original, entry.msgid


def test_plurals_have_three_forms():
    plurals = [entry for entry in entries() if entry.msgid_plural]
    assert plurals
    for entry in plurals:
        assert sorted(entry.msgstr_plural) == [0, 1, 2], entry.msgid


def test_the_compiled_catalogue_counts_as_latvian_does(tmp_path):
    path = tmp_path / "django.mo"
    entries().save_as_mofile(path)
    with path.open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    numbers = [1, 21, 101, 2, 11, 12, 111, 0]
    assert [translations.plural(number) for number in numbers] == [0, 0, 0, 1, 1, 1, 1, 2]
    assert translations.gettext("search/") == "meklet/"


def test_plurals_reach_the_pages():
    # Django merges all catalogues of a language: a rule other than its own would be lost.
    entry = next(entry for entry in entries() if entry.msgid_plural and not entry.msgctxt)
    with override("lv"):
        for number, form in [(21, 0), (11, 1), (0, 2)]:
            found = ngettext(entry.msgid, entry.msgid_plural, number)
            assert found == entry.msgstr_plural[form]


@pytest.mark.parametrize(("language", "address"), [("lv", "/lv/meklet/"), ("en", "/en/search/")])
def test_the_search_page_has_an_address_in_each_language(language, address):
    with override(language):
        assert reverse("search") == address
        assert resolve(address).url_name == "search"
