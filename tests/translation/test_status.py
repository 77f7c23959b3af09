"""How translations stand: what is published in the source against what translators have."""

import datetime
import json

import polib
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from home.models import ContentPage
from news.models import Topic
from tests.factories import (
    ConferencePageFactory,
    ContentPageFactory,
    GoalFactory,
    GoalsPageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PartnerFactory,
    SiteTextsFactory,
    TopicFactory,
)
from tests.translating import translate
from translation import status
from translation.models import Publication, State, TranslationStatus

pytestmark = pytest.mark.django_db

ENGLISH = {"Par mums": "About us", "par-mums": "about-us", "Kas mēs esam.": "Who we are."}


@pytest.fixture
def page(home_lv):
    return ContentPageFactory(
        parent=home_lv, title="Par mums", slug="par-mums", lead="Kas mēs esam."
    )


@pytest.fixture
def translated(page):
    """The page with its English translation, complete and published."""
    translate(page, ENGLISH)
    return page


def row_of(source):
    status.settle()
    rows = TranslationStatus.objects.with_state()
    return rows.get(translation_key=source.translation_key, target_locale__language_code="en")


def how(source):
    row = row_of(source)
    return row.state, row.publication


def publish(page, **values):
    """Edit a page as editors do: a revision, then its publication."""
    page = page.__class__.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def submit(source, publish=False):
    translation_source, _created = TranslationSource.update_or_create_from_instance(source)
    translation, _created = Translation.objects.get_or_create(
        source=translation_source, target_locale=Locale.objects.get(language_code="en")
    )
    translation.save_target(publish=publish)
    return translation


def translate_unit(source, text, english):
    segment = StringSegment.objects.get(source__object_id=source.translation_key, string__data=text)
    return StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=Locale.objects.get(language_code="en"),
        defaults={"data": english},
    )[0]


# Each state


def test_what_was_never_submitted_says_how_many_words_there_are(page):
    row = row_of(page)
    assert (row.state, row.publication) == (State.NEVER, Publication.NONE)
    assert (row.title, row.unit_count, row.translated_count) == ("Par mums", 3, 0)
    assert row.words_left == 2 + 2 + 3
    assert row.since == Page.objects.get(pk=page.pk).first_published_at


def test_what_was_submitted_is_partly_translated_until_every_unit_is(page):
    submit(page)
    assert how(page) == (State.PARTIAL, Publication.DRAFT)
    translate_unit(page, "Par mums", "About us")
    row = row_of(page)
    assert (row.state, row.unit_count, row.translated_count) == (State.PARTIAL, 3, 1)
    assert row.words_left == 2 + 3
    translate_unit(page, "par-mums", "about-us")
    translate_unit(page, "Kas mēs esam.", "Who we are.")
    assert how(page) == (State.CURRENT, Publication.DRAFT)


def test_a_unit_with_an_error_is_not_translated(page):
    submit(page)
    assert row_of(page).translated_count == 0
    unit = translate_unit(page, "Kas mēs esam.", "<table>Who we are.</table>")
    assert unit.has_error
    assert row_of(page).translated_count == 0
    unit.data, unit.has_error = "Who we are.", False
    unit.save()
    assert row_of(page).translated_count == 1


def test_a_complete_and_published_translation_is_up_to_date(translated):
    assert how(translated) == (State.CURRENT, Publication.LIVE)
    row = row_of(translated)
    assert (row.unit_count, row.translated_count, row.words_left, row.since) == (3, 3, 0, None)


def test_later_changes_of_the_source_are_seen_which_upstream_does_not(translated):
    before = timezone.now()
    publish(translated, lead="Kas mēs esam un ko darām.")
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    assert translation.get_progress() == (3, 3)  # upstream counts what was synchronised last
    row = row_of(translated)
    assert (row.state, row.publication) == (State.CHANGED, Publication.LIVE)
    assert (row.changed_fields, row.changed_words) == (["lead"], 6)
    assert (row.translated_count, row.unit_count) == (2, 3)
    assert before <= row.changed_at <= timezone.now()
    assert row.since == row.changed_at
    assert not row.has_older_gaps


