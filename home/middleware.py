"""What every answer carries for its safety, and requests that none of our views need see."""

from functools import cache

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import Error as DatabaseError
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import page_not_found

from config import policies

DOWNLOAD = build_policy(config=policies.DOWNLOAD)


class ContentSecurityPolicyMiddleware(MiddlewareMixin):
    """Gives each answer the policy of its kind (see ``config.policies``), unless it has its own.

    Not django-csp's middleware, which writes the policy anew for each answer.
    """

    def process_response(self, request, response):
        if response.get("Content-Disposition", "").startswith("attachment"):
            response[HEADER] = DOWNLOAD
            if response.get("Content-Encoding") == "None":  # so wagtail.utils.sendfile says "none"
                del response["Content-Encoding"]
        elif HEADER not in response and not _is_debug_page(response):
            response[HEADER] = _policy_of(request)
        return response


def is_admin(request) -> bool:
    """Tell whether a page of the admin is asked for."""
    return request.path.startswith(reverse("wagtailadmin_home"))


def has_session(request) -> bool:
    """Tell whether the request may have one; without a cookie nothing is read or written."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_debug_page(response) -> bool:
    # Django's own about an error has its styles within it.
    return settings.DEBUG and response.status_code in {404, 500}


def _policy_of(request) -> str:
    if is_admin(request):
        return _written(is_admin=True, is_secure=request.is_secure())
    return _written(
        is_secure=request.is_secure(),
        shows_recording=getattr(request, "shows_recording", False),
        is_edited=getattr(request, "is_preview", False) or _is_signed_in(request),
    )


@cache
def _written(is_secure, is_admin=False, shows_recording=False, is_edited=False) -> str:
    policy = policies.ADMIN if is_admin else policies.PUBLIC
    if shows_recording:
        policy = policy | policies.RECORDING
    if is_edited:
        policy = policy | policies.EDITOR
    return build_policy(config=policy, update={"upgrade-insecure-requests": is_secure})


def _is_signed_in(request) -> bool:
    try:
        return has_session(request) and hasattr(request, "user") and request.user.is_authenticated
    except DatabaseError:  # away, which this answer says
        return False


class CrossOriginResourcePolicyMiddleware(MiddlewareMixin):
    """Lets no other site load what is ours, but for what says that it is made for others."""

    def process_response(self, request, response):
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class WellFormedMiddleware(MiddlewareMixin):
    """Keeps NUL characters away, which no database and no file system takes as text.

    An address with one is refused; from a query they are taken out, as if nobody had typed them.
    What an editor chose by a key that is none, does not exist: Wagtail's choosers fail on it.
    """

    def process_request(self, request):
        if "\0" in request.path_info:
            raise BadRequest("The address holds a NUL character.")
        while "%00" in request.META.get("QUERY_STRING", ""):  # what is left may form one again
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")

    def process_exception(self, request, exception):
        match = request.resolver_match
        if isinstance(exception, ValueError) and match and match.url_name == "chosen":
            return page_not_found(request, exception, template_name="wagtailadmin/404.html")
        return None
