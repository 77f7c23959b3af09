"""Applying to join or to leave: stored, mailed, guarded, kept for a limited time."""

import datetime
import smtplib

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.forms.models import FormSubmission

from home import spam
from tests.factories import (
    ContentPageFactory,
    FormFieldFactory,
    FormPageFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def page(home_lv):
    MunicipalityFactory(name="Madonas novads")
    page = FormPageFactory(parent=ContentPageFactory(parent=home_lv), slug="iestasanas")
    FormFieldFactory(page=page, label="Pašvaldība", field_type="municipality")
    FormFieldFactory(page=page, label="Vēstule", field_type="multiline", required=False)
    FormFieldFactory(page=page, label="E-pasts", field_type="email")
    return page


def stamp(seconds_ago):
    moment = timezone.now() - datetime.timedelta(seconds=seconds_ago)
    signer = signing.TimestampSigner(salt=spam.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(moment.timestamp()))
    return signer.sign_object("opened")


@pytest.fixture
def answers():
    return {
        "pasvaldiba": "Madonas novads",
        "vestule": "Lūdzam uzņemt.",
        "e_pasts": "novads@example.org",
        "homepage": "",
        "opened": stamp(seconds_ago=20),
    }


def test_an_application_is_stored_and_mailed_and_thanked_for(client, page, answers):
    response = client.post(page.url, answers, follow=True)
    assert response.redirect_chain == [(f"{page.url}?sent=1", 303)]
    assert "Pieteikums saņemts." in response.content.decode()
    assert FormSubmission.objects.get().form_data == {
        "pasvaldiba": "Madonas novads",
        "vestule": "Lūdzam uzņemt.",
        "e_pasts": "novads@example.org",
    }
    (message,) = mail.outbox
    assert message.to == ["lpia@example.org"]
    assert "Madonas novads" in message.body
    assert "opened" not in message.body


def test_the_form_sets_no_cookie_and_lists_the_municipalities(client, page):
    response = client.get(page.url)
    assert not response.cookies
    assert "Madonas novads" in response.content.decode()


def test_a_mistake_is_named_and_nothing_typed_is_lost(client, page, answers):
    response = client.post(page.url, answers | {"e_pasts": "nav adrese"})
    assert response.status_code == 422
    content = response.content.decode()
    assert "Lūdzam uzņemt." in content
    assert "nav adrese" in content
    assert not FormSubmission.objects.exists()


@pytest.mark.parametrize(
    "robot",
    [
        {"homepage": "https://spam.example"},
        {"opened": ""},
        {"opened": "forged"},
        {"opened": 1},
        {"opened": 100_000},
    ],
    ids=["honeypot", "no stamp", "forged stamp", "too quick", "too old"],
)
def test_robots_are_turned_away(client, page, answers, robot):
    if isinstance(robot.get("opened"), int):  # seconds ago, counted from now
        robot = {"opened": stamp(robot["opened"])}
    assert client.post(page.url, answers | robot).status_code == 422
    assert not FormSubmission.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(client, page, answers, headers):
    assert client.post(page.url, answers, headers=headers).status_code == 403
    assert not FormSubmission.objects.exists()


def test_one_address_can_send_only_so_many_an_hour(client, page, answers):
    statuses = [client.post(page.url, answers).status_code for _ in range(spam.LIMIT + 1)]
    assert statuses == [303] * spam.LIMIT + [429]
    assert client.post(page.url, answers, REMOTE_ADDR="192.0.2.7").status_code == 303
    # A forged header opens no way around the limit.
    forged = {"X-Forwarded-For": "198.51.100.1"}
    assert client.post(page.url, answers, headers=forged).status_code == 429


def test_behind_a_trusted_proxy_the_visitor_counts_not_the_proxy(rf, settings):
    settings.TRUSTED_PROXIES = 1
    request = rf.get("/", headers={"X-Forwarded-For": "10.9.9.9, 198.51.100.1"})
    assert spam.client_address(request) == "198.51.100.1"
    request = rf.get("/", headers={"X-Forwarded-For": "nonsense"})
    assert spam.client_address(request) == "127.0.0.1"


def test_an_application_is_kept_when_the_mail_server_is_away(
    client, page, answers, monkeypatch, caplog
):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", refuse)
    assert client.post(page.url, answers).status_code == 303
    assert FormSubmission.objects.count() == 1
    assert "could not be mailed" in caplog.text


def test_a_line_break_in_an_answer_adds_no_header_to_the_mail(client, page, answers):
    client.post(page.url, answers | {"vestule": "A\nBcc: victim@example.org"})
    assert mail.outbox[0].recipients() == ["lpia@example.org"]


def test_submissions_are_deleted_when_their_time_is_over(client, page, answers):
    old, new = (
        FormSubmission.objects.create(page=page, form_data={"vestule": str(days)})
        for days in (1, 2)
    )
    FormSubmission.objects.filter(pk=old.pk).update(
        submit_time=timezone.now() - datetime.timedelta(days=24 * 31)
    )
    call_command("purge_submissions")
    assert list(FormSubmission.objects.all()) == [new]
    FormSubmission.objects.update(submit_time=timezone.now() - datetime.timedelta(days=24 * 31))
    client.post(page.url, answers)
    assert FormSubmission.objects.count() == 1


def test_editors_export_submissions(admin_client, client, page, answers):
    client.post(page.url, answers)
    url = reverse("wagtailforms:list_submissions", args=[page.pk])
    assert "Madonas novads" in admin_client.get(url).content.decode()
    exported = admin_client.get(url, {"export": "csv"})
    assert "novads@example.org" in b"".join(exported.streaming_content).decode()
