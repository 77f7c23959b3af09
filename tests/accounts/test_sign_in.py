"""Signing in: bounded attempts, and no word about who has an account."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts import audit, sessions, throttling
from accounts.models import Attempts
from editorial import roles

from .conftest import LOGIN, PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LOCKED = "Pārāk daudz mēģinājumu pieteikties"


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_after_five_failures_even_the_right_password_waits(client, account):
    for _try in range(throttling.SIGN_IN.limit):
        assert LOCKED not in sign_in(client, password="nepareiza").content.decode()
    assert LOCKED in sign_in(client).content.decode()
    assert not is_in(client)
    Attempts.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))  # later
    assert sign_in(client).status_code == 302
    assert is_in(client)


def test_a_locked_account_is_open_from_elsewhere(client, account):
    for _try in range(6):
        sign_in(client, password="nepareiza")
    assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_behind_our_proxies_the_address_is_the_visitors(client, account, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(6):  # what stands before the last one, the visitor made up
        forged = f"10.0.0.{number}, 192.0.2.1"
        response = sign_in(client, password="nepareiza", headers={"X-Forwarded-For": forged})
    assert LOCKED in response.content.decode()
    assert sign_in(client, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 302


def test_all_addresses_of_an_ipv6_network_are_one(client, account):
    for number in range(1, 7):
        response = sign_in(client, password="nepareiza", REMOTE_ADDR=f"2001:db8::{number}")
    assert LOCKED in response.content.decode()


def test_one_address_can_not_try_many_names(client, account):
    for number in range(throttling.SIGN_IN_ADDRESS.limit):
        assert throttling.SIGN_IN_ADDRESS.take("127.0.0.1"), number
    assert LOCKED in sign_in(client).content.decode()


def test_right_passwords_of_many_people_lock_nobody_out(client, account):
    for _person in range(throttling.SIGN_IN_ADDRESS.limit + 5):
        assert sign_in(client).status_code == 302


def test_the_same_name_spelled_otherwise_is_the_same(client, account):
    for name in ("ilze", "ILZE", " ilze", "ｉｌｚｅ", "Ilze", "iLze"):
        response = sign_in(client, name, "nepareiza")
    assert LOCKED in response.content.decode()


def strip(response):
    """A page without what differs in each: form tokens."""
    return re.sub(
        r'(csrf[^=:]*["=:]+ *(?:value=)?)"[^"]+"', r"\1", response.content.decode(), flags=re.I
    )


def test_nothing_tells_whether_an_account_exists(client, account, django_user_model):
    django_user_model.objects.create_user("closed", "c@example.org", PASSWORD, is_active=False)
    for _try in range(7):
        answers = {
            name: sign_in(client, name, "nepareiza") for name in ("ilze", "nobody", "closed")
        }
        assert len({response.status_code for response in answers.values()}) == 1
        pages = {strip(response).replace(name, "") for name, response in answers.items()}
        assert len(pages) == 1


def test_a_hundred_at_once_are_not_all_the_first(account, transactional_db):
    def take(_number):
        try:
            return throttling.SIGN_IN.take("ilze", "192.0.2.1")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        allowed = sum(pool.map(take, range(12)))
    assert allowed <= throttling.SIGN_IN.limit


def test_an_administrator_unlocks_in_the_admin(client, account, person):
    for _try in range(6):
        sign_in(client, password="nepareiza")
    client.force_login(person(roles.ADMINISTRATOR, "janis"))
    address = reverse("accounts:account", args=[account.pk])
    assert "Ļaut pieteikties tagad" in client.get(address).content.decode()
    assert client.post(reverse("accounts:unlock", args=[account.pk])).status_code == 302
    client.logout()
    assert sign_in(client).status_code == 302
    assert audit.entries(account).filter(action=audit.UNLOCKED).get().user.username == "janis"


def test_an_operator_unlocks_on_the_server(client, account, capsys):
    for _try in range(6):
        sign_in(client, password="nepareiza")
    call_command("unlock_account", "ilze")
    assert "ilze can sign in again" in capsys.readouterr().out
    assert sign_in(client).status_code == 302
    with pytest.raises(CommandError, match="no account named nobody"):
        call_command("unlock_account", "nobody")


def test_the_database_holds_neither_names_nor_addresses_of_attempts(client, account):
    sign_in(client, "manaslepenais", "nepareiza", REMOTE_ADDR="192.0.2.99")
    rows = str(list(Attempts.objects.values()))
    assert "manaslepenais" not in rows and "192.0.2.99" not in rows


def test_the_session_key_changes_at_sign_in(client, account):
    client.get(LOGIN)
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


# Forgotten passwords


def ask(client, email, **extra):
    return client.post("/admin/password_reset/", {"email": email}, **extra)


def test_a_forgotten_password_is_answered_alike_for_everybody(client, account):
    answers = [ask(client, email) for email in (account.email, "nobody@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/admin/password_reset/done/")
    }
    assert [message.to for message in mail.outbox] == [[account.email]]
    assert audit.entries(account).filter(action=audit.RESET_ASKED).count() == 1


def test_nobody_s_mailbox_is_filled(client, account):
    for number in range(6):
        assert ask(client, account.email, REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
    assert len(mail.outbox) == throttling.RESET.limit


def test_one_address_sends_only_so_many_mails(client, account):
    for _try in range(throttling.RESET_ADDRESS.limit):
        throttling.RESET_ADDRESS.take("127.0.0.1")
    ask(client, account.email)
    assert mail.outbox == []


# What people see


def test_every_page_before_the_admin_says_whose_site_it_is(client, account, settings):
    settings.WAGTAIL_SITE_NAME = "Pļavu biedrība"
    for address in (LOGIN, "/admin/password_reset/", "/admin/password_reset/confirm/MQ/a-b/"):
        content = client.get(address).content.decode()
        heading = re.search(r"<h1>(.*?)</h1>", content, re.S)[1]
        assert "Pļavu biedrība" in heading, address
        title = re.search(r"<title>(.*?)</title>", content, re.S)[1]
        assert title.endswith("Pļavu biedrība") and "Wagtail" not in title + heading, address


def test_a_mail_for_a_new_password_says_from_where_and_that_it_may_be_left(
    client, account, settings
):
    settings.WAGTAIL_SITE_NAME = "Pļavu & lauku biedrība"
    account.email = "ilze@example.org"
    account.save()
    client.post("/admin/password_reset/", {"email": account.email})
    (message,) = mail.outbox
    assert message.subject == "Pļavu & lauku biedrība: jauna parole"
    assert "vietnē Pļavu & lauku biedrība" in message.body and "nekas nav jādara" in message.body
    # The mail and the pages say an hour.
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    (link,) = re.findall(r"^http\S+$", message.body, re.M)
    assert "Iestatīt jaunu paroli" in client.get(link, follow=True).content.decode()


# Passwords and sessions


@pytest.mark.parametrize(
    "password", ["Īsa-parole1", "password1234", "qwertyuiop123", "194837261958", "ilze.kalnina"]
)
def test_a_weak_password_is_refused(password):
    user = get_user_model()(username="ilze.kalnina", email="ilze.kalnina@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_a_long_one_is_taken():
    validate_password(PASSWORD, get_user_model()(username="ilze"))


def test_a_new_password_closes_all_other_sessions(client, account):
    sign_in(client)
    other = type(client)()
    sign_in(other)
    account.set_password("citaparolekastikpatgara")
    account.save()
    assert not is_in(client) and not is_in(other)


def move_back(client, **seconds):
    session = client.session
    for key, value in seconds.items():
        session[f"accounts.{key}"] -= value
    session.save()


def test_a_session_ends_when_it_is_old(client, account, settings):
    sign_in(client)
    assert is_in(client)
    move_back(client, signed_in_at=settings.SESSION_COOKIE_AGE + 1)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)
    assert "Sesija ir beigusies" in response.content.decode()


def test_a_session_ends_when_nobody_uses_it_though_a_page_is_open(client, account, settings):
    sign_in(client)
    assert is_in(client)
    move_back(client, seen_at=settings.SESSION_IDLE_SECONDS)
    client.get("/admin/editing-sessions/")  # a ping keeps nothing alive
    move_back(client, seen_at=sessions.SEEN_SECONDS + 60)
    assert not is_in(client)


def test_work_keeps_a_session_alive(client, account, settings):
    sign_in(client)
    for _hour in range(3):
        assert is_in(client)
        move_back(client, seen_at=settings.SESSION_IDLE_SECONDS - 60)
    assert is_in(client)


def test_the_cookie_of_a_session_is_out_of_reach(client, account):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
