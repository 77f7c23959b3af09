"""Keeping robots out of public forms without cookies and without asking people for proof."""

import ipaddress
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm

SALT = "home.spam"
MINIMUM_SECONDS = 3  # nobody reads and fills a form faster
MAXIMUM_SECONDS = 24 * 3600
LIMIT, WINDOW_SECONDS = 5, 3600  # submissions accepted per visitor and hour


class GuardedForm(BaseForm):
    """A form with a honeypot and a signed time stamp.

    Takes no CSRF cookie, because the public site sets none: ``is_same_origin`` stands in for it.
    """

    GUARD_FIELDS = ("homepage", "opened")

    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = signing.dumps("opened", salt=SALT)

    def visitor_fields(self):
        """The bound fields that people fill in."""
        return [field for field in self if field.name not in self.GUARD_FIELDS]

    def looks_automatic(self) -> bool:
        """Tell whether a robot filled the form: the honeypot is full or the time is wrong."""
        if self.data.get("homepage"):
            return True
        stamp = self.data.get("opened", "")
        try:
            signing.loads(stamp, salt=SALT, max_age=MAXIMUM_SECONDS)
        except signing.BadSignature:
            return True
        try:
            signing.loads(stamp, salt=SALT, max_age=MINIMUM_SECONDS)
        except signing.SignatureExpired:
            return False
        return True


def is_same_origin(request) -> bool:
    """Tell whether a browser says that the form was sent from this site.

    Reads Sec-Fetch-Site, which every current browser sends, else Origin (Fetch Metadata,
    W3C). A request without either is no browser's and can't be forged through a visitor.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.get_host()


def client_address(request) -> str:
    """Return the visitor's address, behind as many proxies of ours as ``TRUSTED_PROXIES`` says."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        try:
            return str(ipaddress.ip_address(hops[-settings.TRUSTED_PROXIES]))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR", "")


def exceeds_rate(request, scope: str) -> bool:
    """Count one submission and tell whether the visitor has sent too many within the hour.

    Keeps a keyed hash of the address in the cache for an hour, never the address itself.
    """
    key = f"{SALT}:{salted_hmac(scope, client_address(request)).hexdigest()}"
    limits = caches["limits"]
    limits.add(key, 0, WINDOW_SECONDS)
    try:
        return limits.incr(key) > LIMIT
    except ValueError:  # it expired between the two calls
        return False
