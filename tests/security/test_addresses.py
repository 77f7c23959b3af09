"""Hostile addresses and hosts: a sentence, never a fault of ours, and nobody is led elsewhere."""

import re

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Site

from tests.factories import (
    BoardPageFactory,
    ConferencePageFactory,
    FormFieldFactory,
    FormPageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
    MunicipalitiesPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = pytest.mark.django_db

EVIL = "evil.example"


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv, slug="aktualitates")


@pytest.fixture
def form_page(home_lv):
    page = FormPageFactory(parent=home_lv)
    FormFieldFactory(page=page, label="Vards")
    return page


@pytest.fixture
def document():
    document = get_document_model()(title="Nolikums")
    document.file.save("nolikums.pdf", ContentFile(b"%PDF-1.7\n%%EOF"))
    return document


@pytest.fixture
def routes(home_lv, news, form_page, document):
    """One address of every public view."""
    library = InsightLibraryPageFactory(parent=home_lv)
    pages = [
        home_lv,
        NewsPageFactory(parent=news),
        ConferencePageFactory(parent=library),
        MeetingPageFactory(parent=MeetingsPageFactory(parent=home_lv)),
        BoardPageFactory(parent=home_lv),
        MunicipalitiesPageFactory(parent=home_lv),
        form_page,
    ]
    return [
        *(page.url for page in pages),
        *(news.url + route for route in ("", "2022/", "2022/11/", "feed/atom/")),
        *(library.url + route for route in ("", "csv/", "json/")),
        reverse("search"),
        reverse("search_suggestions"),
        document.url,
        *("/", "/sitemap.xml", "/robots.txt", "/theme.css", f"/share/{home_lv.pk}.png"),
        reverse("wagtailadmin_login"),
        reverse("wagtailadmin_password_reset"),
    ]


BAD = {
    "invalid UTF-8": "%FF%FE%C0%AF",
    "half a pair": "%ED%A0%80",
    "other direction": "%E2%80%AEgpj.exe",
    "line break": "%0D%0ASet-Cookie:%20a=b",
    "path": "..%2F..%2Fetc%2Fpasswd",
    "markup": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "unbalanced": "%22%27((%5B%7B%5C",
    "long": "a" * 8_000,
    "number": "9" * 5_000,
    "not quite percent": "%zz%",
}
PARAMETERS = (
    *("q", "page", "topic", "year", "kind", "order", "languages", "exact", "format", "country"),
    *("conference", "sent", "next", "return_url", "on"),
)


def parameters(first):
    """Return a query in which each parameter has another bad value; ``first`` turns them."""
    values = list(BAD.values())
    return "&".join(
        f"{name}={values[(number + first) % len(values)]}" for number, name in enumerate(PARAMETERS)
    )


def test_no_public_address_fails_on_bad_parameters(client, routes):
    for number, route in enumerate(routes):
        for turn in (number, number + 4):
            response = client.get(f"{route}?{parameters(turn)}")
            assert response.status_code < 500, (route, turn)
            assert "<script>alert" not in response.getvalue().decode(errors="replace")


@pytest.mark.parametrize("bad", [*BAD.values(), "%00"], ids=[*BAD, "NUL"])
def test_no_public_address_fails_on_a_bad_end(client, news, document, bad):
    for route in (news.url, f"{news.url}feed/", reverse("search"), document.url, "/"):
        for address in (f"{route}{bad}", f"{route}{bad}/?{bad}"):
            response = client.get(address)
            assert response.status_code < 500, address[:200]
            assert "<script>alert" not in response.getvalue().decode(errors="replace")


@pytest.mark.parametrize("bad", [*BAD.values(), "%00"], ids=[*BAD, "NUL"])
def test_no_public_form_fails_on_bad_input(client, form_page, bad):
    names = ("vards", "opened", "homepage", "username", "password", "email", "next", "sent")
    body = "&".join(f"{name}={bad}" for name in names).encode()
    urlencoded = "application/x-www-form-urlencoded"
    for route in (form_page.url, reverse("wagtailadmin_login")):
        assert client.post(route, body, content_type=urlencoded).status_code < 500, route
    reset = reverse("wagtailadmin_password_reset")
    assert client.post(reset, body, content_type=urlencoded).status_code < 500


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 300,
        "multipart/form-data; boundary=\xff",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=no-such",
        "text/xml",
        "",
    ],
)
def test_a_form_of_another_kind_is_no_fault(client, form_page, kind):
    for route in (form_page.url, reverse("wagtailadmin_login"), reverse("search")):
        answer = client.generic("POST", route, b"\xff=\0&a", content_type=kind)
        assert answer.status_code < 500, route


