"""The report of translations, its panel on the admin's home, and handing over to translators."""

import csv
import datetime
import io
from unittest import mock

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation, TranslationSource

from editorial import roles
from home.models import ContentPage
from news.models import NewsPage, Topic
from tests.factories import (
    ContentPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    PartnerFactory,
    TopicFactory,
)
from tests.translating import translate
from translation import handover, selection, status
from translation.models import State, TranslationStatus

from .test_status import how, publish, row_of, submit

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/translations/"
HAND_OVER = f"{REPORT}hand-over/"


@pytest.fixture
def pages(home_lv):
    """A page in each state: by its title, which is that of the state."""

    def page(title, **values):
        return ContentPageFactory(parent=home_lv, title=title, slug=title.lower(), **values)

    made = {name: page(name) for name in ("Never", "Partial", "Current", "Changed", "Byhand")}
    submit(made["Partial"])
    for name in ("Current", "Changed", "Byhand"):
        translate(made[name], {})
    publish(made["Changed"], lead="Trīs jauni vārdi.")
    Translation.objects.filter(source__object_id=made["Byhand"].translation_key).update(
        enabled=False
    )
    return made


@pytest.fixture
def sign_in(client, person):
    """Sign somebody of a role in; returns the client."""

    def sign_in(role):
        user = person(role)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def chief(sign_in):
    return sign_in(roles.CHIEF_EDITOR)


def titles(response):
    assert response.status_code == 200
    return [row.title for row in response.context["object_list"]]


def hand_over(client, *sources, query="", **values):
    status.settle()
    keys = [str(row_of(source).pk) for source in sources]
    response = client.post(f"{HAND_OVER}{query}", {"translations": keys, **values}, follow=True)
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


# The report


def test_the_report_lists_all_states_the_most_urgent_first(chief, pages):
    response = chief.get(REPORT)
    expected = ["Changed", "Partial", "Never", "Sākums", "Byhand", "Current"]
    assert titles(response) == expected  # both home pages were made by hand
    page = response.content.decode()
    for state in (State.CHANGED, State.PARTIAL, State.NEVER, State.BY_HAND, State.CURRENT):
        assert f"translation-state--{state}" in page
    assert 'max="2"' in page and "Ievadrindkopa" in page


def test_a_title_leads_to_where_the_work_goes_on(chief, pages, home_en):
    page = chief.get(REPORT).content.decode()
    english = pages["Changed"].get_translation(home_en.locale)
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[english.pk])}"' in page
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[pages["Changed"].pk])}"' in page
    address = reverse("wagtail_localize:submit_page_translation", args=[pages["Never"].pk])
    assert f'href="{address}?select_locale=en&amp;next=%2Fadmin' in page


def test_records_lead_to_their_editor_and_to_submitting(chief):
    topic = TopicFactory()
    page = chief.get(REPORT).content.decode()
    assert f"/submit/snippet/news/topic/{topic.pk}/?select_locale=en" in page
    translate(topic, {})
    english = Topic.objects.get(locale__language_code="en")
    assert f"/news/topic/edit/{english.pk}/" in chief.get(REPORT).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=changed", ["Changed"]),
        ("state=never&state=partial", ["Partial", "Never"]),
        ("publication=draft", ["Partial"]),
        ("publication=none", ["Never"]),
        ("q=chang", ["Changed"]),
        ("q=SAKUMS", ["Sākums"]),
        ("q=nekā", []),
        ("is_published=False", []),
        ("state=changed&publication=none", []),
    ],
)
def test_the_report_is_filtered(chief, pages, query, expected):
    assert titles(chief.get(f"{REPORT}?{query}")) == expected
    assert titles(chief.get(f"{REPORT}results/?{query}")) == expected


def test_the_report_is_filtered_by_kind(chief, pages):
    TopicFactory(name="Tēma")
    kind = row_of(TopicFactory(name="Cita")).content_type_id
    response = chief.get(f"{REPORT}?kind={kind}&ordering=title")
    assert titles(response) == ["Cita", "Tēma"]


def test_a_filter_that_does_not_exist_gets_an_answer(chief, pages):
    for query in ("state=x", "kind=x", "ordering=x", "p=99", "publication=", "q=%00"):
        assert chief.get(f"{REPORT}?{query}").status_code == 200, query


