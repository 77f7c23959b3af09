"""What every answer carries for its safety, and requests that none of our views need see."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import Error as DatabaseError
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.views.defaults import page_not_found

from config import policies


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Gives each answer the policy of its kind (see ``config.policies``)."""

    def process_response(self, request, response):
        if response.get("Content-Disposition", "").startswith("attachment"):
            response[HEADER] = build_policy(config=policies.DOWNLOAD)
            if response.get("Content-Encoding") == "None":  # so wagtail.utils.sendfile says "none"
                del response["Content-Encoding"]
            return response
        return super().process_response(request, response)

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.config = policies.ADMIN if is_admin(request) else _public_policy(request)
            parts.update = {"upgrade-insecure-requests": request.is_secure()}
        return parts


def is_admin(request) -> bool:
    """Tell whether a page of the admin is asked for."""
    return request.path.startswith(reverse("wagtailadmin_home"))


def has_session(request) -> bool:
    """Tell whether the request may have one; without a cookie nothing is read or written."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _public_policy(request) -> dict:
    policy = policies.PUBLIC
    if getattr(request, "shows_recording", False):
        policy = policy | policies.RECORDING
    if getattr(request, "is_preview", False) or _is_signed_in(request):
        policy = policy | policies.EDITOR
    return policy


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
