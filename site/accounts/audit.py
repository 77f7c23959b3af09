"""Who came in, who did not, and who was given which rights: entries in Wagtail's own log.

They hang on the account that they are about, so that who may manage accounts sees them in the
history of the site. What an attacker can cause is bounded: of one kind and account so many
entries an hour, of names without an account none (only a line in the server's log).
"""

import datetime
import functools
import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin import auth
from wagtail.log_actions import get_active_log_context
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry

from home.spam import client_address

SIGNED_IN = "accounts.signed_in"
SIGNED_OUT = "accounts.signed_out"
SIGN_IN_FAILED = "accounts.sign_in_failed"
LOCKED = "accounts.locked"
UNLOCKED = "accounts.unlocked"
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105
RESET_ASKED = "accounts.reset_asked"
VERIFIED = "accounts.verified"
FACTOR_FAILED = "accounts.factor_failed"
FACTOR_SET = "accounts.factor_set"
FACTOR_RESET = "accounts.factor_reset"
CODE_USED = "accounts.code_used"
CODES_RENEWED = "accounts.codes_renewed"
SESSIONS_ENDED = "accounts.sessions_ended"
ROLES_CHANGED = "accounts.roles_changed"
STATE_CHANGED = "accounts.state_changed"
DENIED = "accounts.denied"

WINDOW = datetime.timedelta(hours=1)
# What somebody can cause who has no account, or without meaning it: entries of an account an hour.
BOUNDED = {SIGN_IN_FAILED: 20, LOCKED: 1, FACTOR_FAILED: 20, RESET_ASKED: 20, DENIED: 20}

logger = logging.getLogger("accounts")
User = get_user_model()


def record(account, action: str, request=None, actor=None, **data) -> None:
    """Write an entry about an account; ``actor`` is who did it, else the person of the request."""
    if action in BOUNDED and _is_full(account, action):
        return
    if request is not None:
        data["address"] = client_address(request)
        user = getattr(request, "user", None)
        actor = actor or (user if user is not None and user.is_authenticated else None)
    log_registry.log(account, action, user=actor, data=data)


def entries(account):
    """The entries of this app about an account, newest first."""
    return (
        ModelLogEntry.objects.for_instance(account)
        .filter(action__startswith="accounts.")
        .select_related("user")
    )


def _is_full(account, action):
    recent = ModelLogEntry.objects.for_instance(account).filter(
        action=action, timestamp__gt=timezone.now() - WINDOW
    )
    return recent.count() >= BOUNDED[action]


@receiver(user_logged_in)
def record_sign_in(user, request=None, **kwargs):
    record(user, SIGNED_IN, request, actor=user)


@receiver(user_logged_out)
def record_sign_out(user, request=None, **kwargs):
    if user is not None:
        record(user, SIGNED_OUT, request, actor=user)


@receiver(user_login_failed)
def record_failure(credentials, request=None, **kwargs):
    name = credentials.get(User.USERNAME_FIELD) or ""
    account = User.objects.filter(**{User.USERNAME_FIELD: name}).first() if name else None
    if account:
        record(account, SIGN_IN_FAILED, request)
    else:  # what was typed may be a password: it is written nowhere
        logger.info("A sign-in failed: there is no such account")


@receiver(pre_save, sender=User)
def notice_change(instance, raw=False, update_fields=None, **kwargs):
    """Compare an account with what is stored, before it is."""
    instance._changes = []
    if raw or instance._state.adding:
        return
    # A password that was set, not one whose hash was made anew: only then Django keeps the text.
    if instance._password is not None:
        instance._changes.append((PASSWORD_CHANGED, {}))
    if get_active_log_context().user and update_fields is None:
        before = User.objects.filter(pk=instance.pk).values("is_active", "is_superuser").first()
        changed = {
            name: getattr(instance, name)
            for name, value in (before or {}).items()
            if getattr(instance, name) != value
        }
        if changed:
            instance._changes.append((STATE_CHANGED, changed))


@receiver(post_save, sender=User)
def record_change(instance, **kwargs):
    for action, data in instance.__dict__.pop("_changes", ()):
        record(instance, action, actor=get_active_log_context().user, **data)


@receiver(m2m_changed, sender=User.groups.through)
def record_roles(instance, action, pk_set, reverse, model, **kwargs):
    """A person's groups are changed in the admin (by hand on the server: no entry)."""
    actor = get_active_log_context().user
    if not actor or reverse or not pk_set or action not in {"post_add", "post_remove"}:
        return
    names = sorted(model.objects.filter(pk__in=pk_set).values_list("name", flat=True))
    given = action == "post_add"
    record(instance, ROLES_CHANGED, actor=actor, given=given, roles=names)


def record_lock(request, name: str) -> None:
    """Write that signing in is closed for a name and an address."""
    account = User.objects.filter(**{User.USERNAME_FIELD: name}).first()
    if account:
        record(account, LOCKED, request)
    else:
        logger.info("Signing in is closed for a while: too many attempts")


def notice_refusals() -> None:
    """Let Wagtail's answer to who may not do something leave a mark for ``DeniedMiddleware``.

    It has no signal for that, and by its answer, a redirection, it can't be told from others.
    """
    answer = auth.permission_denied

    @functools.wraps(answer)
    def marked(request):
        request.was_denied = True
        return answer(request)

    auth.permission_denied = marked