def test_since_when_is_the_first_of_several_changes(translated):
    publish(translated, lead="Pirmā izmaiņa.")
    first = row_of(translated).changed_at
    publish(translated, title="Par asociāciju")
    row = row_of(translated)
    assert row.changed_at == first
    assert row.changed_fields == ["title", "lead"]
    assert (row.title, row.changed_words) == ("Par asociāciju", 4)


def test_a_change_that_is_taken_back_leaves_nothing(translated):
    publish(translated, lead="Cits.")
    assert how(translated)[0] == State.CHANGED
    publish(translated, lead="Kas mēs esam.")
    assert how(translated) == (State.CURRENT, Publication.LIVE)
    assert row_of(translated).changed_at is None


def test_a_changed_source_may_have_older_gaps_as_well(page):
    submit(page)
    translate_unit(page, "Kas mēs esam.", "Who we are.")
    publish(page, lead="Kas mēs būsim.")
    row = row_of(page)
    assert (row.state, row.changed_words, row.words_left) == (State.CHANGED, 3, 7)
    assert row.has_older_gaps


def test_changed_words_that_were_translated_before_are_not_counted(translated):
    publish(translated, lead="Cits teksts.")
    TranslationSource.objects.get(object_id=translated.translation_key).update_from_db()
    translate_unit(translated, "Cits teksts.", "Another text.")
    publish(translated, lead="Kas mēs esam.")
    row = row_of(translated)
    assert (row.state, row.changed_words, row.translated_count) == (State.CHANGED, 0, 3)


def test_a_draft_of_the_source_is_no_change(translated):
    draft = ContentPage.objects.get(pk=translated.pk)
    draft.title = "Melnraksts"
    draft.lead = "Vēl nav publicēts."
    revision = draft.save_revision()
    row = row_of(translated)
    assert (row.state, row.title) == (State.CURRENT, "Par mums")
    revision.publish()
    row = row_of(translated)
    assert (row.state, row.title) == (State.CHANGED, "Melnraksts")


def test_a_translation_made_by_hand_is_not_compared(page, home_en):
    english = page.copy_for_translation(home_en.locale)
    english.save_revision().publish()
    publish(page, lead="Mainīts.")
    assert how(page) == (State.BY_HAND, Publication.LIVE)


def test_a_translation_that_was_stopped_is_kept_by_hand_until_it_is_resumed(translated):
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    publish(translated, lead="Mainīts.")
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    assert how(translated)[0] == State.BY_HAND
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    assert how(translated)[0] == State.CHANGED


def test_an_alias_is_no_translation(page, home_en):
    page.create_alias(parent=home_en, update_locale=home_en.locale, reset_translation_key=False)
    assert how(page) == (State.NEVER, Publication.NONE)


# What counts as a change


def test_other_values_than_texts_are_changes_without_words(home_lv):
    index = MeetingsPageFactory(parent=home_lv)
    meeting = MeetingPageFactory(parent=index, title="Sanāksme", place="Rīga")
    translate(meeting, {})
    assert how(meeting)[0] == State.CURRENT
    publish(meeting, starts_at=timezone.now(), show_in_menus=True)
    row = row_of(meeting)
    assert (row.state, row.changed_words) == (State.CHANGED, 0)
    assert row.changed_fields == ["show_in_menus", "starts_at"]


def test_child_rows_are_part_of_their_page(home_lv):
    library = InsightLibraryPageFactory(parent=home_lv)
    conference = ConferencePageFactory(parent=library, insights=["Pirmā atziņa.", "Otrā."])
    translate(conference, {})
    assert how(conference)[0] == State.CURRENT
    insights = list(conference.insights.all())
    insights[1].text = "Otrā, precizēta."
    publish(conference, insights=insights)
    row = row_of(conference)
    assert (row.state, row.changed_fields, row.changed_words) == (State.CHANGED, ["insights"], 2)
    assert row.changed_field_names == ["atziņas"]


