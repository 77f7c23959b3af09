"""The admin in Latvian: upstream's translations, completed and where wrong replaced by ours.

`site/locale/upstream` holds what Wagtail, wagtail-localize, taggit and modelsearch lack. An entry
that upstream has as well replaces it, and a comment says why.
"""

import csv
import html
import re
from collections import Counter
from datetime import timedelta

import polib
import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple
from wagtail.users.models import UserProfile

from scripts.catalogues import DOMAINS, LOCALE, coverage, folder_of, key, ours, upstream, wanted
from tests.test_locale import CATALOGUE, PLACEHOLDER, TAG

pytestmark = pytest.mark.once

GLOSSARY = LOCALE / "glossary.csv"


def latvian(domain):
    """Return the Latvian that people get, by key: an entry each."""
    return upstream(domain) | {key(entry): entry for entry in ours(domain)}


def django_asks():
    """Return the keys of Django's own messages: we replace some, and complete none."""
    folder = folder_of("django")
    paths = [folder / "conf", *(folder / "contrib" / name for name in ("auth", "humanize"))]
    found = (polib.pofile(path / "locale/en/LC_MESSAGES/django.po") for path in paths)
    return {key(entry) for entries in found for entry in entries}


def texts(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_has_a_translation(domain):
    known = latvian(domain)
    missing = {
        package: sorted(text for context, text in keys if (context, text) not in known)
        for package, keys in wanted(domain).items()
    }
    assert sum(map(len, wanted(domain).values())) > 100
    assert {package: names for package, names in missing.items() if names} == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_ours_are_complete_and_needed(domain):
    asked = django_asks().union(*wanted(domain).values())
    theirs = upstream(domain)
    assert [entry.msgid for entry in ours(domain) if not entry.translated() or entry.fuzzy] == []
    assert [entry.msgid for entry in ours(domain) if key(entry) not in asked] == []
    replacing = [entry for entry in ours(domain) if key(entry) in theirs]
    assert [entry.msgid for entry in replacing if not entry.tcomment] == [], "say what is wrong"
    assert [e.msgid for e in replacing if texts(e) == texts(theirs[key(e)])] == [], "the same"


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_keep_what_is_not_language(domain, pattern):
    def found(text):
        return Counter(pattern.findall(text))

    broken = [
        (entry.msgid, text)
        for entry in latvian(domain).values()
        for text in texts(entry)
        if found(text) != found(entry.msgid_plural or entry.msgid)
    ]
    assert broken == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_plurals_have_three_forms(domain):
    plurals = [entry for entry in latvian(domain).values() if entry.msgid_plural]
    assert plurals
    assert [e.msgid for e in plurals if sorted(e.msgstr_plural) != [0, 1, 2]] == []
    assert [e.msgid for e in plurals if not all(texts(e))] == []


def forbidden():
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        for term in csv.DictReader(file):
            for word in filter(None, term["instead of"].split(";")):
                # The ending changes: the stem alone is looked for.
                stem = re.escape(word[:-1] if len(word) > 6 else word)
                yield re.compile(rf"(?<!\w){stem}", re.IGNORECASE), term


@pytest.mark.parametrize(("pattern", "term"), list(forbidden()))
def test_the_glossary_is_followed(pattern, term):
    entries = [*latvian("django").values(), *latvian("djangojs").values(), *polib.pofile(CATALOGUE)]
    wrong = [(e.msgid, text) for e in entries for text in texts(e) if pattern.search(text)]
    assert wrong == [], f"{term['english']}: {term['latvian']}, not {term['instead of']}"


def test_plurals_of_all_packages_count_as_latvian_does():
    entry = next(entry for entry in ours("django") if entry.msgid_plural and not entry.msgctxt)
    with override("lv"):
        for number, form in [(1, 0), (21, 0), (2, 1), (11, 1), (0, 2)]:
            found = ngettext(entry.msgid, entry.msgid_plural, number)
            assert found == entry.msgstr_plural[form]


def test_a_word_of_ours_does_not_change_what_the_admin_means():
    """Django merges all catalogues: a message of both has one translation."""
    known = latvian("django")
    own = {key(e): e for e in polib.pofile(CATALOGUE)}
    different = {
        text: (texts(own[context, text]), texts(known[context, text]))
        for context, text in own.keys() & known.keys()
        if texts(own[context, text]) != texts(known[context, text])
    }
    assert different == {}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/jsi18n/", "/admin/localize/jsi18n/"])
def test_the_words_of_javascript_are_served(admin_client, address):
    catalogue = admin_client.get(address).content.decode()
    for entry in ours("djangojs"):
        for text in texts(entry)[:1]:
            # As JSON, with everything beyond ASCII escaped.
            assert text.encode("ascii", "backslashreplace").decode()[:20] in catalogue


def test_ours_replaces_what_is_wrong_upstream():
    with override("lv"):
        assert gettext("Settings") == "Iestatījumi"


@pytest.mark.parametrize(
    ("minutes", "said"), [(1, "pirms 1 minūtes"), (5, "pirms 5 minūtēm"), (60, "pirms 1 stundas")]
)
def test_how_long_ago_something_was_is_said_in_latvian(minutes, said):
    """Django's Latvian has the forms of time units in another order than it declares."""
    with override("lv"):
        then = timezone.now() - timedelta(minutes=minutes, seconds=5)
        assert timesince_simple(then).replace("\xa0", " ") == said
        assert timesince_simple(timezone.now()) == "tikko"


def test_the_documentation_has_the_coverage_of_today():
    written = (settings.BASE_DIR / "docs" / "latvian.md").read_text("utf-8")
    for name, number, theirs, added, replaced in coverage():
        assert f"| {name} | {number} | {theirs} | {added} | {replaced} | 100% |" in written, name


@pytest.mark.django_db
def test_the_help_menu_speaks_to_each_person_whoever_asked_first(client, admin_user):
    client.force_login(admin_user)
    news = {"en": "What's new in Wagtail 8.0", "lv": "Wagtail 8.0 jaunumi"}
    for language in ("en", "lv", "en"):
        UserProfile.objects.update_or_create(
            user=admin_user, defaults={"preferred_language": language}
        )
        props = html.unescape(client.get("/admin/").content.decode())
        assert [name for name, label in news.items() if label in props] == [language]
