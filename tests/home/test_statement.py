"""The accessibility statement: what it says, and reports of barriers that reach somebody."""

import datetime
import json

import pytest
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission
from wagtail.rich_text import RichText

from editorial import roles
from home import spam
from home.models import AutomatedCheck, EnforcementBody, KnownFailure
from tests.factories import (
    AccessibilityStatementPageFactory,
    ContentPageFactory,
    EasyReadPageFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db

REPORT = {
    "tool": "axe-core 4.10.3",
    "started": "2026-11-20T10:00:00+02:00",
    "finished": "2026-11-20T10:20:00+02:00",
    "pages": 64,
    "checks": 1152,
    "failures": [
        {
            "url": "http://127.0.0.1:8000/lv/sanaksmes/?page=2",
            "check": "axe",
            "rule": "color-contrast",
            "impact": "serious",
            "help": "Elements must meet contrast",
            "nodes": [{"target": "main > p", "note": "2.9"}],
        },
        {"url": "http://127.0.0.1:8000/lv/", "check": "zoom", "rule": "", "help": "", "nodes": 2},
        {"url": "http://127.0.0.1:8000/lv/", "check": "axe", "rule": "list", "impact": "odd"},
    ],
}


@pytest.fixture
def page(home_lv):
    return AccessibilityStatementPageFactory(
        parent=home_lv,
        slug="pieklustamiba",
        alternatives="<p>Lūdziet atšifrējumu.</p>",
        enforcement="Ja atbildes nav.",
        answer_days=21,
        to_address="lpia@example.org",
        subject="Ziņojums",
        prepared_on=datetime.date(2026, 9, 30),
    )


def stamp():
    signer = signing.TimestampSigner(salt=spam.SALT)
    moment = timezone.now() - datetime.timedelta(seconds=20)
    signer.timestamp = lambda: signing.b62_encode(int(moment.timestamp()))
    return signer.sign_object("opened")


@pytest.fixture
def answers():
    return {
        "problem": "Izvēlni nevar atvērt ar tastatūru.",
        "place": "/lv/",
        "aids": "NVDA",
        "name": "",
        "email": "anna@example.org",
        "homepage": "",
        "opened": stamp(),
    }


@pytest.fixture
def record(tmp_path, capsys):
    """Record a report, given as an object or as text; returns what the command said."""

    def call(report):
        path = tmp_path / "report.json"
        path.write_text(report if isinstance(report, str) else json.dumps(report), "utf-8")
        call_command("record_audit", path)
        return capsys.readouterr().out

    return call


# The statement


def test_a_failure_links_to_its_page_in_the_language_of_the_statement(client, home_lv, page):
    target = ContentPageFactory(parent=home_lv, title="Sanāksmes", slug="sanaksmes")
    only_latvian = ContentPageFactory(parent=home_lv, title="Arhīvs", slug="arhivs")
    hidden = ContentPageFactory(parent=home_lv, title="Melnraksts", live=False)
    page.failures = [
        KnownFailure(description=name, subject=subject, locale=page.locale, due_on=due_on)
        for name, subject, due_on in (
            ("Nav subtitru", target, datetime.date(2020, 1, 31)),
            ("Nav teksta", only_latvian, None),
            ("Nav nekā", hidden, datetime.date(2999, 1, 31)),
        )
    ]
    page.enforcement_bodies = [
        EnforcementBody(name="Tiesībsargs", url="https://www.tiesibsargs.lv", locale=page.locale)
    ]
    page.save()
    page.save_revision().publish()
    translate(target, {"Sanāksmes": "Meetings", "sanaksmes": "meetings"})
    english = translate(page, {"Nav subtitru": "No captions", "pieklustamiba": "accessibility"})
    latvian = client.get(page.url).content.decode()
    assert f'<a href="{target.url}">Sanāksmes</a>' in latvian
    assert "Melnraksts" not in latvian
    assert latvian.count("<strong>") == 1  # one is overdue, and the page says so
    assert "tiesibsargs.lv</a>" in latvian
    content = client.get(english.url).content.decode()
    assert '<a href="/en/meetings/">Meetings</a>' in content
    assert f'<a href="{only_latvian.url}" lang="lv" hreflang="lv">Arhīvs</a>' in content


def test_every_footer_links_to_the_statement_and_every_header_to_the_easy_page(
    client, home_lv, page
):
    easy = EasyReadPageFactory(parent=home_lv, title="Viegli lasīt", slug="viegli")
    further = EasyReadPageFactory(parent=easy, title="Vēl", slug="vel")
    translate(page, {"pieklustamiba": "accessibility"})
    translate(easy, {"viegli": "easy"})
    for home, statement, first in (
        ("/lv/", page.url, easy.url),
        ("/en/", "/en/accessibility/", "/en/easy/"),
    ):
        content = client.get(home).content.decode()
        header, footer = content.split("</header>")[0], content.split("<footer")[1]
        assert f'href="{statement}"' in footer
        assert f'class="easy" href="{first}"' in header
    shown = client.get(easy.url).content.decode()
    assert further.url in shown
    assert 'lang="lv-simple"' in shown


# Reports of barriers


def test_a_report_is_stored_and_mailed_and_answered_with_the_day_of_the_answer(
    client, page, answers
):
    form = client.get(page.url)
    assert not form.cookies
    response = client.post(page.url, answers, follow=True)
    assert response.redirect_chain == [(f"{page.url}?sent=1", 303)]
    due = timezone.localdate() + datetime.timedelta(days=21)
    assert f'datetime="{due:%Y-%m-%d}"' in response.content.decode()
    assert "noindex" in response.content.decode()
    assert FormSubmission.objects.get().form_data == {
        name: answers[name] for name in ("problem", "place", "aids", "name", "email")
    }
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Ziņojums", ["lpia@example.org"])
    assert "Izvēlni nevar atvērt" in message.body


def test_a_report_with_a_mistake_keeps_what_was_typed(client, page, answers):
    response = client.post(page.url, answers | {"problem": "", "email": "nav adrese"})
    content = response.content.decode()
    assert response.status_code == 422
    assert 'value="nav adrese"' in content
    assert 'value="NVDA"' in content
    assert content.count('class="errorlist"') == 2
    assert not response.cookies
    assert not FormSubmission.objects.exists()
    robot = client.post(page.url, answers | {"homepage": "https://spam.example"})
    assert robot.status_code == 422


def test_reports_are_deleted_when_their_time_is_over(client, page):
    FormSubmission.objects.create(page=page, form_data={})
    FormSubmission.objects.update(submit_time=timezone.now() - datetime.timedelta(days=24 * 31))
    call_command("purge_submissions")
    assert not FormSubmission.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees"),
    [(roles.EDITOR, False), (roles.TRANSLATOR, False), (roles.CHIEF_EDITOR, True)],
)
def test_those_who_answer_for_the_page_read_the_reports(client, person, page, answers, role, sees):
    client.post(page.url, answers)
    client.force_login(person(role))
    response = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]))
    assert ("Izvēlni nevar" in response.content.decode()) is sees


