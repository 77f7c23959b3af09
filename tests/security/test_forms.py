"""Forms of visitors cannot write headers of mails, and a mail that fails loses nothing."""

import pytest
from django.core import mail
from wagtail.contrib.forms.models import FormSubmission

from home.models import FormPage
from tests.factories import FormFieldFactory, FormPageFactory
from tests.home.test_joining import stamp

pytestmark = pytest.mark.django_db

INJECTION = "Jānis\r\nBcc: victim@evil.example\r\nSubject: spam\r\n\r\nbody"


@pytest.fixture
def page(home_lv):
    page = FormPageFactory(parent=home_lv, from_address="lpia@example.org")
    FormFieldFactory(page=page, label="Vards")
    FormFieldFactory(page=page, label="Temats", required=False)
    FormFieldFactory(page=page, label="E-pasts", field_type="email", required=False)
    return page


def answers(**fields):
    return {"vards": "Jānis", "homepage": "", "opened": stamp(seconds_ago=20)} | fields


@pytest.mark.parametrize("field", ["vards", "temats"])
def test_line_breaks_in_an_answer_stay_in_the_body_of_the_mail(client, page, field):
    assert client.post(page.url, answers(**{field: INJECTION})).status_code == 303
    (message,) = mail.outbox
    assert message.recipients() == ["lpia@example.org"]
    assert message.subject == "Pieteikums" and message.from_email == "lpia@example.org"
    headers, _blank, _body = message.message().as_string().partition("\n\n")
    assert "evil.example" not in headers and "spam" not in headers


@pytest.mark.parametrize("address", [INJECTION, "a@b.lv\nBcc: c@d.lv", "a@b.lv,c@d.lv"])
def test_an_address_with_more_than_an_address_is_refused(client, page, address):
    response = client.post(page.url, answers(e_pasts=address))
    assert response.status_code == 422
    assert mail.outbox == [] and not FormSubmission.objects.exists()


def test_a_nul_in_an_answer_is_refused_with_a_sentence(client, page):
    response = client.post(page.url, answers(vards="Jā\0nis"))
    assert response.status_code == 422
    assert response.context["form"].errors["vards"]


def test_a_subject_with_a_line_break_loses_no_answer(client, page):
    FormPage.objects.filter(pk=page.pk).update(subject="Temats\r\nBcc: victim@evil.example")
    assert client.post(page.url, answers()).status_code == 303
    assert FormSubmission.objects.count() == 1
    assert mail.outbox == []
