"""Who came in and who was given what stands in the history that administrators see."""

import logging

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

from accounts import audit
from editorial import roles

from .conftest import sign_in

pytestmark = pytest.mark.django_db
HISTORY = "/admin/reports/site-history/"


def actions(account):
    return [entry.action for entry in audit.entries(account)]


def lines(caplog):
    """Return what the log has beside the line of each request."""
    return [record for record in caplog.records if record.name != "sight.requests"]


def test_signing_in_and_out_is_written_down(client, account):
    sign_in(client, password="nepareiza", REMOTE_ADDR="192.0.2.4")
    sign_in(client, REMOTE_ADDR="192.0.2.4")
    client.post("/admin/logout/")
    assert actions(account) == [audit.SIGNED_OUT, audit.SIGNED_IN, audit.SIGN_IN_FAILED]
    assert audit.entries(account)[1].message == "Notikusi pieteikšanās (no 192.0.2.4)"
    assert audit.entries(account)[1].user == account
    assert audit.entries(account)[2].user is None  # who knows who that was


def test_a_failure_is_written_once_and_a_flood_ends(client, account, caplog):
    with caplog.at_level(logging.INFO, "accounts"):
        sign_in(client, password="nepareiza")
    assert actions(account) == [audit.SIGN_IN_FAILED] and not lines(caplog)
    for _flood in range(60):
        audit.record_failure({"username": "ilze"})
    assert len(actions(account)) == audit.BOUNDED[audit.SIGN_IN_FAILED]


def test_a_name_without_an_account_is_written_nowhere(client, account, caplog):
    with caplog.at_level(logging.INFO, "accounts"):
        sign_in(client, "mansparole123", "nepareiza")
    assert len(lines(caplog)) == 1 and "mansparole123" not in caplog.text
    assert not ModelLogEntry.objects.filter(action__startswith="accounts.").exists()


def test_closing_a_name_is_one_entry(client, account):
    for _try in range(8):
        sign_in(client, password="nepareiza")
    assert actions(account).count(audit.SIGN_IN_FAILED) == 5
    assert actions(account).count(audit.LOCKED) == 1


def test_a_new_password_is_written_down_a_new_hash_is_not(account):
    account.last_name = "Kalniņa"
    account.save()
    assert audit.PASSWORD_CHANGED not in actions(account)
    account.set_password("citaparolekastikpatgara")
    account.save()
    assert actions(account).count(audit.PASSWORD_CHANGED) == 1
    account.save()
    assert actions(account).count(audit.PASSWORD_CHANGED) == 1


def test_changes_of_roles_and_states_name_who_made_them(account, admin_user):
    with LogContext(user=admin_user):
        account.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
        account.groups.remove(Group.objects.get(name=roles.CHIEF_EDITOR))
        account.is_active = False
        account.save()
    entries = list(audit.entries(account))
    assert {entry.user for entry in entries} == {admin_user}
    assert [entry.message for entry in entries] == [
        "Konts slēgts",
        "Atņemta loma: Galvenais redaktors",
        "Piešķirta loma: Administrators",
    ]


def test_changes_in_the_form_of_an_account_are_written_down(client, account, admin_user):
    client.force_login(admin_user)
    fields = {
        "username": "ilze",
        "email": account.email,
        "first_name": "Ilze",
        "last_name": "Kalniņa",
        "is_active": "on",
        "groups": [Group.objects.get(name=roles.ADMINISTRATOR).pk],
    }
    response = client.post(reverse("wagtailusers_users:edit", args=[account.pk]), fields)
    assert response.status_code == 302
    assert actions(account).count(audit.ROLES_CHANGED) == 2


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "XMLHttpRequest"}])
def test_what_was_refused_in_the_admin_is_written_down(client, editor, headers):
    client.force_login(editor)
    client.get("/admin/users/", headers=headers)
    entry = audit.entries(editor).first()
    assert entry.action == audit.DENIED and entry.message == "Piekļuve liegta: /admin/users/"


def test_administrators_see_it_in_the_history_editors_do_not(client, account, person):
    sign_in(client, password="nepareiza")
    client.force_login(person(roles.ADMINISTRATOR, "janis"))
    assert "Neveiksmīga pieteikšanās" in client.get(HISTORY).content.decode()
    client.force_login(person(roles.EDITOR, "anna"))
    assert "Neveiksmīga pieteikšanās" not in client.get(HISTORY).content.decode()


def test_people_see_their_own(client, account):
    sign_in(client)
    page = client.get(reverse("accounts:own")).content.decode()
    assert "Notikusi pieteikšanās" in page
    assert reverse("accounts:own") in client.get("/admin/account/").content.decode()


def test_the_page_of_an_account_costs_the_same_with_many_entries(
    client, account, admin_user, django_assert_max_num_queries
):
    client.force_login(admin_user)
    for _time in range(30):
        audit.record(account, audit.SIGNED_IN, actor=account)
    address = reverse("accounts:account", args=[account.pk])
    client.get(address)
    with django_assert_max_num_queries(30):
        page = client.get(address).content.decode()
    assert page.count("Notikusi pieteikšanās") == 20