def test_the_order_of_child_rows_is_a_change_without_words(home_lv):
    about = ContentPageFactory(parent=home_lv)
    goals = GoalsPageFactory(parent=about)
    first = GoalFactory(page=goals, text="Pirmais", sort_order=0)
    second = GoalFactory(page=goals, text="Otrais", sort_order=1)
    translate(goals, {})
    assert how(goals)[0] == State.CURRENT
    first.sort_order, second.sort_order = 1, 0
    first.save()
    second.save()
    row = row_of(goals)
    assert (row.state, row.changed_fields, row.changed_words) == (State.CHANGED, ["goals"], 0)
    second.delete()
    assert row_of(goals).unit_count == row.unit_count - 1


def test_removed_text_is_a_change_and_looking_at_a_stream_is_none(home_lv):
    page = ContentPageFactory(parent=home_lv)
    page.body = [("heading", "Virsraksts"), ("quote", {"text": "Citāts", "attribution": ""})]
    page.save_revision().publish()
    translate(page, {})
    assert how(page)[0] == State.CURRENT
    again = ContentPage.objects.get(pk=page.pk)
    for block in again.body:
        assert block.value is not None
    again.save_revision().publish()
    assert how(page) == (State.CURRENT, Publication.LIVE)
    del again.body[-1]
    again.save_revision().publish()
    row = row_of(page)
    assert (row.state, row.changed_fields, row.changed_words) == (State.CHANGED, ["body"], 0)


def test_a_field_that_translators_have_not_got_yet_is_a_change_once_it_is_filled(translated):
    source = TranslationSource.objects.get(object_id=translated.translation_key)
    content = json.loads(source.content_json)
    del content["lead"], content["search_description"]
    source.content_json = json.dumps(content)
    source.save()
    assert row_of(translated).changed_fields == ["lead"]


# Each event


def test_synchronising_brings_the_change_to_the_translators(translated):
    publish(translated, lead="Kas mēs esam un ko darām.")
    assert how(translated) == (State.CHANGED, Publication.LIVE)
    TranslationSource.objects.get(object_id=translated.translation_key).update_from_db()
    row = row_of(translated)
    assert (row.state, row.publication) == (State.PARTIAL, Publication.PENDING)
    assert (row.translated_count, row.unit_count, row.changed_at) == (2, 3, None)