# The automated check


def test_the_statement_shows_the_last_check_as_it_was(client, page, record):
    empty = client.get(page.url).context
    assert empty["last_check"] is None
    record(REPORT | {"failures": []})
    clean = client.get(page.url)
    assert (clean.context["last_check"].pages, clean.context["last_check"].failure_count) == (64, 0)
    assert 'datetime="2026-11-20"' in clean.content.decode()
    assert "3 recorded" not in record(REPORT | {"finished": "2026-11-20T10:30:00+02:00"})
    last = client.get(page.url).context["last_check"]
    assert (last.failure_count, last.page_count) == (3, 2)


def test_a_report_recorded_twice_counts_once(record):
    assert "3 failures; recorded" in record(REPORT)
    assert "recorded already" in record(REPORT)
    check = AutomatedCheck.objects.get()
    urls = list(check.failures.order_by("pk").values_list("url", "impact", "places"))
    assert urls == [
        ("/lv/sanaksmes/?page=2", "serious", "main > p"),
        ("/lv/", "", ""),
        ("/lv/", "", ""),
    ]


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("{", "is no JSON"),
        ([], "not an object"),
        (REPORT | {"pages": 0}, "no page"),
        (REPORT | {"pages": "64"}, "not a number"),
        (REPORT | {"tool": ""}, "“tool” is missing"),
        (REPORT | {"started": "yesterday"}, "not a moment"),
        (REPORT | {"finished": "2026-11-19T10:00:00Z"}, "before it began"),
        (REPORT | {"finished": "2999-01-01T00:00:00Z"}, "in the future"),
        (REPORT | {"failures": None}, "“failures” is missing"),
        (REPORT | {"failures": [1]}, "not an object"),
        (REPORT | {"failures": [{"check": "axe"}]}, "“url” is missing"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused_whole(record, report, reason):
    with pytest.raises(CommandError, match=reason):
        record(report)
    assert not AutomatedCheck.objects.exists()


def test_the_report_of_checks_is_open_to_those_who_publish(client, person, record):
    url = reverse("audit:index")
    assert client.get(url).status_code == 302
    for role in (roles.EDITOR, roles.TRANSLATOR):
        client.force_login(person(role))
        assert client.get(url).status_code == 302
    client.force_login(person(roles.CHIEF_EDITOR))
    assert client.get(url).status_code == 200
    record(REPORT)
    content = client.get(url).content.decode()
    assert "/lv/sanaksmes/?page=2" in content
    assert "color-contrast" in content
    filtered = client.get(url, {"impact": "serious"}).context["object_list"]
    assert [failure.rule for failure in filtered] == ["color-contrast"]
    exported = client.get(url, {"export": "csv"})
    assert b"main > p" in b"".join(exported.streaming_content)


def test_the_statement_can_be_edited_and_previewed(chief_client, page):
    page.body = [("text", RichText("<p>Vairāk</p>"))]
    page.save_revision().publish()
    edit = chief_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    assert edit.context["form"].formsets.keys() >= {"failures", "enforcement_bodies"}
