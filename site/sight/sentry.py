"""Errors to Sentry, or to whatever speaks its protocol, where SENTRY_DSN names one.

Nothing about people goes there: no address, cookie, form, search words or values of variables.
The browser loads nothing of it, so that the Content-Security-Policy stays as it is.
"""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from . import activity, versions

KEPT_OF_REQUEST = ("method", "url")


def start(dsn: str):
    """Begin to send what is logged as an error."""
    import sentry_sdk
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=dsn,
        environment=settings.SENTRY_ENVIRONMENT,
        release=versions.site_version(),
        default_integrations=True,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(middleware_spans=False, signals_spans=False),
            LoggingIntegration(level=None),  # no breadcrumbs: they would hold lines of others
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        before_send=_without_people,
    )


def _without_people(event, hint):
    event["tags"] = (event.get("tags") or {}) | {
        name: str(value) for name, value in activity.fields().items()
    }
    event.pop("user", None)
    request = event.get("request")
    if request:
        event["request"] = {
            name: value for name, value in request.items() if name in KEPT_OF_REQUEST
        }
        if "url" in request:
            event["request"]["url"] = urlunsplit((*urlsplit(request["url"])[:3], "", ""))
    return event