def test_upstreams_own_view_synchronises_too(admin_client, translated):
    publish(translated, lead="Jauns ievads.")
    source = TranslationSource.objects.get(object_id=translated.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert admin_client.post(address).status_code == 302
    assert how(translated)[0] == State.PARTIAL


def test_a_string_that_is_edited_in_the_translation_editor_counts(admin_client, translated):
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    segment = StringSegment.objects.get(string__data="Kas mēs esam.")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert admin_client.delete(address).status_code == 200
    row = row_of(translated)
    assert (row.state, row.publication) == (State.PARTIAL, Publication.PENDING)
    data = "value=Who we are, again."
    kind = "application/x-www-form-urlencoded"
    assert admin_client.put(address, data, content_type=kind).status_code == 201
    assert how(translated) == (State.CURRENT, Publication.PENDING)


def test_what_was_translated_again_is_pending_until_it_is_published(
    translated, django_capture_on_commit_callbacks
):
    translate_unit(translated, "Kas mēs esam.", "Us.")
    assert how(translated) == (State.CURRENT, Publication.PENDING)
    translation = Translation.objects.get(source__object_id=translated.translation_key)
    translation.save_target(publish=False)
    assert how(translated) == (State.CURRENT, Publication.PENDING)  # a draft of the translation
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert how(translated) == (State.CURRENT, Publication.LIVE)


def test_a_link_of_the_translations_own_is_pending_until_it_is_published(home_lv):
    page = ContentPageFactory(parent=home_lv)
    translate(page, {})
    source = TranslationSource.objects.get(object_id=page.translation_key)
    context = StringSegment.objects.filter(source=source).first().context
    override = SegmentOverride.objects.create(
        locale=Locale.objects.get(language_code="en"), context=context, data_json='"x"'
    )
    assert how(page) == (State.CURRENT, Publication.PENDING)
    override.delete()
    assert how(page) == (State.CURRENT, Publication.LIVE)


def test_an_imported_po_file_counts(page):
    translation = submit(page)
    po = translation.export_po()
    for entry in po:
        entry.msgstr = ENGLISH[entry.msgid]
    translation.import_po(polib.pofile(str(po)))
    assert how(page) == (State.CURRENT, Publication.DRAFT)
    po.remove(po.find("Who we are.", by="msgstr"))
    translation.import_po(polib.pofile(str(po)), delete=True)
    assert how(page) == (State.PARTIAL, Publication.DRAFT)


def test_taking_the_translation_off_the_site_and_back(translated, home_en):
    english = translated.get_translation(home_en.locale)
    english.unpublish()
    assert how(translated) == (State.CURRENT, Publication.DRAFT)
    english.get_latest_revision().publish()
    assert how(translated) == (State.CURRENT, Publication.LIVE)


def test_a_deleted_translation_was_never_submitted(translated, home_en):
    translated.get_translation(home_en.locale).delete()
    assert how(translated) == (State.NEVER, Publication.NONE)
    assert row_of(translated).translated_count == 0
    submit(translated)
    assert how(translated) == (State.PARTIAL, Publication.DRAFT)


def test_a_deleted_source_is_gone(translated):
    key = translated.translation_key
    row_of(translated)
    translated.delete()
    assert not TranslationStatus.objects.filter(translation_key=key).exists()


def test_moving_a_page_changes_nothing_but_its_place(translated, home_lv):
    other = ContentPageFactory(parent=home_lv)
    translated.move(other, pos="last-child")
    assert how(translated) == (State.CURRENT, Publication.LIVE)
    rows = TranslationStatus.objects.with_importance()
    assert rows.get(translation_key=translated.translation_key).depth == other.depth + 1


def test_an_older_revision_that_is_restored_is_compared(translated):
    old = translated.save_revision()
    publish(translated, lead="Jauns ievads.")
    assert how(translated)[0] == State.CHANGED
    old.publish()
    assert how(translated)[0] == State.CURRENT


def test_a_page_that_is_copied_is_an_object_of_its_own(home_lv):
    goals = GoalsPageFactory(parent=ContentPageFactory(parent=home_lv))
    GoalFactory(page=goals, text="Sadarboties ar citiem")
    translate(goals, {})
    copy = goals.copy(update_attrs={"slug": "otra", "title": "Otra"}, keep_live=True)
    assert how(goals)[0] == State.CURRENT
    row = row_of(copy)
    assert row.state == State.NEVER
    assert row.unit_count == row_of(goals).unit_count


def test_a_draft_that_was_never_published_has_a_row_that_says_so(home_lv):
    draft = ContentPage(title="Melnraksts", locale=home_lv.locale, live=False)
    home_lv.add_child(instance=draft)
    row = row_of(draft)
    assert (row.state, row.is_published) == (State.NEVER, False)
    draft.save_revision().publish()
    assert row_of(draft).is_published


def test_records_have_the_same_states(db):
    topic = TopicFactory(name="Sociālā joma", slug="sociala-joma")
    assert how(topic) == (State.NEVER, Publication.NONE)
    translate(topic, {"Sociālā joma": "Social policy", "sociala-joma": "social-policy"})
    assert how(topic) == (State.CURRENT, Publication.LIVE)
    topic.name = "Sociālais darbs"
    topic.save()
    row = row_of(topic)
    assert (row.state, row.changed_fields, row.changed_words) == (State.CHANGED, ["name"], 2)
    Topic.objects.get(locale__language_code="en").delete()
    assert how(topic) == (State.NEVER, Publication.NONE)
    topic.delete()
    assert not TranslationStatus.objects.filter(translation_key=topic.translation_key).exists()


def test_every_kind_of_record_is_listed_and_nothing_else(home_lv, home_en):
    index = NewsIndexPageFactory(parent=home_lv)
    objects = [
        index,
        NewsPageFactory(parent=index, topics=[TopicFactory()]),
        PartnerFactory(),
        SiteTextsFactory(),
    ]
    status.settle()
    keys = set(TranslationStatus.objects.values_list("translation_key", flat=True))
    assert {one.translation_key for one in [home_lv, *objects]} <= keys
    assert len(keys) == 6  # with the topic, without its link to the article
    assert not TranslationStatus.objects.filter(page__depth=1).exists()


def test_an_object_that_holds_what_a_form_gave_is_saved_all_the_same(home_lv):
    index = NewsIndexPageFactory(parent=home_lv)
    page = NewsPageFactory(parent=index, date="2026-10-05")
    assert row_of(page).state == State.NEVER


def test_a_source_that_can_not_be_read_says_so_and_stops_no_other(page, home_lv, caplog):
    row_of(page)
    broken = ContentPageFactory(parent=home_lv)
    broken.body = [("quote", {"text": "Citāts"})]  # of a block that got another field since
    broken.save()
    publish(page, lead="Cits.")
    assert how(broken) == (State.FAILED, Publication.NONE)
    assert "could not be compared" in caplog.text
    assert row_of(page).words_left == 5
    call_command("build_translation_status", verbosity=0)
    assert how(broken)[0] == State.FAILED
    broken.body = []
    broken.save()
    assert how(broken)[0] == State.NEVER


# Everything anew


def test_the_command_writes_what_was_changed_past_the_site(translated, home_lv, capsys):
    row_of(translated)
    ContentPage.objects.filter(pk=translated.pk).update(lead="Mainīts datubāzē.")
    lost = ContentPageFactory(parent=home_lv)
    TranslationStatus.objects.filter(page=lost).delete()
    Topic.objects.bulk_create([Topic(name="Tēma", slug="t", locale=home_lv.locale)])
    gone = TopicFactory()
    Topic.objects.filter(pk=gone.pk)._raw_delete("default")
    assert how(translated)[0] == State.CURRENT
    call_command("build_translation_status")
    assert "statuses written" in capsys.readouterr().out
    assert how(translated)[0] == State.CHANGED
    assert how(lost)[0] == State.NEVER
    assert row_of(Topic.objects.get()).title == "Tēma"
    assert not TranslationStatus.objects.filter(translation_key=gone.translation_key).exists()


def test_the_command_keeps_since_when_a_source_differs(translated):
    publish(translated, lead="Mainīts.")
    row = row_of(translated)
    long_ago = timezone.now() - datetime.timedelta(days=40)
    source = TranslationSource.objects.filter(object_id=translated.translation_key)
    source.update(last_updated_at=long_ago - datetime.timedelta(days=1))
    TranslationStatus.objects.filter(pk=row.pk).update(changed_at=long_ago)
    call_command("build_translation_status", verbosity=0)
    assert row_of(translated).changed_at == long_ago


def test_a_site_that_had_translations_before_gets_its_rows_by_migrating(translated):
    publish(translated, lead="Mainīts.")
    row = row_of(translated)
    TranslationStatus.objects.all().delete()
    call_command("migrate", verbosity=0)
    again = row_of(translated)
    assert (again.state, again.publication) == (State.CHANGED, Publication.LIVE)
    assert abs(again.changed_at - row.changed_at) < datetime.timedelta(seconds=1)


@pytest.mark.django_db(transaction=True)
def test_a_new_language_gets_its_rows(home_lv):
    page = ContentPageFactory(parent=home_lv)
    german = Locale.objects.create(language_code="de")
    row = TranslationStatus.objects.with_state().get(
        translation_key=page.translation_key, target_locale=german
    )
    assert (row.state, row.is_compared, row.is_counted) == (State.NEVER, True, True)


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_is_compared_once_it_is_committed(home_lv):
    page = ContentPageFactory(parent=home_lv, lead="Pirmais.")
    assert not TranslationStatus.objects.filter(is_counted=False).exists()
    publish(page, lead="Otrais teksts.")
    row = TranslationStatus.objects.get(translation_key=page.translation_key)
    assert (row.is_compared, row.is_counted, row.unit_count) == (True, True, 3)


def test_settling_many_outdated_counts_takes_as_many_queries_as_few(home_lv):
    pages = ContentPageFactory.create_batch(2, parent=home_lv)
    status.settle()

    def queries():
        TranslationStatus.objects.all().outdate_count()
        with CaptureQueriesContext(connection) as captured:
            status.settle()
        return len(captured)

    few = queries()
    pages += ContentPageFactory.create_batch(20, parent=home_lv)
    status.settle()
    assert queries() == few
    with CaptureQueriesContext(connection) as settled:
        status.settle()
    assert len(settled) == 2
