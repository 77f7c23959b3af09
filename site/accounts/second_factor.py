"""Who needs a second factor, what it is, and how it is taken away.

Groups have a checkbox for it (the permission ``need_second_factor``); who has set one up is asked
for it in any case. Superusers have all permissions, so this one too.
"""

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import mark_safe
from django_otp import login, verify_token

from . import audit, sessions, throttling
from .models import Authenticator, RecoveryCodes

PERMISSION = "accounts.need_second_factor"


def is_enrolled(user) -> bool:
    return Authenticator.objects.filter(user=user, confirmed=True).exists()


def is_missing(user) -> bool:
    """Tell whether the person of a request must still show a second factor."""
    if not settings.SECOND_FACTOR or not user.is_authenticated or user.is_verified():
        return False
    return user.has_perm(PERMISSION) or is_enrolled(user)


def begin(user) -> Authenticator:
    """Return the person's new app, of which no code was seen yet."""
    return Authenticator.objects.get_or_create(user=user, confirmed=False)[0]


def qr_code(authenticator: Authenticator) -> str:
    """Draw what a telephone reads, as SVG within the page (ISO/IEC 18004, by segno)."""
    code = segno.make(authenticator.address, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=5, border=4, dark="#000", light="#fff"))  # noqa: S308


def confirm(request, token: str) -> list[str] | None:
    """Make the new app the person's second factor, if the code is its; return recovery codes."""
    user, new = request.user, begin(request.user)
    if not _may_try(user) or not verify_token(user, new.persistent_id, token):
        return None
    with transaction.atomic():
        Authenticator.objects.filter(user=user).exclude(pk=new.pk).delete()
        Authenticator.objects.filter(pk=new.pk).update(confirmed=True)
        codes = _codes_of(user).renew()
    _let_in(request, Authenticator.objects.get(pk=new.pk))
    sessions.end_all(user, but=request.session.session_key)
    audit.record(user, audit.FACTOR_SET, request)
    return codes


def verify(request, token: str) -> bool:
    """Let the person in if the code is of their app or one of their recovery codes."""
    user = request.user
    if not _may_try(user):
        return False
    for model in (Authenticator, RecoveryCodes):
        device = model.objects.filter(user=user, confirmed=True).first()
        if device and (found := verify_token(user, device.persistent_id, token)):
            _let_in(request, found)
            used = audit.CODE_USED if model is RecoveryCodes else audit.VERIFIED
            audit.record(user, used, request)
            return True
    audit.record(user, audit.FACTOR_FAILED, request)
    return False


def is_exhausted(user) -> bool:
    return throttling.SECOND_FACTOR.is_exhausted(str(user.pk))


def codes_left(user) -> int:
    device = RecoveryCodes.objects.filter(user=user).first()
    return len(device.digests) if device else 0


def renew_codes(request) -> list[str]:
    """Replace the person's recovery codes."""
    codes = _codes_of(request.user).renew()
    audit.record(request.user, audit.CODES_RENEWED, request)
    return codes


def reset(user, request=None) -> None:
    """Take the second factor away: the telephone is lost. All sessions are closed.

    Else the one of a thief, for which the password was enough, could set up a telephone of theirs.
    """
    with transaction.atomic():
        for model in (Authenticator, RecoveryCodes):
            model.objects.filter(user=user).delete()
        throttling.SECOND_FACTOR.forget(str(user.pk))
        sessions.end_all(user)
        audit.record(user, audit.FACTOR_RESET, request)


def _codes_of(user):
    return RecoveryCodes.objects.get_or_create(user=user)[0]


def _may_try(user) -> bool:
    return throttling.SECOND_FACTOR.take(str(user.pk))


def _let_in(request, device):
    throttling.SECOND_FACTOR.forget(str(request.user.pk))
    request.session.cycle_key()
    login(request, device)
