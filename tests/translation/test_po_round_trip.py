"""What is exported opens in the tools of translators and comes back as it went."""

import shutil
import subprocess

import polib
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation

from editorial import roles
from tests.factories import ContentPageFactory
from translation.po.checks import PLACEHOLDER
from translation.po.exporting import export
from translation.po.texts import texts_of

from .po_samples import page_to_translate, po_of, start, translations_of, tried

pytestmark = pytest.mark.django_db

# Anything that a text may have; control characters no field of a page lets in.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])
ODDITIES = ["\\", '"', "\\n", '\\"', "\n", "\r\n", "\t", " ", "\N{NO-BREAK SPACE}", "\u2028", "#~ "]
ODDITIES += ["ģķļņ", "😀", "👩\u200d👧", "ß", "&amp;", "%", "% s", "100 %", "{", "}", "msgid", "„"]
WORDS = st.sampled_from(ODDITIES) | st.text(CHARACTERS, max_size=8)
PLAIN = st.lists(WORDS, max_size=12).map("".join) | st.text(CHARACTERS, min_size=200, max_size=400)


@st.composite
def escaped(draw):
    """A text as wagtail-localize has it: HTML in which no tag is but line breaks."""
    return (
        draw(PLAIN)
        .replace("&amp;", "&")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )


def run(*command):
    if not shutil.which(command[0]):
        pytest.skip("gettext is not installed (Debian: apt-get install gettext)")
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


def through_polib(content: bytes, folder) -> bytes:
    path = folder / "polib.po"
    path.write_bytes(content)
    po = polib.pofile(str(path), wrapwidth=78)
    po.save()
    return path.read_bytes()


def through_msgmerge(content: bytes, folder) -> bytes:
    path, template = folder / "merge.po", folder / "merge.pot"
    path.write_bytes(content)
    po = parsed_file(path)
    for entry in po:
        entry.msgstr, entry.flags = "", []
    po.save(str(template))
    return run("msgmerge", "--quiet", str(path), str(template)).encode()


def through_msgfmt(content: bytes, folder) -> bytes:
    path, compiled = folder / "format.po", folder / "format.mo"
    path.write_bytes(content)
    run("msgfmt", "--output-file", str(compiled), str(path))
    return run("msgunfmt", str(compiled)).encode()


def parsed_file(path):
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)


TOOLS = {
    "nothing": lambda content, folder: content,
    "polib": through_polib,
    "msgmerge": through_msgmerge,
    "msgfmt and msgunfmt": through_msgfmt,
}


@pytest.fixture
def translator(person):
    return person(roles.TRANSLATOR, "translator")


@pytest.fixture
def page(home_lv, home_en):
    body = [
        ("text", '<p>A <b>b</b> <a href="https://e.org">c</a></p><p>D</p><p>D</p>'),
        ("heading", "E"),
        ("quote", {"text": "F\nG", "attribution": "H"}),
    ]
    return page_to_translate(home_lv, title="Nosaukums", summary="Viens\r\nDivi", body=body)


def write(translation, data: list[str]):
    """Translate all texts, with tags as in the original, the last one not at all."""
    StringTranslation.objects.all().delete()
    texts = texts_of([translation])[translation.pk]
    # In bulk: a single one would also become the title of the draft, which has a width.
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=text.string_id,
            context_id=text.context_id,
            locale=translation.target_locale,
            data=text.source.replace("b</b>", f"{words}</b>") if "<" in text.source else words,
        )
        for text, words in zip(texts[:-1], data, strict=False)
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_lost_or_changed_on_the_way(page, translator, tmp_path, tool):
    @examples(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(escaped(), min_size=8, max_size=8))
    def check(data):
        write(page, data)
        StringTranslation.objects.filter(data="").delete()
        before = translations_of(page)
        [(_name, content)] = export([page], "Anna")
        upload = tried(translator, TOOLS[tool](content, tmp_path))
        counts = {kind.value: number for kind, number in upload.counts.items() if number}
        counts.pop("empty", None)
        assert counts.get("unchanged", 0) == sum(bool(text.strip("\n")) for text in before.values())
        assert set(counts) <= {"unchanged"}
        assert translations_of(page) == before

    check()


def _is_sound(text):
    return text and text.strip("\n") == text and not PLACEHOLDER.search(text)


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_translator_writes_arrives_as_written(page, translator, tmp_path, tool):
    @examples(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(escaped().filter(_is_sound))
    def check(words):
        StringTranslation.objects.all().delete()
        po = po_of(page)
        for entry in po:
            if entry.msgid == "H":
                entry.msgstr = words
        upload = tried(translator, TOOLS[tool](str(po).encode(), tmp_path))
        [file] = upload.files.all()
        [text] = [text for text in file.texts if text["result"] == "accepted"]
        assert text["text"] == words

    check()


@examples(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=PLAIN.filter(str.strip), data=st.lists(escaped(), min_size=8, max_size=8))
def test_gettext_finds_no_fault_with_the_files(page, tmp_path, title, data):
    page.source.object_repr = title[:200]
    page.source.save()
    page.refresh_from_db()
    write(page, data)
    [(name, content)] = export([page], title)
    path = tmp_path / name
    path.write_bytes(content)
    run("msgfmt", "--check", "--output-file=/dev/null", str(path))


def test_a_text_that_stands_twice_in_one_place_is_one_entry(page, tmp_path):
    assert sorted(entry.msgid for entry in po_of(page)).count("D") == 1


def test_a_file_says_where_each_text_stands(page, client):
    live = page.source.get_source_instance()
    po = po_of(page)
    comments = {entry.msgid: entry.comment.split("\n") for entry in po}
    assert comments["E"] == ["Saturs › Apakšvirsraksts", f"Nosaukums · {live.full_url}"]
    assert comments["H"][0] == "Saturs › Citāts › Kas to teica"
    assert comments["Nosaukums"][0] == "Virsraksts"
    assert po.metadata["Language"] == "en"
    assert po.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert po.metadata["X-WagtailLocalize-TranslationID"] == str(page.uuid)
    assert po.metadata["X-Exported-At"]
    assert {entry.msgctxt for entry in po} >= {"title", "slug", "summary"}


def test_a_translation_with_an_error_goes_out_as_fuzzy(page):
    text = texts_of([page])[page.pk][0]
    StringTranslation.objects.create(
        translation_of_id=text.string_id,
        context_id=text.context_id,
        locale=page.target_locale,
        data="<p>Title</p>",
    )
    entry = next(entry for entry in po_of(page) if entry.msgctxt == "title")
    assert (entry.msgstr, entry.flags) == ("<p>Title</p>", ["fuzzy"])


def test_wagtail_localizes_own_file_is_understood(page, translator):
    content = str(page.export_po()).replace('msgid "E"\nmsgstr ""', 'msgid "E"\nmsgstr "Heading"')
    upload = tried(translator, content.encode())
    assert (upload.counts["accepted"], upload.counts["empty"]) == (1, 7)


def test_a_page_without_address_still_has_its_title(home_lv, home_en):
    page = ContentPageFactory(parent=home_lv, title="Melnraksts", live=False)
    assert po_of(start(page))[0].comment == "Virsraksts\nMelnraksts"