def test_a_bad_address_gets_a_sentence_in_its_language(client):
    for path, sentence in (
        ("/lv/%00/", "Uz sākumlapu"),
        ("/en/%00/", "To the front page"),
    ):
        response = client.get(path)
        assert response.status_code == 400
        assert sentence in response.content.decode()


@pytest.mark.parametrize("nul", ["%00", "%0%000", "%%0000"])
def test_a_nul_in_a_query_is_as_if_it_were_not_there(client, nul):
    response = client.get(f"/lv/meklet/?q=LP{nul}IA&topic={nul}")
    assert response.status_code == 200
    assert 'value="LPIA"' in response.content.decode()


def test_too_many_parameters_are_refused(client):
    response = client.get("/lv/meklet/?" + "a=1&" * 10_001)
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


HOSTS = [
    EVIL,
    f"localhost.{EVIL}",
    f"localhost@{EVIL}",
    f"localhost:80@{EVIL}",
    f"{EVIL}#localhost",
    "localhost:notaport",
    "localhost, " + EVIL,
    "[::1",
    "",
    " ",
    "locälhost",
    "localhost\t",
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_wrong_host_is_refused_with_a_plain_page(client, host):
    response = client.get("/lv/", headers={"host": host})
    content = response.content.decode()
    assert response.status_code == 400
    assert EVIL not in content and "Uz sākumlapu" in content


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:6666"},
        {"host": "127.0.0.1:6666"},
        {"x-forwarded-host": EVIL},
        {"x-host": EVIL, "forwarded": f"host={EVIL}", "x-original-url": f"//{EVIL}/"},
        {"x-forwarded-port": "6666", "x-forwarded-server": EVIL},
    ],
    ids=str,
)
def test_no_answer_names_a_host_that_the_request_brought(client, routes, headers, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "www.lpia.example"]
    ours = Site.objects.get()
    ours.hostname, ours.port = "www.lpia.example", 443
    ours.save()  # so that Wagtail forgets the name it had
    for route in [*routes, "/lv/meklet/?format=json&q=LPIA", "/lv/nav/"]:
        response = client.get(route, headers=headers)
        said = response.getvalue().decode(errors="replace") + str(response.headers)
        assert not re.search(r"evil\.example|:6666|//(localhost|127\.0\.0\.1)", said), route


def test_a_forgotten_password_s_mail_names_our_host(client, editor, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.lpia.example"
    headers = {"host": "localhost:6666", "x-forwarded-host": EVIL}
    client.post(reverse("wagtailadmin_password_reset"), {"email": editor.email}, headers=headers)
    (message,) = mail.outbox
    assert "https://www.lpia.example/admin/password_reset/" in message.body
    assert not re.search(r"evil\.example|:6666", message.body + message.subject)


ELSEWHERE = [
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"https:{EVIL}",
    f"https:\\\\{EVIL}",
    f"http://testserver@{EVIL}/",
    f"\t//{EVIL}",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(client, editor, address):
    data = {"username": "editor", "password": "password", "next": address}
    response = client.post(reverse("wagtailadmin_login"), data)
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")
    assert EVIL not in client.post(reverse("wagtailadmin_logout"), {"next": address})["Location"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_admin_s_forms_lead_nowhere_else(chief_client, news, address):
    article = NewsPageFactory(parent=news)
    data = {"next": address}
    response = chief_client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]), data)
    assert response.status_code == 302
    assert EVIL not in response["Location"] and "javascript" not in response["Location"]


@pytest.mark.parametrize(
    "path",
    [
        f"//{EVIL}/",
        f"//{EVIL}",
        f"///{EVIL}/lv",
        f"/\\{EVIL}",
        f"/%5C{EVIL}",
        f"/lv//{EVIL}",
        f"/lv/%2F{EVIL}",
        f"//{EVIL}/lv/meklet",
        f"/https://{EVIL}",
        f"/?next=//{EVIL}/",
        f"/lv?next=//{EVIL}/",
        f"/en/?language=//{EVIL}/",
    ],
)
def test_no_path_redirects_or_links_to_another_host(client, path):
    response = client.get(path)
    while response.status_code in (301, 302, 307, 308):
        target = response["Location"]
        assert not re.match(r"(https?:)?[/\\]{2}(?!testserver)", target), target
        response = client.get(target)
    content = response.content.decode()
    assert not re.search(r"(href|src|action)=[\"']?(https?:)?[/\\]{2}evil", content)


def test_editors_may_redirect_elsewhere_and_the_address_adds_nothing(client):
    Redirect.objects.create(old_path="/vecais", redirect_link="https://www.lps.lv/")
    response = client.get(f"/vecais/?next=https://{EVIL}/&redirect_link=//{EVIL}/")
    assert response["Location"] == "https://www.lps.lv/"