def test_the_report_sorts_by_age_importance_and_title(chief, home_lv):
    index = NewsIndexPageFactory(parent=home_lv, title="Ziņas")
    deep = NewsPageFactory(parent=index, title="Ābele")
    menu = ContentPageFactory(parent=home_lv, title="Citi", show_in_menus=True)
    linked = ContentPageFactory(parent=home_lv, title="Bērzs")
    text = f'<p><a id="{linked.pk}" linktype="page">x</a></p>'
    ContentPageFactory(parent=home_lv, title="Zars", body=[("text", RichText(text))])
    for year, page in enumerate((deep, menu, linked), 2020):
        day = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
        Page.objects.filter(pk=page.pk).update(first_published_at=day)

    def order(by):
        found = titles(chief.get(f"{REPORT}?state=never&ordering={by}"))
        return [title for title in found if title in ("Ābele", "Bērzs", "Citi", "Zars", "Ziņas")]

    assert order("title") == ["Ābele", "Bērzs", "Citi", "Zars", "Ziņas"]
    assert order("-title") == ["Ziņas", "Zars", "Citi", "Bērzs", "Ābele"]
    assert order("since")[:3] == ["Ābele", "Citi", "Bērzs"]
    assert order("-since")[:3] == ["Bērzs", "Citi", "Ābele"]  # without a date last again
    assert order("importance") == ["Citi", "Bērzs", "Zars", "Ziņas", "Ābele"]
    assert order("-importance")[0] == "Ābele"


