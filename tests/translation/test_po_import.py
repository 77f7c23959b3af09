"""An uploaded PO file is tried out first; what is applied gets into drafts, page by page."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow
from wagtail_localize.models import StringTranslation, Translation

from editorial import roles
from tests.factories import TopicFactory
from tests.translating import translate
from translation.models import POUpload
from translation.po import importing
from translation.po.reading import Refused

from .po_samples import (
    draft_of,
    entry_of,
    filled,
    page_to_translate,
    po_of,
    results,
    translations_of,
    tried,
    zipped,
)

pytestmark = pytest.mark.django_db
FIRST = 'Raksti <a id="a1">mums</a> <b>drīz</b>.'
FIRST_EN = 'Write to <a id="a1">us</a> <b>soon</b>.'


@pytest.fixture
def translator(person):
    return person(roles.TRANSLATOR, "translator")


@pytest.fixture
def about(home_lv, home_en):
    return page_to_translate(home_lv)


def apply(upload, user=None):
    until = timezone.now() + datetime.timedelta(minutes=1)
    return importing.apply(POUpload.objects.get(pk=upload.pk), user or upload.user, until)


def problem(upload):
    [file] = upload.files.all()
    return file.problem


# Trying out


def test_a_dry_run_says_what_is_new_and_changed_and_writes_nothing(about, translator):
    made = StringTranslation.objects.create(
        translation_of_id=about.source.stringsegment_set.get(context__path="title").string_id,
        context_id=about.source.stringsegment_set.get(context__path="title").context_id,
        locale=about.target_locale,
        data="About",
    )
    texts = {"Par mums": "About us", FIRST: FIRST_EN, "Otrā rindkopa.": ""}
    upload = tried(translator, filled(about, texts))
    assert results(upload) == {
        "Par mums": "accepted",
        "par-mums": "empty",
        FIRST: "accepted",
        "Otrā rindkopa.": "empty",
    }
    [file] = upload.files.all()
    assert {text["source"]: text["old"] for text in file.texts if text["old"]} == {
        "Par mums": "About"
    }
    assert (file.accepted, file.empty, file.title) == (2, 2, "Par mums")
    assert translations_of(about) == {"Par mums": made.data}


def test_what_is_here_already_is_unchanged(about, translator):
    content = filled(about, {"Par mums": "About us"})
    apply(tried(translator, content))
    upload = tried(translator, content)
    assert results(upload)["Par mums"] == "unchanged"
    assert not apply(upload)["texts"]


@pytest.mark.parametrize(
    ("source", "text", "reason"),
    [
        (FIRST, 'Write to <a id="a1">us</a> soon.', "tag_lost"),
        (FIRST, "Write to us <b>soon</b>.", "tag_lost"),
        (FIRST, 'Write to <a id="a2">us</a> <b>soon</b>.', "tag_lost"),
        (FIRST, f"{FIRST_EN} <i>Now</i>", "tag_invented"),
        (FIRST, 'Write to <a id="a1">us</a> <b>soon.', "tag_unbalanced"),
        (FIRST, '<b>Write to <a id="a1">us</b> soon</a>.', "tag_unbalanced"),
        (FIRST, 'Write to <a id="a1" href="https://e.org">us</a> <b>soon</b>', "tag_lost"),
        ("Otrā rindkopa.", "Second <p>paragraph</p>", "tag_invented"),
        ("Otrā rindkopa.", "Second <script>", "tag_invented"),
        ("Otrā rindkopa.", '<img src="x" onerror="y">', "angle_bracket"),
        ("Otrā rindkopa.", "2 < 3", "angle_bracket"),
        ("Otrā rindkopa.", "Second %(name)s", "placeholder_invented"),
        ("Otrā rindkopa.", "Second {name}", "placeholder_invented"),
        ("Otrā rindkopa.", "Second \x07", "characters"),
        ("Par mums", "About " + "us " * 100, "too_long"),
        ("Par mums", "& " * 60, "accepted"),
        ("Par mums", "&amp; " * 60, "too_long"),
        ("par-mums", "about us", "slug"),
        ("par-mums", "par-mūsu-lietām", "slug"),
        ("par-mums", "about-us", "accepted"),
    ],
)
def test_what_would_damage_the_page_is_broken(about, translator, source, text, reason):
    upload = tried(translator, filled(about, {source: text}))
    assert results(upload)[source] == reason
    assert upload.counts["broken"] == (reason != "accepted")


def test_placeholders_and_long_blocks_are_looked_after(home_lv, home_en, translator):
    translation = page_to_translate(
        home_lv, body=[("text", "<p>Sveiki, %(name)s un {vieta}, 50 % gatavs!</p>")]
    )
    source = "Sveiki, %(name)s un {vieta}, 50 % gatavs!"
    for text, result in [
        ("Hello, %(name)s and {vieta}, 50% done!", "accepted"),
        ("Hello, %(vards)s and {vieta}!", "placeholder_lost"),
        ("Hello, %(name)s and {place}!", "placeholder_lost"),
    ]:
        assert results(tried(translator, filled(translation, {source: text})))[source] == result


def test_each_reason_is_a_sentence_that_names_what_is_wrong(about, translator):
    upload = tried(translator, filled(about, {FIRST: "Write to us."}))
    [file] = upload.files.all()
    [text] = [text for text in file.texts if text["result"] == "broken"]
    assert text["params"] == {"what": '<a id="a1">, <b>'}


def test_a_text_that_changed_moved_or_went_is_outdated(home_lv, home_en, translator):
    translation = page_to_translate(
        home_lv,
        summary="Kopsavilkums",
        body=[("text", "<p>Viens.</p><p>Divi.</p>"), ("heading", "Trīs")],
    )
    texts = {"Par mums": "About", "Kopsavilkums": "S", "Viens.": "1", "Divi.": "2", "Trīs": "3"}
    content = filled(translation, texts)
    page = translation.source.get_source_instance()
    page.title = "Par asociāciju"
    page.summary = ""
    page.search_description = "Divi."
    page.body = page.body.stream_block.to_python(
        [{**dict(page.body.raw_data[0]), "value": "<p>Viens.</p><p>Cits.</p>"}]
    )
    page.save()
    translation.source.update_from_db()
    assert results(tried(translator, content)) == {
        "Par mums": "changed",
        "par-mums": "empty",
        "Kopsavilkums": "gone",
        "Viens.": "accepted",
        "Divi.": "moved",
        "Trīs": "gone",
    }


def test_outdated_texts_are_left_out_and_the_rest_of_the_page_is_applied(about, translator):
    content = filled(about, {"Par mums": "About us", "Otrā rindkopa.": "Second."})
    page = about.source.get_source_instance()
    page.title = "Par asociāciju"
    page.save()
    about.source.update_from_db()
    upload = tried(translator, content)
    assert apply(upload)["texts"] == 1
    assert translations_of(about) == {"Otrā rindkopa.": "Second."}


def test_fuzzy_entries_are_skipped_and_obsolete_ones_ignored(about, translator):
    po = po_of(about)
    entry = entry_of(po, "Par mums")
    entry.msgstr, entry.flags = "Perhaps us", ["fuzzy"]
    entry_of(po, "Otrā rindkopa.").msgstr = "Second."
    entry_of(po, "Otrā rindkopa.").obsolete = True
    upload = tried(translator, str(po).encode())
    assert results(upload) == {"Par mums": "fuzzy", "par-mums": "empty", FIRST: "empty"}


def test_plural_forms_and_two_translations_of_one_text_are_broken(about, translator):
    po = po_of(about)
    entry_of(po, "Par mums").msgid_plural = "Par mums visiem"
    entry_of(po, "Par mums").msgstr_plural = {0: "About us", 1: "About us all"}
    twice = entry_of(po, "Otrā rindkopa.")
    content = str(po) + f'\nmsgctxt "{twice.msgctxt}"\nmsgid "{twice.msgid}"\nmsgstr "Other"\n'
    found = results(tried(translator, content.encode()))
    assert found["Par mums"] == "plural"
    assert found["Otrā rindkopa."] == "twice"


def test_a_translation_made_since_the_export_stays(about, translator, person):
    content = filled(about, {"Par mums": "About us", "Otrā rindkopa.": "Second."})
    chief = person(roles.CHIEF_EDITOR, "chief")
    apply(tried(chief, filled(about, {"Par mums": "Who we are"})))
    upload = tried(translator, content)
    assert results(upload)["Par mums"] == "conflict"
    apply(upload)
    assert translations_of(about) == {"Par mums": "Who we are", "Otrā rindkopa.": "Second."}


def test_a_translator_may_go_on_with_the_same_file(about, translator):
    content = filled(about, {"Par mums": "About us"})
    apply(tried(translator, content))
    later = content.replace(b"About us", b"Who we are")
    upload = tried(translator, later)
    assert results(upload)["Par mums"] == "accepted"
    apply(upload)
    assert translations_of(about) == {"Par mums": "Who we are"}


# Whole files


def test_files_of_nobody_knows_what_are_foreign(about, translator):
    content = filled(about, {"Par mums": "About us"})
    other = content.replace(str(about.uuid).encode(), b"11111111-1111-4111-8111-111111111111")
    assert problem(tried(translator, other)) == "unknown"


def test_a_page_that_the_person_may_not_change_is_foreign(about, editor):
    upload = tried(editor, filled(about, {"Par mums": "About us"}))
    assert problem(upload) == "not_yours"
    assert upload.counts["foreign"] == 4
    assert apply(upload)["texts"] == 0
    assert translations_of(about) == {}


def test_stopped_translations_and_deleted_pages_are_foreign(about, translator):
    content = filled(about, {"Par mums": "About us"})
    about.enabled = False
    about.save()
    assert problem(tried(translator, content)) == "stopped"
    about.source.get_source_instance().delete()
    assert problem(tried(translator, content)) in ("unknown", "deleted")


def test_a_locked_page_is_left_alone_until_it_is_unlocked(about, translator, person):
    chief = person(roles.CHIEF_EDITOR, "chief")
    page = about.get_target_instance()
    page.locked, page.locked_by = True, chief
    page.save()
    upload = tried(translator, filled(about, {"Par mums": "About us"}))
    assert problem(upload) == "locked"
    assert apply(upload)["texts"] == 0
    page.locked, page.locked_by = False, None
    page.save()
    assert apply(upload)["texts"] == 1
    assert draft_of(about).title == "About us"


def test_a_page_under_review_or_scheduled_is_left_alone(about, translator, person):
    content = filled(about, {"Par mums": "About us"})
    page = about.get_target_instance()
    workflow = Workflow.objects.get(name=roles.WORKFLOW)
    workflow.start(page, translator)
    assert problem(tried(translator, content)) == "locked"
    page.current_workflow_state.cancel(user=translator)
    assert problem(tried(translator, content)) == ""
    page.get_latest_revision().publish()
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision().publish()
    assert problem(tried(translator, content)) == "locked"


def test_two_files_of_one_page_are_both_refused(about, translator):
    first, second = filled(about, {"Par mums": "A"}), filled(about, {"Par mums": "B"})
    upload = tried(translator, zipped({"a.po": first, "b.po": second}), "po.zip")
    assert {file.problem for file in upload.files.all()} == {"duplicate"}
    assert apply(upload)["texts"] == 0


def test_a_file_of_another_page_is_refused_where_one_is_asked_for(about, home_lv, translator):
    other = page_to_translate(home_lv, title="Cita")
    upload = tried(translator, filled(other, {"Cita": "Other"}), only=about)
    assert problem(upload) == "other"


# Applying


def test_applying_writes_the_draft_and_who_did_it(about, translator):
    upload = tried(translator, filled(about, {"Par mums": "About us", FIRST: FIRST_EN}))
    assert apply(upload) == {"pages": 1, "texts": 2}
    draft = draft_of(about)
    assert draft.title == "About us"
    assert FIRST_EN.replace('id="a1"', 'href="https://example.org"') in str(draft.body)
    made = StringTranslation.objects.get(data="About us")
    assert (made.last_translated_by, made.tool_name, made.translation_type) == (
        translator,
        "PO",
        "manual",
    )
    assert timezone.now() - made.updated_at < datetime.timedelta(minutes=1)
    entry = PageLogEntry.objects.get(action="translation.import_po")
    assert (entry.user, entry.page_id, entry.data["texts"]) == (translator, draft.pk, 2)
    assert entry.revision == draft.latest_revision
    [file] = upload.files.all()
    assert (file.applied, file.applied_by, file.accepted) == (2, translator, 0)


def test_a_published_page_stays_as_visitors_know_it(home_lv, home_en, translator, client):
    page = page_to_translate(home_lv).source.get_source_instance()
    english = translate(page, {"Par mums": "About us", "par-mums": "about"})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    content = filled(translation, {"Par mums": "Who we are", "par-mums": "who-we-are"})
    # The texts of `translate` were made just before the export.
    assert apply(tried(translator, content))["texts"] == 2
    english.refresh_from_db()
    assert (english.title, english.slug, english.live) == ("About us", "about", True)
    assert english.has_unpublished_changes
    assert "Who we are" not in client.get("/en/about/").content.decode()
    assert draft_of(translation).title == "Who we are"
    english.get_latest_revision().publish()
    assert "Who we are" in client.get("/en/who-we-are/").content.decode()


def test_with_one_broken_text_nothing_of_its_page_is_applied(about, home_lv, translator):
    other = page_to_translate(home_lv, title="Cita")
    files = {
        "a.po": filled(about, {"Par mums": "About us", FIRST: "Write to us."}),
        "b.po": filled(other, {"Cita": "Other"}),
    }
    upload = tried(translator, zipped(files), "po.zip")
    assert apply(upload) == {"pages": 1, "texts": 1}
    assert translations_of(about) == {}
    assert translations_of(other) == {"Cita": "Other"}


def test_applying_twice_does_nothing(about, translator):
    upload = tried(translator, filled(about, {"Par mums": "About us"}))
    apply(upload)
    revisions = about.get_target_instance().revisions.count()
    assert apply(upload)["texts"] == 0
    assert about.get_target_instance().revisions.count() == revisions
    assert PageLogEntry.objects.filter(action="translation.import_po").count() == 1


def test_what_somebody_edited_since_the_dry_run_stays_and_is_said(about, translator, person):
    upload = tried(translator, filled(about, {"Par mums": "About us", FIRST: FIRST_EN}))
    chief = person(roles.CHIEF_EDITOR, "chief")
    apply(tried(chief, filled(about, {"Par mums": "Who we are"})))
    assert apply(upload)["texts"] == 1
    assert translations_of(about) == {"Par mums": "Who we are", FIRST: FIRST_EN}
    found = results(upload)
    assert (found["Par mums"], found[FIRST]) == ("conflict", "applied")
    [text] = [text for text in upload.files.get().texts if text["result"] == "conflict"]
    assert text["params"] == {"who": "chief"}


def test_what_became_outdated_since_the_dry_run_is_left_out(about, translator):
    upload = tried(translator, filled(about, {"Par mums": "About us", FIRST: FIRST_EN}))
    page = about.source.get_source_instance()
    page.title = "Par asociāciju"
    page.save()
    about.source.update_from_db()
    assert apply(upload)["texts"] == 1
    assert results(upload)["Par mums"] == "changed"


def test_rights_lost_since_the_dry_run_are_lost(about, translator):
    upload = tried(translator, filled(about, {"Par mums": "About us"}))
    translator.groups.clear()
    translator = type(translator).objects.get(pk=translator.pk)
    assert apply(upload, translator)["texts"] == 0
    assert problem(upload) == "not_yours"


def test_a_page_that_cannot_be_saved_keeps_everything_it_had(about, translator, monkeypatch):
    upload = tried(translator, filled(about, {"Par mums": "About us"}))
    page_class = type(about.get_target_instance())

    def refuse(page):
        raise ValidationError({"title": "Tā nedrīkst."})

    monkeypatch.setattr(page_class, "clean", refuse)
    assert apply(upload)["texts"] == 0
    assert translations_of(about) == {}
    [file] = upload.files.all()
    assert file.problem_sentence.count("Tā nedrīkst.") == 1
    monkeypatch.undo()
    assert apply(upload)["texts"] == 1


def test_records_without_drafts_wait_in_the_translation_editor(home_en, person):
    chief = person(roles.CHIEF_EDITOR, "chief")
    topic = TopicFactory(name="Izglītība", slug="izglitiba")
    translate(topic, {"Izglītība": "Education"})
    translation = Translation.objects.get(source__object_id=topic.translation_key)
    upload = tried(chief, filled(translation, {"Izglītība": "Schooling"}))
    assert apply(upload)["texts"] == 1
    assert translations_of(translation)["Izglītība"] == "Schooling"
    assert translation.get_target_instance().name == "Education"  # until somebody publishes


def test_a_request_that_runs_out_of_time_leaves_the_rest_for_the_next(home_lv, home_en, translator):
    translations = [page_to_translate(home_lv, title=f"Lapa {number}") for number in range(3)]
    files = {
        f"{each.pk}.po": filled(each, {each.source.object_repr: "Page"}) for each in translations
    }
    upload = tried(translator, zipped(files), "po.zip")
    long_ago = timezone.now()
    assert [importing.apply(upload, translator, long_ago)["pages"] for _turn in range(4)] == [
        1,
        1,
        1,
        0,
    ]


# Keeping


def test_a_dry_run_is_kept_for_some_days_only(about, translator, settings):
    content = filled(about, {"Par mums": "About us"})
    old, young = tried(translator, content), tried(translator, content)
    days = datetime.timedelta(days=settings.PO_UPLOAD_DAYS)
    POUpload.objects.filter(pk=old.pk).update(created_at=timezone.now() - days)
    newest = tried(translator, content)
    assert set(POUpload.objects.values_list("pk", flat=True)) == {young.pk, newest.pk}


def test_of_a_refused_upload_nothing_is_kept(about, translator, settings):
    settings.PO_UPLOAD_LIMITS = {**settings.PO_UPLOAD_LIMITS, "unpacked": 3_000}
    content = filled(about, {"Par mums": "About us"})
    with pytest.raises(Refused):
        tried(translator, zipped({f"{number}.po": content for number in range(5)}), "po.zip")
    assert not POUpload.objects.exists()


def test_others_may_open_an_upload_only_when_they_may_change_all_its_pages(
    about, translator, person, editor, admin_user
):
    upload = tried(translator, filled(about, {"Par mums": "About us"}))
    colleague = person(roles.TRANSLATOR, "colleague")
    assert [upload.is_open_to(user) for user in (translator, admin_user, colleague)] == [True] * 3
    assert not upload.is_open_to(editor)
    nothing = tried(translator, b'msgid ""\nmsgstr ""\n')
    assert not nothing.is_open_to(colleague)


def test_a_batch_costs_the_same_queries_with_many_files(home_lv, home_en, translator):
    translations = [page_to_translate(home_lv, title=f"Lapa {number}") for number in range(9)]
    files = {f"{each.pk}.po": filled(each, {"Otrā rindkopa.": "Second."}) for each in translations}
    names = list(files)
    tried(translator, files[names[0]])  # content types are remembered from here on
    with CaptureQueriesContext(connection) as few:
        tried(translator, zipped({name: files[name] for name in names[:2]}), "po.zip")
    with CaptureQueriesContext(connection) as many:
        upload = tried(translator, zipped(files), "po.zip")
    assert upload.counts["accepted"] == 9
    assert len(many) == len(few)
