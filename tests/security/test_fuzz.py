"""Whatever is sent: no fault of ours, nothing kept in memory, each refusal logged once at most.

The same inputs in every run (``derandomize``), bounded in number; tests/api/test_bad_input.py does
this for the API, tests/security/test_addresses.py with hostile values written by hand.
"""

import gc
import logging
import string

import pytest
from django.core.handlers.base import BaseHandler
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Attempts, Authenticator
from tests.accounts.test_second_factor import addresses, admin_addresses
from tests.factories import (
    AccessibilityStatementPageFactory,
    FormFieldFactory,
    FormPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.home.test_joining import stamp

pytestmark = pytest.mark.django_db

few = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NUL_AND_MORE = "\0\r\n\t\x1b\u202e\ufeff\ud7ff\U0010ffff<>'\"%&;{}[]()\\`$"
texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=40) | st.text(
    alphabet=NUL_AND_MORE + string.digits + "aā-", max_size=12
)
odd = texts | st.sampled_from(["0", "-1", "9" * 400, "1e999", "NaN", "a" * 5000])
FAIL_ON_PURPOSE = {"/admin/failwhale/"}
bodies = st.binary(max_size=200)
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain; charset=utf-7",
)


@pytest.fixture
def quiet(caplog):
    """Tells that nothing was logged as a fault, and nothing more than once a request."""
    caplog.set_level(logging.WARNING)

    def check(response):
        faults = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert not faults, faults[0].getMessage()
        assert len(caplog.records) <= 1, [record.getMessage() for record in caplog.records]
        caplog.clear()
        assert response.status_code < 500
        return response

    return check


@pytest.fixture
def form_pages(home_lv):
    joining = FormPageFactory(parent=home_lv, from_address="lpia@example.org")
    kinds = ("singleline", "email", "number", "url", "date", "datetime", "dropdown", "checkboxes")
    for kind in kinds:
        FormFieldFactory(page=joining, label=kind, field_type=kind, choices="a,b", required=False)
    return [joining, AccessibilityStatementPageFactory(parent=home_lv)]


@few
@given(data=st.data())
def test_forms_of_visitors(client, form_pages, quiet, data):
    for page in form_pages:
        page.__dict__.pop("form_fields", None)
        names = [*page.get_form_class().base_fields, "sent", "page"]
        answers = data.draw(st.dictionaries(st.sampled_from(names) | texts, odd, max_size=6))
        if data.draw(st.booleans()):  # past the guard of robots
            answers |= {"opened": stamp(seconds_ago=20), "homepage": ""}
        quiet(client.post(page.url, answers))


@few
@given(body=bodies, kind=st.sampled_from(KINDS))
def test_bodies_that_are_no_form(client, form_pages, quiet, body, kind):
    for address in (form_pages[0].url, reverse("wagtailadmin_login")):
        quiet(client.generic("POST", address, body, content_type=kind))


@few
@given(name=odd, password=odd, more=st.dictionaries(texts, odd, max_size=3))
def test_signing_in_and_asking_for_a_password(client, quiet, name, password, more):
    Attempts.objects.all().delete()
    fields = more | {"username": name, "password": password, "next": name}
    quiet(client.post(reverse("wagtailadmin_login"), fields))
    quiet(client.post(reverse("wagtailadmin_password_reset"), {"email": name}))
    quiet(client.post(reverse("wagtailadmin_password_reset"), {"email": f"{name}@example.org"}))


@few
@given(code=odd, wanted=odd)
def test_the_second_factor(client, editor, settings, quiet, code, wanted):
    settings.SECOND_FACTOR = True
    Attempts.objects.all().delete()
    client.force_login(editor)
    for steps in ("set_up", "verify"):
        if steps == "verify":
            Authenticator.objects.update_or_create(user=editor, confirmed=True)
        for query in ("", "?recovery"):
            address = reverse(f"accounts:{steps}") + query
            quiet(client.post(address, {"code": code, "next": wanted}))
    Authenticator.objects.all().delete()


@few
@given(query=st.dictionaries(st.sampled_from(["q", "page", "topic", "year", "kind"]), odd))
def test_searching(client, home_lv, quiet, query):
    for name in ("search", "search_suggestions"):
        quiet(client.get(reverse(name), query))


@few
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X" * 30]),
    end=odd,
    headers=st.dictionaries(
        st.sampled_from(
            ["Range", "Accept-Language", "If-None-Match", "If-Modified-Since", "Cookie", "Referer"]
        ),
        st.text(alphabet=string.printable.replace("\n", "").replace("\r", ""), max_size=60),
    ),
)
def test_public_addresses_with_any_method_and_headers(client, news, quiet, method, end, headers):
    public = public_addresses()
    for address in (news.url, public[hash_of(end) % len(public)]):
        quiet(client.generic(method, address, data=b"a=b", headers=headers))
        client.cookies.clear()


@pytest.fixture
def news(home_lv):
    index = NewsIndexPageFactory(parent=home_lv)
    NewsPageFactory(parent=index)
    return index


def public_addresses():
    admin = set(admin_addresses())
    return sorted(set(addresses(get_resolver().url_patterns)) - admin)


def hash_of(text):
    """A number that is the same in every process."""
    return sum(text.encode(errors="replace"))


def test_each_address_of_the_admin_with_odd_parameters(chief_client, news):
    """Values of a wrong kind, for a chief editor, wherever there is something to see."""
    query = {"p": "x", "page": "9" * 40, "ordering": "-x", "q": "a'\"(", "export": "y", "id": "-1"}
    chief_client.raise_request_exception = False
    failed = [
        address
        for address in set(admin_addresses()) - FAIL_ON_PURPOSE
        if chief_client.get(address, query).status_code >= 500
    ]
    assert failed == []


def test_ever_new_queries_keep_nothing_in_memory(rf, news, caplog):
    """Asks the site itself: Django's test client keeps something of each request."""
    caplog.set_level(logging.ERROR, "django.request")
    site = BaseHandler()
    site.load_middleware()

    def ask(first):
        for number in range(first, first + 12):
            for address in (news.url, reverse("search"), "/lv/nav-tadas/"):
                query = {"q": f"vārds{number}", f"utm_{number}": number}
                site.get_response(rf.get(address, query))
        gc.collect()
        return len(gc.get_objects())

    ask(0)  # what is remembered once
    before = ask(1_000)
    # Caches of a bounded size may take a few; a request that is kept has more than a hundred.
    assert ask(2_000) - before < 36 * 3
