"""People with a password and, if wanted, a telephone."""

import pytest
from django.contrib.auth.hashers import make_password
from django_otp.oath import TOTP

from accounts import encryption
from accounts.models import Authenticator, RecoveryCodes
from editorial import roles

PASSWORD = "mežābērniirrotaļājas"
LOGIN = "/admin/login/"


@pytest.fixture
def account(person):
    """A chief editor with a password: the role is asked for a second factor."""
    user = person(roles.CHIEF_EDITOR, "ilze")
    user.password = make_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def asked(settings):
    """The site asks for second factors, as on a public server."""
    settings.SECOND_FACTOR = True


def sign_in(client, username="ilze", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def code_of(authenticator, steps=0):
    """What the telephone shows, ``steps`` half minutes from now."""
    totp = TOTP(encryption.decrypt(authenticator.secret))
    totp.drift = steps
    return f"{totp.token():06}"


@pytest.fixture
def enrolled(account, asked):
    """The chief editor with a telephone; gives it and the recovery codes."""
    authenticator = Authenticator.objects.create(user=account)
    return authenticator, RecoveryCodes.objects.create(user=account).renew()
