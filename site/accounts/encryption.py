"""Secrets of the database that nobody can use who has a copy of the database alone.

The key comes from ``SECRET_KEY``; what an earlier one encrypted is read as long as that stands in
``SECRET_KEY_FALLBACKS``.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def encrypt(secret: bytes) -> str:
    return _fernet().encrypt(secret).decode()


def decrypt(text: str) -> bytes | None:
    """Return the secret; None if it was encrypted with a key that is gone."""
    try:
        return _fernet().decrypt(text)
    except InvalidToken:
        return None


def _fernet() -> MultiFernet:
    return MultiFernet(
        [Fernet(_derive(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _derive(secret_key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.encryption")
    return base64.urlsafe_b64encode(derivation.derive(secret_key.encode()))
