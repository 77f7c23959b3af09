"""Where somebody is signed in: seen by themselves alone, and ended by them."""

import datetime
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session as DjangoSession
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import audit, devices, second_factor, sessions
from accounts.models import Authenticator, Session
from editorial import roles
from home import retention

from .conftest import PASSWORD, code_of, sign_in

pytestmark = pytest.mark.django_db
OWN = "/admin/security/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)


def browser(user_agent="", address="192.0.2.1", username="ilze"):
    """A browser in which somebody has signed in."""
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)
    assert sign_in(client, username).status_code == 302
    return client


def rows(client):
    """What the person sees: of each session the words of its row."""
    page = client.get(OWN).content.decode()
    listing = re.search(r'<ul class="listing account-sessions">.*?</ul>', page, re.S)[0]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<li>(.*?)</li>", listing, re.S)
    ]


def end_addresses(client):
    return re.findall(r'action="([^"]+/sessions/\w+/end/)"', client.get(OWN).content.decode())


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_a_person_sees_where_they_are_signed_in(account):
    phone = browser(SAFARI, "198.51.100.7")
    desk = browser(FIREFOX)
    assert is_in(phone) and is_in(desk)
    here, there = rows(desk)
    assert here.startswith("Firefox, Windows Šī ierīce") and "192.0.2.1" in here
    assert there.startswith("Safari, iPhone") and "198.51.100.7" in there
    assert "Beigt sesiju" in there and "Beigt sesiju" not in here
    assert rows(phone)[0].startswith("Safari, iPhone Šī ierīce")


def test_of_the_browser_only_the_names_are_kept(account):
    browser(FIREFOX)
    data = Session.objects.get().get_decoded()
    assert data[sessions.SEEN_FROM] == {
        "address": "192.0.2.1",
        "browser": "Firefox",
        "system": "Windows",
    }
    assert "Gecko" not in str(data)


def test_one_session_is_ended_and_the_others_go_on(account):
    phone, tablet, desk = browser(SAFARI), browser(), browser(FIREFOX)
    (first, second) = end_addresses(desk)
    assert first != second
    assert desk.post(first).status_code == 302
    assert sorted((is_in(phone), is_in(tablet), is_in(desk))) == [False, True, True]
    assert len(rows(desk)) == 2
    entry = audit.entries(account)[0]
    assert entry.user == account and entry.message == "Beigta 1 sesija (no 192.0.2.1)"
    assert desk.post(first, follow=True).status_code == 404  # it is no more


def test_all_others_are_ended_at_once(account):
    others, desk = [browser(), browser(SAFARI)], browser(FIREFOX)
    assert desk.post(reverse("accounts:end_others")).status_code == 302
    assert not any(map(is_in, others)) and is_in(desk)
    assert len(rows(desk)) == 1
    assert audit.entries(account)[0].message == "Beigtas 2 sesijas (no 192.0.2.1)"


def test_what_was_ended_is_not_written_again_by_a_request_that_was_under_way(account):
    phone, desk = browser(SAFARI), browser(FIREFOX)
    running = phone.session  # read by a request that is slow
    assert running[sessions.SEEN_AT]
    desk.post(reverse("accounts:end_others"))
    running["changed"] = True
    with pytest.raises(sessions.db.UpdateError):
        running.save()
    assert Session.objects.count() == 1


@pytest.mark.parametrize("role", [roles.EDITOR, roles.TRANSLATOR, roles.CHIEF_EDITOR])
def test_every_role_ends_their_own_sessions(person, role):
    user = person(role, "anna")
    user.set_password(PASSWORD)
    user.save()
    there, here = browser(username="anna"), browser(username="anna")
    assert here.post(*end_addresses(here)).status_code == 302
    assert is_in(here) and not is_in(there)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR, "superuser"])
def test_nobody_ends_a_session_of_somebody_else(account, person, admin_user, role):
    desk = browser(FIREFOX)
    (session,) = Session.objects.all()
    reference = sessions.reference_of(session.session_key)
    other = Client()
    other.force_login(admin_user if role == "superuser" else person(role, "janis"))
    for name in (reference, session.session_key, "0"):
        address = reverse("accounts:end_session", args=[name])
        assert other.post(address, follow=True).status_code == 404
    other.post(reverse("accounts:end_others"))
    assert is_in(desk)
    assert not audit.entries(account).filter(action=audit.SESSIONS_ENDED).exists()


def test_an_administrator_does_not_see_the_sessions_of_others(account, person):
    browser(FIREFOX)
    admin = Client()
    admin.force_login(person(roles.ADMINISTRATOR, "janis"))
    page = admin.get(reverse("accounts:account", args=[account.pk])).content.decode()
    assert "Firefox" not in page and "account-sessions" not in page


def test_visitors_are_sent_to_the_sign_in(account, client):
    browser(FIREFOX)
    reference = sessions.reference_of(Session.objects.get().session_key)
    for address in (
        reverse("accounts:end_session", args=[reference]),
        reverse("accounts:end_others"),
    ):
        assert client.post(address).url.startswith("/admin/login/")
    assert Session.objects.count() == 1