def test_the_report_goes_to_a_spreadsheet(chief, pages):
    TopicFactory(name="=1+1")
    response = chief.get(f"{REPORT}?export=csv&state=changed&state=never")
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [line["Virsraksts"] for line in lines] == ["Changed", "Never", "'=1+1"]
    cells = list(lines[0].values())
    assert "ievadrindkopa" in cells and "3" in cells
    response = chief.get(f"{REPORT}?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 1 + TranslationStatus.objects.count()
    assert sheet["A2"].value == "Changed"


def test_upstreams_own_report_leads_to_ours_and_stands_in_no_menu(chief):
    response = chief.get("/admin/localize/reports/translations/")
    assert (response.status_code, response.url) == (302, REPORT)
    page = chief.get("/admin/").content.decode()
    assert REPORT in page
    assert "/localize/reports/" not in page


# Who sees what


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_role_sees_what_is_published_and_editors_their_drafts(sign_in, pages, home_lv, role):
    draft = ContentPage(title="Slepens melnraksts", locale=home_lv.locale, live=False)
    home_lv.add_child(instance=draft)
    pages["Current"].unpublish()
    client = sign_in(role)
    for address in (REPORT, f"{REPORT}?q=melnraksts", f"{REPORT}?is_published=False"):
        shown = "Slepens melnraksts" in client.get(address).content.decode()
        assert shown == (role != roles.TRANSLATOR), address
    found = titles(client.get(REPORT))
    assert {"Changed", "Never"} <= set(found)
    assert ("Current" in found) == (role != roles.TRANSLATOR)
    export = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode()
    assert ("Slepens" in export) == (role != roles.TRANSLATOR)
    home = client.get("/admin/").content.decode()
    assert "translation-counts" in home
    assert "Slepens" not in home


def test_a_title_that_is_only_drafted_is_shown_to_nobody(sign_in, pages):
    page = ContentPage.objects.get(pk=pages["Changed"].pk)
    page.title = "Jauns nosaukums"
    page.save_revision()
    for role in roles.ROLES:
        assert "Jauns nosaukums" not in sign_in(role).get(REPORT).content.decode()


def test_links_lead_nobody_to_what_they_may_not_open(sign_in, pages, home_en):
    source = reverse("wagtailadmin_pages:edit", args=[pages["Changed"].pk])
    english = pages["Changed"].get_translation(home_en.locale)
    target = reverse("wagtailadmin_pages:edit", args=[english.pk])
    translator = sign_in(roles.TRANSLATOR).get(REPORT).content.decode()
    assert f'"{target}"' in translator and f'"{source}"' not in translator
    editor = sign_in(roles.EDITOR).get(REPORT).content.decode()
    assert f'"{source}"' in editor and f'"{target}"' not in editor


def test_visitors_and_people_without_a_language_see_nothing(client, pages, django_user_model):
    from django.contrib.auth.models import Group, Permission

    addresses = [REPORT, f"{REPORT}results/", f"{REPORT}?export=csv", HAND_OVER]
    for address in addresses:
        assert client.get(address).url.startswith("/admin/login/")
    user = django_user_model.objects.create_user("outsider", password="password")
    user.groups.add(Group.objects.create(name="Citi"))
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    client.force_login(user)
    for address in addresses[:3]:
        assert client.get(address).url == "/admin/", address
    assert client.post(HAND_OVER, {"everything": "1"}).url == "/admin/"
    home = client.get("/admin/").content.decode()
    assert REPORT not in home and "translation-counts" not in home
    assert how(pages["Never"])[0] == State.NEVER


def test_who_works_in_a_part_of_a_tree_only_works_in_no_language(sign_in, pages):
    client = sign_in(roles.TRANSLATOR)
    GroupPagePermission.objects.filter(group__name=roles.TRANSLATOR).update(page=pages["Never"])
    assert client.get(REPORT).url == "/admin/"


# The panel


def test_the_panel_counts_and_names_the_five_most_urgent(sign_in, pages, home_lv):
    for number in range(6):
        ContentPageFactory(parent=home_lv, title=f"Lapa {number}")
    page = sign_in(roles.TRANSLATOR).get("/admin/").content.decode()
    panel = page.partition('id="translations-section"')[2].partition("</section>")[0]
    numbers = [part.partition("<")[0] for part in panel.split('__number">')[1:]]
    assert numbers == ["1", "1", "7", "2", "1"]
    for state in (State.CHANGED, State.PARTIAL, State.NEVER, State.BY_HAND, State.CURRENT):
        assert f'href="{REPORT}?state={state}"' in panel
    assert panel.count('<td class="title">') == 5
    urgent = panel.partition("<tbody>")[2]
    assert urgent.index(">Changed<") < urgent.index(">Partial<") < urgent.index(">Never<")
    assert f'href="{REPORT}"' in panel


def test_the_panel_names_what_could_not_be_compared(chief, pages):
    row = row_of(pages["Current"])
    TranslationStatus.objects.filter(pk=row.pk).update(has_failed=True)
    assert "translation-state--failed" in chief.get("/admin/").content.decode()


# Constant numbers of queries


def test_report_and_panel_cost_the_same_with_few_and_with_many_rows(chief, pages, home_lv):
    index = NewsIndexPageFactory(parent=home_lv)

    def queries(address):
        chief.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert chief.get(address).status_code == 200
        return len(captured)

    addresses = [REPORT, f"{REPORT}?ordering=importance", f"{REPORT}?export=csv", "/admin/"]
    few = {address: queries(address) for address in addresses}
    for number in range(30):
        article = NewsPageFactory(parent=index, topics=[TopicFactory()])
        if number % 3:
            submit(article)
        if number % 2:
            publish(article, lead="Mainīts.")
        PartnerFactory()
    assert {address: queries(address) for address in addresses} == few
    assert few[REPORT] <= 30


# Handing over to the translators


def test_what_is_new_is_submitted_and_what_has_changed_is_synchronised(chief, pages, home_en):
    messages = hand_over(chief, *pages.values())
    assert how(pages["Never"]) == (State.PARTIAL, "draft")
    assert how(pages["Changed"])[0] == State.PARTIAL
    assert row_of(pages["Changed"]).translated_count == 2
    assert how(pages["Byhand"])[0] == State.BY_HAND
    assert len(messages) == 2
    for title in ("Partial", "Current", "Byhand"):
        assert escape(title) in messages[1]
    english = pages["Never"].get_translation(home_en.locale)
    assert english.get_parent().pk == home_en.pk


def test_nothing_goes_live_by_handing_over(
    chief, client, pages, home_en, django_capture_on_commit_callbacks
):
    english = pages["Changed"].get_translation(home_en.locale)
    before = english.__class__.objects.filter(pk=english.pk).values().get()
    live = set(Page.objects.filter(locale=home_en.locale, live=True).values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(chief, *pages.values())
    assert english.__class__.objects.filter(pk=english.pk).values().get() == before
    now = Page.objects.filter(locale=home_en.locale, live=True)
    assert set(now.values_list("pk", flat=True)) == live
    client.logout()
    assert "Trīs jauni" not in client.get(english.url).content.decode()
    assert client.get("/en/never/").status_code == 404


def test_parents_are_submitted_before_their_children(chief, home_lv, home_en):
    parent = ContentPageFactory(parent=home_lv, title="Virslapa")
    child = ContentPageFactory(parent=parent, title="Apakšlapa")
    grandchild = ContentPageFactory(parent=child, title="Apakšlapas apakšlapa")
    hand_over(chief, grandchild, child, parent)
    english = grandchild.get_translation(home_en.locale)
    assert english.get_parent().translation_key == child.translation_key
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not english.get_ancestors().filter(depth__gt=2, live=True).exists()


def test_a_child_without_its_parent_is_left_with_a_reason(chief, home_lv):
    child = ContentPageFactory(parent=ContentPageFactory(parent=home_lv), title="Apakšlapa")
    [message] = hand_over(chief, child)
    assert "Apakšlapa" in message and str(handover.NO_PARENT) in message
    assert how(child)[0] == State.NEVER
    assert not TranslationSource.objects.filter(object_id=child.translation_key).exists()


def test_records_have_no_drafts_so_new_ones_are_left_and_changed_ones_synchronised(chief):
    new, changed = TopicFactory(name="Jauna"), TopicFactory(name="Vecā")
    translate(changed, {"Vecā": "Old"})
    changed.name = "Mainītā"
    changed.save()
    messages = hand_over(chief, new, changed)
    assert "Jauna" in messages[1] and str(handover.NO_DRAFTS) in messages[1]
    assert how(changed)[0] == State.PARTIAL
    assert [topic.name for topic in Topic.objects.filter(locale__language_code="en")] == ["Old"]


def test_a_page_waits_for_the_records_it_refers_to(chief, home_lv):
    index = NewsIndexPageFactory(parent=home_lv)
    submit(index)
    topic = TopicFactory(name="Enerģētika")
    article = NewsPageFactory(parent=index, topics=[topic])
    [message] = hand_over(chief, article)
    assert "Enerģētika" in message
    assert not Topic.objects.filter(locale__language_code="en").exists()
    assert not NewsPage.objects.filter(locale__language_code="en").exists()
    translate(topic, {"Enerģētika": "Energy"})
    hand_over(chief, article)
    assert how(article) == (State.PARTIAL, "draft")
    english = NewsPage.objects.get(locale__language_code="en")
    assert [link.topic.name for link in english.topic_links.all()] == ["Energy"]


def test_a_record_that_is_kept_by_hand_is_not_written_over(chief, home_lv):
    index = NewsIndexPageFactory(parent=home_lv)
    submit(index)
    topic = TopicFactory(name="Enerģētika")
    english = topic.copy_for_translation(Locale.objects.get(language_code="en"))
    english.name = "Energy"
    english.save()
    article = NewsPageFactory(parent=index, topics=[topic])
    hand_over(chief, article)
    english.refresh_from_db()
    assert (how(article)[0], english.name) == (State.PARTIAL, "Energy")
    assert how(topic)[0] == State.BY_HAND


def test_a_source_that_is_not_published_is_left(chief, home_lv):
    draft = ContentPage(title="Melnraksts", locale=home_lv.locale, live=False)
    home_lv.add_child(instance=draft)
    [message] = hand_over(chief, draft)
    assert str(handover.NOT_PUBLISHED) in message
    assert how(draft)[0] == State.NEVER


def test_the_error_of_one_stops_no_other_and_leaves_nothing_behind(chief, home_lv, caplog):
    pages = [ContentPageFactory(parent=home_lv, title=f"Lapa{number}") for number in range(3)]
    changed = ContentPageFactory(parent=home_lv, title="Mainīta")
    translate(changed, {})
    publish(changed, lead="Mainīts.")
    save_target = Translation.save_target

    def fail_for_one(translation, **kwargs):
        save_target(translation, **kwargs)
        if translation.source.object_id == pages[1].translation_key:
            raise RuntimeError("a disk is full")

    with mock.patch.object(Translation, "save_target", fail_for_one):
        messages = hand_over(chief, *pages, changed)
    assert [how(page)[0] for page in pages] == [State.PARTIAL, State.NEVER, State.PARTIAL]
    assert how(changed)[0] == State.PARTIAL
    assert not Translation.objects.filter(source__object_id=pages[1].translation_key).exists()
    assert not Page.objects.filter(
        translation_key=pages[1].translation_key, locale__language_code="en"
    ).exists()
    assert "Lapa1" in messages[1] and "a disk is full" not in messages[1]
    assert "a disk is full" in caplog.text


def test_a_translation_that_can_not_be_saved_is_not_left_half_done(chief, home_lv):
    page = ContentPageFactory(parent=home_lv, title="Lapa")
    row_of(page)
    Page.objects.filter(pk=page.pk).update(title="")
    [message] = hand_over(chief, page)
    assert str(handover.INVALID) in message
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_everything_that_the_filters_find_is_handed_over(chief, pages, home_lv):
    others = [ContentPageFactory(parent=home_lv, title=f"Zars {number}") for number in range(3)]
    hand_over(chief, query="?state=never&q=zars", everything="1")
    assert {how(page)[0] for page in others} == {State.PARTIAL}
    assert how(pages["Never"])[0] == State.NEVER
    assert how(pages["Changed"])[0] == State.CHANGED


def test_everything_of_a_broken_filter_is_nothing(chief, pages):
    hand_over(chief, query="?state=x", everything="1")
    assert how(pages["Never"])[0] == State.NEVER


def test_nothing_selected_and_nonsense_get_a_sentence(chief, pages):
    assert len(hand_over(chief)) == 1
    response = chief.post(HAND_OVER, {"translations": ["x", "-1", "999999", "²"]}, follow=True)
    assert len(response.context["messages"]) == 1
    assert chief.get(HAND_OVER).status_code == 405


def test_one_goes_back_to_the_report_as_it_was_filtered(chief, pages):
    response = chief.post(f"{HAND_OVER}?state=never&p=2", {})
    assert response.url == f"{REPORT}?state=never&p=2"


def test_what_takes_too_long_is_left_for_another_time(chief, pages, home_lv):
    user = chief.get(REPORT).wsgi_request.user
    rows = selection.rows_for(chief.get(REPORT).wsgi_request).filter(state=State.NEVER)
    result = handover.hand_over(rows, user, seconds=-1)
    assert (result.submitted, result.remaining) == (0, 1)
    assert len(result.left()) == 1
    assert how(pages["Never"])[0] == State.NEVER


@pytest.mark.parametrize("role", [roles.EDITOR, roles.CHIEF_EDITOR, roles.TRANSLATOR])
def test_every_role_that_may_submit_hands_over(sign_in, pages, role):
    client = sign_in(role)
    assert 'name="translations"' in client.get(REPORT).content.decode()
    hand_over(client, pages["Never"], pages["Changed"])
    assert how(pages["Never"])[0] == State.PARTIAL
    assert how(pages["Changed"])[0] == State.PARTIAL


def test_a_translator_hands_over_nothing_that_they_may_not_know_of(sign_in, pages, home_lv):
    client = sign_in(roles.TRANSLATOR)
    draft = ContentPage(title="Melnraksts", locale=home_lv.locale, live=False)
    home_lv.add_child(instance=draft)
    assert "Melnraksts" not in " ".join(hand_over(client, draft))
    PageViewRestriction.objects.create(page=pages["Never"], restriction_type="login")
    [message] = hand_over(client, pages["Never"])
    assert str(handover.RESTRICTED) in message
    assert how(pages["Never"])[0] == State.NEVER
    hand_over(sign_in(roles.EDITOR), pages["Never"])
    assert how(pages["Never"])[0] == State.PARTIAL


def test_who_may_not_submit_is_not_offered_to(sign_in, pages):
    from django.contrib.auth.models import Group

    group = Group.objects.get(name=roles.TRANSLATOR)
    group.permissions.remove(*group.permissions.filter(codename="submit_translation"))
    client = sign_in(roles.TRANSLATOR)
    assert HAND_OVER not in client.get(REPORT).content.decode()
    response = client.post(HAND_OVER, {"translations": [row_of(pages["Never"]).pk]})
    assert response.url == "/admin/"
    assert how(pages["Never"])[0] == State.NEVER


def test_another_button_joins_the_form_by_a_hook(chief, pages):
    from wagtail import hooks

    action = selection.SelectionAction("Cita darbība", "translations:index", "download")
    with hooks.register_temporarily(selection.HOOK, lambda: action):
        page = chief.get(f"{REPORT}?state=never").content.decode()
    assert f'formaction="{REPORT}?state=never"' in page and "Cita darbība" in page
    assert f'formaction="{HAND_OVER}?state=never"' in page
