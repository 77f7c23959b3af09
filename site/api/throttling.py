"""How often one address may ask."""

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle

from home.spam import client_address


class AddressThrottle(SimpleRateThrottle):
    """So many requests an address as ``API_RATE`` says ("120/minute"; empty: no limit).

    The cache holds a keyed hash of the address for the length of the period, never the address.
    """

    scope = "api"

    @property
    def cache(self):
        return caches["limits"]

    def get_rate(self):
        return settings.API_RATE or None

    def get_cache_key(self, request, view):
        return f"api:{salted_hmac('api', client_address(request)).hexdigest()}"
