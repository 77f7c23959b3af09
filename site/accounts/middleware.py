"""Until the second factor is shown a person is nobody, and no session lasts for ever."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_otp.middleware import OTPMiddleware

from home.middleware import has_session, is_admin

from . import audit, second_factor, sessions

# What is open to who is asked for a second factor: the way in and out, what they are drawn with.
OPEN = (
    "accounts:verify",
    "accounts:set_up",
    "wagtailadmin_logout",
    "wagtailadmin_login",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
)


def is_script(request) -> bool:
    """Tell whether a script of the admin asks, which can't follow a redirection to a form."""
    return (
        request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


class VerifiedUserMiddleware(OTPMiddleware):
    """django-otp's ``request.user``, lazy once and not twice.

    Of an object within two lazy ones Wagtail's log does not know the type, and writes nothing.
    """

    def _verify_user_sync(self, request, user):
        return super()._verify_user_sync(request, get_user(request))


class SessionLimitMiddleware:
    """Ends sessions that are too old or were not used, at the next request that brings them.

    That a page is open is no use of it: its pings, which Wagtail sends by itself, don't count.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if has_session(request) and request.user.is_authenticated:
            if sessions.is_over(request.session):
                logout(request)
                if is_admin(request) and not is_script(request):
                    messages.info(request, _("Your session is over. Sign in again."))
            elif not self.is_ping(request):
                sessions.note(request)
        return self.get_response(request)

    def is_ping(self, request):
        return request.path.startswith(reverse("wagtailadmin_home") + "editing-sessions/")


class SecondFactorMiddleware:
    """Closes everything in the admin to whom has not shown their second factor.

    On the public site such a person is a visitor like any other.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if has_session(request) and second_factor.is_missing(request.user):
            if not is_admin(request):
                request.user = AnonymousUser()
            elif request.path not in map(reverse, OPEN):
                return self.ask(request)
        return self.get_response(request)

    def ask(self, request):
        if is_script(request):
            raise PermissionDenied
        step = "accounts:verify" if second_factor.is_enrolled(request.user) else "accounts:set_up"
        query = {"next": request.get_full_path()} if request.method == "GET" else {}
        return redirect(reverse(step) + (f"?{urlencode(query)}" if query else ""))


class DeniedMiddleware:
    """Records what a person tried in the admin and may not.

    Wagtail answers with a message on its home page, or with a 403 where a script asked.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        denied = getattr(request, "was_denied", False) or response.status_code == 403
        if denied and has_session(request) and is_admin(request) and request.user.is_authenticated:
            audit.record(request.user, audit.DENIED, request, path=request.path[:200])
        return response
