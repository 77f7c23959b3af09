"""What signing in needs besides a name and a password."""

import base64
import secrets
import time
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, TimestampMixin
from django_otp.oath import TOTP

from . import encryption

STEP_SECONDS = 30
SECRET_BYTES = 20  # RFC 4226, 4: recommended
TOLERANCE = 1  # steps that the clock of a telephone may be off (RFC 6238, 5.2)
CODES = 10
# Letters and digits that nobody mistakes for each other; ten of them are 50 bits.
CODE_LETTERS, CODE_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 10


def new_secret() -> str:
    return encryption.encrypt(secrets.token_bytes(SECRET_BYTES))


class Attempts(models.Model):
    """How often something was tried by whom, until when that counts (see ``accounts.throttling``).

    Holds keyed hashes, never a name or an address.
    """

    key = models.CharField(max_length=64, primary_key=True)
    account = models.CharField(max_length=64, blank=True, db_index=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("Attempts to sign in")
        verbose_name_plural = _("Attempts to sign in")

    def __str__(self):
        return self.key


class Session(AbstractBaseSession):
    """Django's session, and whose it is (see ``accounts.sessions``)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, editable=False
    )

    wagtail_reference_index_ignore = True  # not content

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):
        from .sessions import SessionStore

        return SessionStore


class Authenticator(TimestampMixin, Device):
    """The app on somebody's telephone that shows six digits (RFC 6238)."""

    secret = models.TextField(default=new_secret, editable=False)
    last_step = models.BigIntegerField(default=-1, editable=False)

    class Meta:
        verbose_name = _("Second factor")
        verbose_name_plural = _("Second factors")
        default_permissions = ()
        permissions = [("need_second_factor", _("Must sign in with a second factor"))]
        # The one in use, and one that is being set up.
        constraints = [
            models.UniqueConstraint(fields=["user", "confirmed"], name="one_authenticator_in_use")
        ]

    def verify_token(self, token: str) -> bool:
        """Tell whether the digits are right now; each is good once."""
        key = encryption.decrypt(self.secret)
        if key is None or not (token.isascii() and token.isdigit()):
            return False
        totp = TOTP(key, STEP_SECONDS)
        totp.time = time.time()
        if not totp.verify(int(token), TOLERANCE, self.last_step + 1):
            return False
        self.last_step = totp.t()
        self.set_last_used_timestamp(commit=False)
        self.save(update_fields=["last_step", "last_used_at"])
        return True

    @property
    def text_secret(self) -> str:
        """The secret for typing into an app, in groups of four; empty if it can't be read."""
        text = base64.b32encode(encryption.decrypt(self.secret) or b"").decode()
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    @property
    def address(self) -> str:
        """What the QR code holds (Google's key URI format, which all apps read)."""
        issuer = settings.WAGTAIL_SITE_NAME
        query = urlencode(
            {"secret": self.text_secret.replace(" ", ""), "issuer": issuer}, quote_via=quote
        )
        return f"otpauth://totp/{quote(issuer)}:{quote(self.user.get_username())}?{query}"


class RecoveryCodes(TimestampMixin, Device):
    """Codes on paper for whom the telephone is lost; each is good once."""

    digests = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("Recovery codes")
        verbose_name_plural = _("Recovery codes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user"], name="recovery_codes_once_a_user")]

    def verify_token(self, token: str) -> bool:
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        for digest in (self._digest(token, key) for key in keys):
            if digest in self.digests:
                self.digests.remove(digest)
                self.set_last_used_timestamp(commit=False)
                self.save(update_fields=["digests", "last_used_at"])
                return True
        return False

    def renew(self) -> list[str]:
        """Replace all codes; return the new ones, which can't be read from here later."""
        codes = [
            "".join(secrets.choice(CODE_LETTERS) for _position in range(CODE_LENGTH))
            for _number in range(CODES)
        ]
        self.digests = [self._digest(code, settings.SECRET_KEY) for code in codes]
        self.save()
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def _digest(self, code: str, key: str) -> str:
        plain = "".join(letter for letter in code.lower() if letter.isalnum())
        salt = f"accounts.recovery.{self.user_id}"
        return salted_hmac(salt, plain, secret=key, algorithm="sha256").hexdigest()