def test_ending_takes_a_form_of_this_site(account):
    there, here = browser(), browser()
    (address,) = end_addresses(here)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = here.cookies
    for url in (address, reverse("accounts:end_others")):
        assert strict.post(url).status_code == 403
        assert strict.get(url).status_code == 405
    assert is_in(there)


def test_neither_keys_nor_what_opens_a_session_stands_on_the_page(account):
    there, here = browser(), browser()
    page = here.get(OWN).content.decode()
    assert there.session.session_key not in page and here.session.session_key not in page


def test_what_a_new_password_closed_or_nobody_uses_is_not_listed(account, settings):
    idle = browser(SAFARI)
    session = idle.session
    session[sessions.SEEN_AT] -= settings.SESSION_IDLE_SECONDS + sessions.SEEN_SECONDS + 1
    session.save()
    desk = browser(FIREFOX)
    assert len(rows(desk)) == 1
    account.refresh_from_db()
    account.set_password("citaparolekastikpatgara")
    account.save()
    again = Client()
    sign_in(again, password="citaparolekastikpatgara")
    assert len(rows(again)) == 1


def test_a_closed_account_has_no_session_left_when_it_is_opened_again(account):
    desk = browser(FIREFOX)
    account.is_active = False
    account.save()
    account.is_active = True
    account.save()
    assert not is_in(desk)


def test_a_new_second_factor_ends_all_other_sessions(account, asked):
    thief, desk = browser(SAFARI), browser(FIREFOX)
    desk.get("/admin/second-factor/set-up/")
    code = code_of(Authenticator.objects.get(user=account))
    assert desk.post("/admin/second-factor/set-up/", {"code": code}).status_code == 200
    assert is_in(desk)
    assert thief.get("/admin/second-factor/set-up/").url.startswith("/admin/login/")


def test_a_reset_second_factor_leaves_no_session_that_could_set_up_another(account, asked):
    thief = browser(SAFARI)
    assert thief.get("/admin/second-factor/set-up/").status_code == 200
    second_factor.reset(account)
    assert thief.get("/admin/second-factor/set-up/").url.startswith("/admin/login/")


def test_a_session_is_written_every_few_minutes_and_not_for_each_page(account):
    desk = browser(FIREFOX)
    desk.get(OWN)
    before = Session.objects.get().session_data
    for _page in range(3):
        desk.get(OWN)
    assert Session.objects.get().session_data == before
    session = desk.session
    session[sessions.SEEN_AT] -= sessions.SEEN_SECONDS + 1
    session.save()
    desk.get(OWN, REMOTE_ADDR="198.51.100.9")
    data = Session.objects.get().get_decoded()
    assert data[sessions.SEEN_FROM]["address"] == "198.51.100.9"


def test_many_sessions_cost_no_more_queries(account):
    desk = browser(FIREFOX)
    desk.get(OWN)
    with connection.execute_wrapper(counter := Counter()):
        desk.get(OWN)
    for _number in range(15):
        browser(SAFARI)
    assert len(rows(desk)) == 16
    with connection.execute_wrapper(more := Counter()):
        desk.get(OWN)
    assert more.count <= counter.count


class Counter:
    count = 0

    def __call__(self, execute, *arguments):
        self.count += 1
        return execute(*arguments)


def test_visitors_have_no_session_and_no_query_for_one(client):
    response = client.get("/admin/login/")
    assert "sessionid" not in response.cookies and not Session.objects.exists()


def test_what_is_over_is_deleted_by_the_worker(account):
    now = timezone.now()
    for model in (Session, DjangoSession):
        for key, age in (("old", 1), ("new", -1)):
            expires = now - datetime.timedelta(hours=age)
            model.objects.create(session_key=key, session_data="", expire_date=expires)
    assert retention.purge_all()["session"] == 2
    assert Session.objects.get().session_key == DjangoSession.objects.get().session_key == "new"


def test_who_is_deleted_takes_the_sessions_along(account):
    browser(FIREFOX)
    account.delete()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "names"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (SAFARI, ("Safari", "iPhone")),
        (FIREFOX.replace("Windows NT 10.0; Win64", "X11; Linux"), ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            ("Samsung Internet", "Android"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like "
            "Gecko) Chrome/142.0.0.0 Safari/537.36",
            ("Chrome", "macOS"),
        ),
        ("curl/8.5.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_browsers_are_called_as_people_call_them(user_agent, names):
    assert (devices.browser_of(user_agent), devices.system_of(user_agent)) == names


@pytest.mark.django_db(transaction=True)
def test_who_is_signed_in_when_the_site_is_updated_stays_so(account):
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    desk = browser(FIREFOX)
    key = desk.session.session_key
    executor.migrate([("accounts", "0001_initial")])
    try:  # the code of before reads and writes Django's table
        old = DjangoStore(key)
        assert old[sessions.SEEN_FROM]["browser"] == "Firefox"
    finally:
        MigrationExecutor(connection).migrate(latest)
    assert Session.objects.get(pk=key).user == account
    assert is_in(desk)
