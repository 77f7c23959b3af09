"""The dashboard and its reports: what needs attention, of what a person may mend."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from editorial import attention, roles
from editorial.findings import update_findings
from editorial.models import Finding
from editorial.panels import MATTERS
from tests import factories as make
from tests.translating import translate

pytestmark = pytest.mark.django_db

REPORTS = {
    "review": "pages_to_review:index",
    "untranslated": "translations:index",
    "pictures": "findings:index",
    "recordings": "recordings_without_transcript:index",
    "links": "broken_links:index",
}
VIDEO = "https://www.youtube.com/watch?v=demo-202211"


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def picture():
    return Image.objects.create(title="Zāle", file=get_test_image_file())


@pytest.fixture
def neglected(home_lv, picture):
    """A site in which one thing of each kind needs attention; its pages by their kind."""
    news = make.NewsIndexPageFactory(parent=home_lv)
    translate(home_lv, {})
    translate(news, {})
    meetings = make.MeetingsPageFactory(parent=home_lv)
    translate(meetings, {})
    gone = make.NewsPageFactory(parent=news)
    pages = {
        "review": make.NewsPageFactory(parent=news, review_by=days(0)),
        "pictures": make.NewsPageFactory(parent=news, image=picture),
        "links": make.NewsPageFactory(
            parent=news,
            body=[("text", f'<p><a linktype="page" id="{gone.pk}">Saite uz to</a></p>')],
        ),
        "recordings": make.MeetingPageFactory(parent=meetings, recording=VIDEO),
    }
    for page in pages.values():
        update_findings(page)
    gone.delete()
    for page in pages.values():
        translate(page, {})
    pages["untranslated"] = make.NewsPageFactory(parent=news)
    # English pages have faults of their own: none of these is in the way of this test.
    Finding.objects.filter(page__locale__language_code="en").delete()
    for page in Page.objects.filter(locale__language_code="en").specific():
        page.internal_links.all().delete()
        page.review_by = None
        page.save()
    return pages


def sign_in(client, user):
    client.force_login(user)
    return client


def numbers(client):
    """Return what the tiles of the dashboard say: their names and numbers."""
    html = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    tiles = html.select(".desk-tile")
    return {
        tile["id"].removeprefix("desk-"): int(tile.select_one(".desk-tile__count").text)
        for tile in tiles
    }


def without_english():
    [matter] = [matter for matter in MATTERS if matter.name == "untranslated"]
    return matter.url


def rows(client, address, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200
    return [row.title for row in response.context["object_list"]]


def test_each_number_leads_to_a_report_of_so_many_rows(editor_client, neglected):
    html = BeautifulSoup(editor_client.get(reverse("wagtailadmin_home")).content, "html.parser")
    assert numbers(editor_client) == dict.fromkeys(REPORTS, 1)
    for name, url_name in REPORTS.items():
        address = html.select_one(f"a#desk-{name}")["href"]
        assert address.startswith(reverse(url_name))
        page = neglected[name]
        response = editor_client.get(address)
        assert [row.title for row in response.context["object_list"]] == [page.title]
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()


def test_where_nothing_needs_attention_the_dashboard_says_so(editor_client, home_lv):
    translate(home_lv, {})
    assert set(numbers(editor_client).values()) == {0}
    page = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Viss ir kārtībā." in page
    assert "Nepabeigtu melnrakstu nav." in page
    assert "Nekas negaida." not in page  # an editor approves nothing


def test_who_approves_reads_that_nothing_waits(chief_client):
    assert "Nekas negaida." in chief_client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_was_submitted_waits_for_the_chief_editor(client, person, editor, home_lv):
    news = make.NewsIndexPageFactory(parent=home_lv)
    draft = make.NewsPageFactory(parent=news, live=False, owner=editor)
    draft.save_revision(user=editor)
    assert draft.title in _panel(sign_in(client, editor), "my-drafts")
    draft.get_workflow().start(draft, editor)
    assert draft.title not in _panel(client, "my-drafts")
    assert draft.title in client.get(reverse("wagtailadmin_home")).content.decode()
    sign_in(client, person(roles.CHIEF_EDITOR))
    assert draft.title in _panel(client, "awaiting-review")


def _panel(client, name):
    html = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    return html.select_one(f"#{name}-section").get_text()


def test_my_drafts_are_what_i_own_or_changed_last(client, person, editor, home_lv):
    news = make.NewsIndexPageFactory(parent=home_lv)
    colleague = person(roles.CHIEF_EDITOR)
    drafts = {
        "own": make.NewsPageFactory(parent=news, live=False, owner=editor),
        "changed": make.NewsPageFactory(parent=news, owner=colleague),
        "colleague's": make.NewsPageFactory(parent=news, live=False, owner=colleague),
        "published": make.NewsPageFactory(parent=news, owner=editor),
    }
    for name, page in drafts.items():
        revision = page.save_revision(user=editor if name == "changed" else colleague)
        if name == "published":
            revision.publish()
    text = _panel(sign_in(client, editor), "my-drafts")
    shown = {name for name, page in drafts.items() if page.title in text}
    assert shown == {"own", "changed"}


# Who sees what


@pytest.mark.parametrize("role", [roles.EDITOR, roles.CHIEF_EDITOR, roles.ADMINISTRATOR])
def test_those_who_work_in_latvian_see_all_of_it(client, person, neglected, role):
    assert numbers(sign_in(client, person(role))) == dict.fromkeys(REPORTS, 1)


def test_a_translator_sees_what_concerns_english_alone(client, person, neglected):
    sign_in(client, person(roles.TRANSLATOR))
    assert numbers(client) == {"review": 0, "untranslated": 1, "pictures": 0, "links": 0}
    for name, url_name in REPORTS.items():
        if name == "untranslated":
            assert rows(client, without_english()) == [neglected[name].title]
        else:
            assert rows(client, reverse(url_name)) == []


def test_a_translator_and_an_editor_see_their_own_side_of_a_fault(
    client, person, editor, neglected, home_en
):
    english = neglected["pictures"].get_translation(home_en.locale)
    update_findings(english)
    english.review_by = days(-1)
    english.save()
    sign_in(client, person(roles.TRANSLATOR))
    assert rows(client, reverse("findings:index")) == [english.title]
    assert rows(client, reverse("pages_to_review:index")) == [english.title]
    sign_in(client, editor)
    assert numbers(client)["pictures"] == 1
    assert neglected["review"].title in rows(client, reverse("pages_to_review:index"))
    assert english.pk not in attention.pages_of(editor).values_list("pk", flat=True)


@pytest.mark.parametrize("url_name", [*REPORTS.values(), "guides:guide"])
def test_nobody_else_enters(client, django_user_model, url_name):
    arguments = ["editors"] if url_name == "guides:guide" else []
    address = reverse(url_name, args=arguments)
    assert client.get(address).url.startswith(reverse("wagtailadmin_login"))
    client.force_login(django_user_model.objects.create_user("visitor"))
    assert client.get(address).url.startswith(reverse("wagtailadmin_login"))


def test_who_may_change_no_page_has_neither_numbers_nor_reports(client, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("librarian")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert numbers(client) == {}
    for url_name in REPORTS.values():
        assert client.get(reverse(url_name)).url == reverse("wagtailadmin_home")


# What counts


def test_a_page_is_due_on_its_day_of_review_if_it_is_published(editor, home_lv):
    about = make.ContentPageFactory(parent=home_lv, review_by=days(0))
    make.ContentPageFactory(parent=home_lv, review_by=days(1))
    make.ContentPageFactory(parent=home_lv, review_by=days(-1), live=False)
    board = make.BoardPageFactory(parent=about, review_by=days(-400))
    assert {page.pk for page in attention.pages_to_review(editor)} == {about.pk, board.pk}


def test_a_translation_counts_once_it_is_published(client, editor, home_lv, home_en):
    translate(home_lv, {})
    page = make.ContentPageFactory(parent=home_lv)
    make.ContentPageFactory(parent=home_lv, live=False)
    address = without_english()
    assert rows(sign_in(client, editor), address) == [page.title]
    english = translate(page, {})
    english.unpublish()
    assert rows(client, address) == [page.title]
    english.save_revision().publish()
    assert rows(client, address) == []


def test_a_meeting_without_a_recording_needs_no_transcript(editor, home_lv):
    meetings = make.MeetingsPageFactory(parent=home_lv)
    make.MeetingPageFactory(parent=meetings)
    make.MeetingPageFactory(parent=meetings, recording=VIDEO, transcript="[0:10] Labdien!")
    silent = make.MeetingPageFactory(parent=meetings, recording=VIDEO)
    assert list(attention.recordings_without_transcript(editor)) == [silent]


# The reports


def test_findings_are_filtered_by_kind_and_language(chief_client, neglected, home_en):
    make.ContentPageFactory(parent=home_en, title="About us")
    update_findings(*Page.objects.filter(title="About us"))
    update_findings(neglected["recordings"])
    address = reverse("findings:index")
    assert len(rows(chief_client, address)) == 3
    assert rows(chief_client, address, kind="picture") == [neglected["pictures"].title]
    assert rows(chief_client, address, locale=home_en.locale_id) == ["About us"]
    both = {"kind": ["picture", "summary"], "locale": neglected["review"].locale_id}
    assert len(rows(chief_client, address, **both)) == 2
    assert rows(chief_client, address, kind="link") == []
    assert "Te nav nekā" in chief_client.get(address, {"kind": "link"}).content.decode()


@pytest.mark.parametrize("url_name", sorted(set(REPORTS.values()) - {"translations:index"}))
def test_reports_go_to_a_spreadsheet_in_which_no_formula_runs(chief_client, neglected, url_name):
    Page.objects.filter(pk__in=[page.pk for page in neglected.values()]).update(
        title="=1+1", draft_title="=1+1"
    )
    response = chief_client.get(reverse(url_name), {"export": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert lines[0][0] == "Virsraksts"
    assert {line[0] for line in lines[1:]} == {"'=1+1"}
    response = chief_client.get(reverse(url_name), {"export": "xlsx"})
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"PK")


def test_reasons_of_broken_links_are_named(editor_client, neglected, home_lv):
    news = neglected["links"].get_parent()
    hidden = make.NewsPageFactory(parent=news, title="Slēptā ziņa", live=False)
    page = make.NewsPageFactory(
        parent=news,
        body=[
            ("text", f'<p><a linktype="page" id="{hidden.pk}">viens</a></p>'),
            ("text", '<p><a linktype="document" id="999999">otrs</a></p>'),
        ],
    )
    update_findings(page)
    report = editor_client.get(reverse("broken_links:index")).content.decode()
    for reason in ("Lapa „Slēptā ziņa“ nav publicēta.", "Dokuments ir dzēsts.", "Lapa ir dzēsta."):
        assert reason in report


# The cost


@pytest.mark.parametrize("url_name", ["wagtailadmin_home", *REPORTS.values()])
def test_the_number_of_queries_does_not_grow_with_the_pages(client, editor, neglected, url_name):
    sign_in(client, editor)
    own = {"owner": editor, "has_unpublished_changes": True}  # a draft for the dashboard
    Page.objects.filter(pk=neglected["review"].pk).update(**own)
    address = reverse(url_name)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    _neglect_more(neglected, editor)
    client.get(address)  # which compares what has changed with its translation, once
    with CaptureQueriesContext(connection) as many:
        response = client.get(address)
    if url_name != "wagtailadmin_home":
        assert len(response.context["object_list"]) > 20
    assert len(many) <= len(few)


def _neglect_more(neglected, editor):
    news, meetings = neglected["review"].get_parent(), neglected["recordings"].get_parent()
    image = neglected["pictures"].image
    for _number in range(21):
        page = make.NewsPageFactory(
            parent=news,
            owner=editor,
            has_unpublished_changes=True,
            review_by=days(-1),
            image=image,
            body=[("text", '<p><a linktype="page" id="999999">Tur</a></p>')],
        )
        update_findings(page)
        make.MeetingPageFactory(parent=meetings, recording=VIDEO)
