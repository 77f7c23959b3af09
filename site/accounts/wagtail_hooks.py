"""Where the admin shows accounts' safety: addresses, menus, words of the history, what is kept."""

import datetime

from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from home.retention import MONTH_DAYS, SECONDS_A_DAY, Retained

from . import audit, sessions, throttling, views


@hooks.register("register_admin_urls")
def register_admin_urls():
    addresses = [
        path("second-factor/", views.VerifyView.as_view(), name="verify"),
        path("second-factor/set-up/", views.SetUpView.as_view(), name="set_up"),
        path("second-factor/codes/", views.renew_codes, name="renew_codes"),
        path("security/", views.AccountSafetyView.as_view(), name="own"),
        path("security/sessions/end/", views.end_others, name="end_others"),
        path("security/sessions/<slug:reference>/end/", views.end_session, name="end_session"),
        path("security/<int:pk>/", views.AccountSafetyView.as_view(), name="account"),
        path("security/<int:pk>/reset/", views.reset, name="reset"),
        path("security/<int:pk>/unlock/", views.unlock, name="unlock"),
    ]
    return [path("", include((addresses, "accounts")))]


@hooks.register("register_account_menu_item")
def link_own_safety(request):
    return {
        "url": reverse("accounts:own"),
        "label": _("Sign-in and security"),
        "help_text": _("Second factor, recovery codes, and where the account is signed in."),
    }


@hooks.register("register_user_listing_buttons")
def link_safety(user, request_user):
    if request_user.has_perm("auth.change_user"):
        yield Button(
            _("Sign-in and security"),
            url=reverse("accounts:account", args=[user.pk]),
            icon_name="lock",
            priority=20,
        )


@hooks.register("register_permissions")
def offer_the_rule_to_groups():
    return Permission.objects.filter(
        content_type__app_label="accounts", codename="need_second_factor"
    )


class WithAddress(LogFormatter):
    """An action with the network address that it came from."""

    def __init__(self, label, message):
        self.label, self.message = label, message

    def format_message(self, log_entry):
        return self.with_address(self.message, log_entry)

    def with_address(self, what, log_entry):
        if address := log_entry.data.get("address"):
            return gettext("%(what)s (from %(address)s)") % {"what": what, "address": address}
        return what


class SessionsEnded(WithAddress):
    """How many of their sessions somebody ended from another."""

    def __init__(self):
        super().__init__(_("End sessions"), "")

    def format_message(self, log_entry):
        count = log_entry.data.get("count", 0)
        text = ngettext("%(count)s session ended", "%(count)s sessions ended", count)
        return self.with_address(text % {"count": count}, log_entry)


class RolesChanged(LogFormatter):
    label = _("Change roles")

    def format_message(self, log_entry):
        roles = log_entry.data.get("roles", [])
        given = log_entry.data.get("given")
        text = (
            ngettext("Role given: %(roles)s", "Roles given: %(roles)s", len(roles))
            if given
            else ngettext("Role taken: %(roles)s", "Roles taken: %(roles)s", len(roles))
        )
        return text % {"roles": ", ".join(roles)}


class StateChanged(LogFormatter):
    label = _("Change the state of an account")

    def format_message(self, log_entry):
        words = {
            ("is_active", True): gettext("Account opened"),
            ("is_active", False): gettext("Account closed"),
            ("is_superuser", True): gettext("Became an administrator of everything"),
            ("is_superuser", False): gettext("Is no administrator of everything any more"),
        }
        return "; ".join(word for change, word in words.items() if change in log_entry.data.items())


class Denied(LogFormatter):
    label = _("Access refused")

    def format_message(self, log_entry):
        return gettext("Access refused: %(path)s") % {"path": log_entry.data.get("path", "")}


ACTIONS = {
    audit.SIGNED_IN: (_("Sign in"), _("Signed in")),
    audit.SIGNED_OUT: (_("Sign out"), _("Signed out")),
    audit.SIGN_IN_FAILED: (_("Failed sign-in"), _("Sign-in failed")),
    audit.LOCKED: (_("Sign-in closed"), _("Too many attempts: sign-in closed for a while")),
    audit.UNLOCKED: (_("Sign-in opened"), _("Sign-in opened again")),
    audit.PASSWORD_CHANGED: (_("Change password"), _("Password changed")),
    audit.RESET_ASKED: (_("Ask for a new password"), _("A new password was asked for")),
    audit.VERIFIED: (_("Second factor shown"), _("Second factor shown")),
    audit.FACTOR_FAILED: (_("Wrong second factor"), _("A wrong code was given")),
    audit.FACTOR_SET: (_("Set up second factor"), _("Second factor set up")),
    audit.FACTOR_RESET: (_("Reset second factor"), _("Second factor reset")),
    audit.CODE_USED: (_("Use a recovery code"), _("A recovery code was used")),
    audit.CODES_RENEWED: (_("Renew recovery codes"), _("Recovery codes renewed")),
}


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for action, words in ACTIONS.items():
        _register(actions, action, WithAddress(*words))
    _register(actions, audit.SESSIONS_ENDED, SessionsEnded())
    _register(actions, audit.ROLES_CHANGED, RolesChanged())
    _register(actions, audit.STATE_CHANGED, StateChanged())
    _register(actions, audit.DENIED, Denied())


def _register(actions, action, formatter):
    actions.register_action(action)(lambda: formatter)


@hooks.register("register_retained_data")
def name_what_is_kept():
    return [
        Retained(
            "sign-ins",
            _("Sign-ins of editors: when, and from which address"),
            ("wagtailcore.ModelLogEntry",),
            get_days=lambda: settings.SIGN_INS_MONTHS * MONTH_DAYS,
            purge=_purge_entries,
        ),
        Retained(
            "session",
            _("Session of an editor"),
            ("accounts.Session", "sessions.Session"),
            get_days=lambda: settings.SESSION_COOKIE_AGE / SECONDS_A_DAY,
            purge=sessions.purge,
        ),
        Retained(
            "attempts",
            _("Print of the name and address of an attempt to sign in"),
            ("accounts.Attempts",),
            get_days=lambda: throttling.HOUR / datetime.timedelta(days=1),
            purge=throttling.purge,
        ),
        Retained(
            "second-factors",
            _("Second factors of editors and their recovery codes"),
            ("accounts.Authenticator", "accounts.RecoveryCodes"),
            until=_("until an administrator deletes the account"),
        ),
    ]


def _purge_entries() -> int:
    oldest = timezone.now() - datetime.timedelta(days=settings.SIGN_INS_MONTHS * MONTH_DAYS)
    old = ModelLogEntry.objects.filter(action__startswith="accounts.", timestamp__lt=oldest)
    return old.delete()[0]
