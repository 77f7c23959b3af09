"""The second factor: asked of roles, closed until shown, lost telephones."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import audit, encryption, second_factor, throttling
from accounts.models import Authenticator, RecoveryCodes
from editorial import roles
from tests.factories import ContentPageFactory

from .conftest import LOGIN, PASSWORD, code_of, sign_in

pytestmark = pytest.mark.django_db
VERIFY, SET_UP = "/admin/second-factor/", "/admin/second-factor/set-up/"


def actions(account):
    return [entry.action for entry in audit.entries(account)]


def test_chief_editors_and_administrators_are_asked_others_are_not(person, admin_user):
    asked = {role for role in roles.ROLES if person(role).has_perm(second_factor.PERMISSION)}
    assert asked == {roles.CHIEF_EDITOR, roles.ADMINISTRATOR}
    assert admin_user.has_perm(second_factor.PERMISSION)


def test_the_form_of_a_group_has_the_checkbox(client, admin_user, person):
    group = person(roles.EDITOR).groups.get()
    client.force_login(admin_user)
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    permission = Permission.objects.get(codename="need_second_factor")
    assert re.search(rf'name="permissions"[^>]*value="{permission.pk}"', page)


def test_without_the_setting_nobody_is_asked(client, account):
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_an_editor_is_not_asked(client, editor, asked):
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200


def test_it_is_set_up_at_the_next_sign_in(client, account, asked):
    assert sign_in(client).url == "/admin/"
    response = client.get("/admin/pages/")
    assert response.url == f"{SET_UP}?next=%2Fadmin%2Fpages%2F"
    page = client.get(response.url)
    authenticator = Authenticator.objects.get(user=account)
    assert "<svg" in page.content.decode()
    assert authenticator.text_secret in page.content.decode()
    assert authenticator.address.startswith("otpauth://totp/LPIA:ilze?secret=")
    assert page["Cache-Control"] and "no-store" in page["Cache-Control"]

    wrong = client.post(SET_UP, {"code": "000000"})
    assert wrong.status_code == 422 and client.get("/admin/").status_code == 302

    key = client.session.session_key
    done = client.post(SET_UP, {"code": code_of(authenticator), "next": "/admin/pages/"})
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/admin/pages/"' in done.content.decode()
    assert client.session.session_key != key
    assert client.get("/admin/").status_code == 200
    assert audit.FACTOR_SET in actions(account)


def test_the_database_alone_gives_no_secret_away(enrolled, settings):
    authenticator, codes = enrolled
    key = encryption.decrypt(authenticator.secret)
    assert key.hex() not in authenticator.secret and len(key) == 20
    stored = str(RecoveryCodes.objects.values_list("digests", flat=True))
    assert not any(code.replace("-", "") in stored for code in codes)
    settings.SECRET_KEY = "another"
    assert encryption.decrypt(authenticator.secret) is None
    assert not authenticator.verify_token("123456")


def test_a_new_secret_key_keeps_second_factors_while_the_old_one_is_named(enrolled, settings):
    authenticator, codes = enrolled
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert authenticator.verify_token(code_of(authenticator))
    assert RecoveryCodes.objects.get().verify_token(codes[0])


def test_the_code_opens_the_admin_once(client, account, enrolled):
    authenticator, _codes = enrolled
    sign_in(client)
    assert client.get("/admin/").url.startswith(f"{VERIFY}?next=")
    code = code_of(authenticator)
    key = client.session.session_key
    assert client.post(VERIFY, {"code": f" {code[:3]} {code[3:]} "}).url == "/admin/"
    assert client.session.session_key != key
    assert client.get("/admin/").status_code == 200
    assert actions(account)[:2] == [audit.VERIFIED, audit.SIGNED_IN]

    other = Client()
    sign_in(other)
    assert other.post(VERIFY, {"code": code}).status_code == 422  # it was used


def test_an_editor_who_set_one_up_is_asked_too(client, editor, asked):
    Authenticator.objects.create(user=editor)
    client.force_login(editor)
    assert client.get("/admin/").url.startswith(VERIFY)


def test_codes_can_not_be_guessed(client, account, enrolled):
    authenticator, codes = enrolled
    sign_in(client)
    for _try in range(throttling.SECOND_FACTOR.limit):
        assert client.post(VERIFY, {"code": "000000"}).status_code == 422
    locked = client.post(VERIFY, {"code": code_of(authenticator)})
    assert locked.status_code == 422
    assert "Pārāk daudz mēģinājumu" in locked.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.5")  # elsewhere neither, nor by paper
    sign_in(other)
    assert other.post(f"{VERIFY}?recovery", {"code": codes[0]}).status_code == 422


@pytest.mark.parametrize("code", ["", "１２３４５６", "-1", "1" * 33, "٣٤٥٦٧٨", "\0", "🦊"])
def test_what_is_no_code_is_refused_with_a_sentence(client, account, enrolled, code):
    sign_in(client)
    response = client.post(VERIFY, {"code": code})
    assert response.status_code in (200, 422)
    assert response.context["form"].errors["code"]


def test_a_recovery_code_is_good_once(client, account, enrolled):
    _authenticator, codes = enrolled
    sign_in(client)
    assert client.post(f"{VERIFY}?recovery", {"code": codes[3].upper()}).url == "/admin/"
    page = client.get("/admin/")
    assert page.status_code == 200 and "9" in str(list(page.context["messages"])[0])
    assert audit.CODE_USED in actions(account)
    other = Client()
    sign_in(other)
    assert other.post(f"{VERIFY}?recovery", {"code": codes[3]}).status_code == 422


def test_nobody_moves_it_to_a_telephone_of_theirs_with_the_password_alone(client, enrolled):
    sign_in(client)
    assert client.get(SET_UP).url == VERIFY
    assert client.post(SET_UP, {"code": "123456"}).url == VERIFY
    assert client.post("/admin/second-factor/codes/").url.startswith(VERIFY)


def verified(client, user):
    """Sign the person in, with their second factor shown."""
    authenticator, _new = Authenticator.objects.get_or_create(user=user, confirmed=True)
    client.force_login(user)
    session = client.session
    session["otp_device_id"] = authenticator.persistent_id
    session.save()
    return client


def test_a_verified_person_moves_it_to_a_new_telephone(client, account, enrolled):
    old, _codes = enrolled
    verified(client, account)
    client.get(SET_UP)
    new = Authenticator.objects.get(user=account, confirmed=False)
    assert client.post(SET_UP, {"code": code_of(new)}).status_code == 200
    assert list(Authenticator.objects.filter(user=account)) == [new]
    assert client.get("/admin/").status_code == 200


def test_new_recovery_codes_replace_the_old(client, account, enrolled):
    _authenticator, old = enrolled
    page = verified(client, account).post("/admin/second-factor/codes/").content.decode()
    (new, *_rest) = re.findall(r"<code>(\w{5}-\w{5})</code>", page)
    device = RecoveryCodes.objects.get(user=account)
    assert not device.verify_token(old[0]) and device.verify_token(new)


def test_an_administrator_resets_it_and_open_sessions_end(client, account, enrolled, person):
    verified(client, account)
    janis = person(roles.ADMINISTRATOR, "janis")
    admin = verified(Client(), janis)
    page = admin.get(reverse("accounts:account", args=[account.pk])).content.decode()
    assert "Atiestatīt otro faktoru" in page
    assert admin.post(reverse("accounts:reset", args=[account.pk])).status_code == 302
    assert client.get("/admin/").url.startswith(LOGIN)
    sign_in(client)
    assert client.get("/admin/").url.startswith(SET_UP)
    entry = audit.entries(account).get(action=audit.FACTOR_RESET)
    assert entry.user == janis


def test_an_operator_resets_it_on_the_server(account, enrolled):
    call_command("unlock_account", "ilze", "--second-factor", verbosity=0)
    assert not second_factor.is_enrolled(account)


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.TRANSLATOR, roles.CHIEF_EDITOR])
def test_others_look_after_nobody_s_account(client, person, admin_user, role):
    user = person(role) if role else None
    if user:
        client.force_login(user)
    for name in ("account", "reset", "unlock"):
        response = client.post(reverse(f"accounts:{name}", args=[admin_user.pk]))
        assert response.status_code in (302, 405), name
    assert not audit.entries(admin_user).exclude(action=audit.DENIED).exists()


def test_administrators_look_not_after_superusers_nor_reset_themselves(client, person, admin_user):
    janis = person(roles.ADMINISTRATOR, "janis")
    client.force_login(janis)
    for user, name in ((admin_user, "reset"), (admin_user, "unlock"), (janis, "reset")):
        Authenticator.objects.get_or_create(user=user, confirmed=True)
        client.post(reverse(f"accounts:{name}", args=[user.pk]))
        assert second_factor.is_enrolled(user)


# What is closed


def addresses(patterns, prefix=""):
    """All patterns below, as addresses with something in place of each parameter."""
    for pattern in patterns:
        part = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, part)
        elif isinstance(pattern, URLPattern):
            yield address_of(part)


def address_of(route):
    route = re.sub(r"<int:[^>]+>|<uuid:[^>]+>", "1", route)
    route = re.sub(r"<[^>]+>", "x", route)
    return "/" + re.sub(r"\(\?P.*?\)|[\^$\\*?]|\.\*", "", route).lstrip("/")


def admin_addresses():
    (first, *_rest) = reverse("wagtailadmin_home").lstrip("/").split("/")
    return sorted(
        {
            address
            for address in addresses(get_resolver().url_patterns)
            if address.startswith(f"/{first}/")
        }
    )


OPEN = {
    VERIFY,
    SET_UP,
    "/admin/login/",
    "/admin/logout/",
    "/admin/sprite/",
    "/admin/jsi18n/",
}


@pytest.mark.once
def test_every_address_of_the_admin_is_closed_until_then(client, enrolled):
    sign_in(client)
    found = admin_addresses()
    assert len(found) > 300
    for address in set(found) - OPEN:
        for ask in (client.get, client.post):
            response = ask(address)
            assert response.status_code == 302, (address, response.status_code)
            assert response.url.startswith(VERIFY), (address, response.url)
        for headers in ({"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Dest": "empty"}):
            assert client.post(address, headers=headers).status_code == 403, address


def test_on_the_public_site_they_are_a_visitor(client, account, enrolled, home_lv):
    page = ContentPageFactory(parent=home_lv)
    sign_in(client)
    assert not client.get(page.url).context["request"].user.is_authenticated
    assert "wagtail-userbar" not in client.get(page.url).content.decode()
    verified(client, account)
    assert "wagtail-userbar" in client.get(page.url).content.decode()


def test_without_a_session_nothing_is_asked_of_the_database(client, asked, home_lv):
    client.get(home_lv.url)
    response = client.get(home_lv.url)
    assert not response.cookies


def test_it_costs_one_query_a_request(client, account, enrolled, settings):
    verified(client, account)
    counts = []
    for settings.SECOND_FACTOR in (True, False):
        client.get("/admin/account/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/account/")
        counts.append(len(queries))
    assert counts[0] == counts[1]  # django-otp reads the telephone of a session that has one


def test_next_leads_nowhere_else(client, enrolled):
    authenticator, _codes = enrolled
    sign_in(client)
    fields = {"code": code_of(authenticator), "next": "https://evil.example/admin/"}
    assert client.post(VERIFY, fields).url == "/admin/"
    assert PASSWORD not in str(client.session.items())
