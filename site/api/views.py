"""What all endpoints share: JSON alone, read-only, limited, cacheable, open to other sites."""

from functools import cached_property

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Locale

from home.addresses import absolute
from pagecache.marks import ANY, allow

from .fields import fields_of
from .filters import NamedFilters, Ordering, Search
from .parameters import LANGUAGES
from .throttling import AddressThrottle

MAX_AGE = 60  # seconds that a cache may answer for us
FARTHEST = 100_000  # objects that may be skipped
LONGEST_FIELDS, DEEPEST_FIELDS = 400, 2  # characters and brackets of ?fields=


class JSONAlone(BaseContentNegotiation):
    """Answers in JSON, whatever was asked for."""

    def select_parser(self, request, parsers):
        return None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class PublicView(APIView):
    """An address of the API. Knows no sessions: it neither reads nor sets a cookie."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JSONAlone
    http_method_names = ["get", "head", "options"]

    def initialize_request(self, request, *args, **kwargs):
        # Else LocaleMiddleware takes a 404 for a page without its language, and redirects.
        request.urlconf = "api.urls"
        return super().initialize_request(request, *args, **kwargs)

    def options(self, request, *args, **kwargs):
        """Let a page of another site ask with If-None-Match (a CORS preflight)."""
        return Response(status=204)

    def handle_exception(self, exc):
        """Answer with a sentence."""
        if isinstance(exc, BadRequestError):
            return Response({"message": sentence(str(exc))}, status=400)
        if isinstance(exc, Http404):
            return Response({"message": "There is nothing public at this address."}, status=404)
        response = super().handle_exception(exc)
        if isinstance(exc, exceptions.Throttled):
            seconds = response.headers.get("Retry-After", "60")
            text = f"Too many requests from this address. Please ask again in {seconds} seconds."
        else:
            text = sentence(str(response.data.get("detail", "")))
        response.data = {"message": text}
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
            # Unknown parameters are refused, so that all of them count.
            allow(response, ANY, speaks_any_language=True)
        else:
            patch_cache_control(response, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Content-Language"] = self.content_language(response)
        return response

    def content_language(self, response) -> str:
        if response.status_code != 200:
            return "en"
        asked = self.request.GET.get("locale")
        return asked if asked in LANGUAGES else ", ".join(LANGUAGES)


def sentence(text: str) -> str:
    """Return a message that begins with a capital and ends with a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."


class Root(PublicView):
    """The way in: where everything is."""

    def get(self, request):
        from .urls import router

        endpoints = {name: reverse(f"api:{name}:listing", request=request) for name in router.names}
        return Response({"languages": LANGUAGES, "read_only": True, "endpoints": endpoints})


class NotFound(PublicView):
    def get(self, request, path=""):
        raise Http404


class Pagination(WagtailPagination):
    """With addresses of the next and the previous part."""

    def paginate_queryset(self, queryset, request, view=None):
        items = super().paginate_queryset(queryset, request, view)
        self.offset, self.limit = (
            int(request.GET.get(name, default)) for name, default in (("offset", 0), ("limit", 20))
        )
        return items

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        following, before = self.offset + self.limit, max(self.offset - self.limit, 0)
        has_next = self.limit and following < self.total_count
        response.data["meta"] |= {
            "next": self._address(following) if has_next else None,
            "previous": self._address(before) if self.limit and self.offset else None,
        }
        return response

    def _address(self, offset):
        query = self.view.request.GET.copy()
        query["offset"] = offset
        request = self.view.request
        return absolute(request, f"{request.path}?{query.urlencode()}")


class InOwnLanguage(BaseSerializer):
    """Writes every object in its own language: names, links and roles."""

    def to_representation(self, instance):
        with override(self.context["view"].language_of(instance)):
            return super().to_representation(instance)


class Endpoint(PublicView):
    """Objects of one kind: a list with filters, and each by its key.

    To be mixed in before one of Wagtail's viewsets. ``filters`` and the search are described in
    ``api.filters``; ``prepare`` reads what a list needs, in a constant number of queries.
    """

    pagination_class = Pagination
    filter_backends = [NamedFilters, Ordering, Search]
    filters = {}
    order_fields = ()
    default_order = ("pk",)
    search_filters = {}

    @classmethod
    def get_body_fields(cls, model):
        return cls._convert_api_fields([*cls.body_fields, *fields_of(model)])

    @classmethod
    def get_urlpatterns(cls):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "find"]

    @cached_property
    def _language_codes(self) -> dict[int, str]:
        return dict(Locale.objects.values_list("pk", "language_code"))

    def language_of(self, instance) -> str:
        return self._language_codes.get(getattr(instance, "locale_id", None), LANGUAGES[0])

    def check_query_parameters(self, queryset):
        known = {"fields", "limit", "offset", "order", "search", "format", "_", *self.filters}
        if unknown := set(self.request.GET) - known:
            names = ", ".join(sorted(unknown))[:100]
            allowed = ", ".join(sorted(known - {"_", "format"}))
            raise BadRequestError(f"Unknown parameter: {names}. Known are: {allowed}.")

    def get_serializer_class(self):
        asked = self.request.GET.get("fields", "")
        if len(asked) > LONGEST_FIELDS or asked.count("(") > DEEPEST_FIELDS:
            raise BadRequestError("The parameter fields is too long")
        return super().get_serializer_class()

    def get_renderer_context(self):
        return super().get_renderer_context() | {"indent": None}

    def paginate_queryset(self, queryset):
        offset = self.request.GET.get("offset", "")
        if offset.isdigit() and (len(offset) > 9 or int(offset) > FARTHEST):
            raise BadRequestError(f"The parameter offset is at most {FARTHEST}: filter")
        objects = list(super().paginate_queryset(queryset))
        self.prepare(objects)
        return objects

    def get_object(self):
        if not hasattr(self, "_cached_object"):
            found = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
            if found is None:
                raise Http404
            self._cached_object = self.as_detail(found)
            self.prepare([self._cached_object])
        return self._cached_object

    def as_detail(self, found):
        return found

    def prepare(self, objects):
        """Read what the objects need besides themselves, for all of them at once."""

    def keys_at(self, places):
        """Return the keys of the objects at places of the search: ``(page's key, suffix)``."""
        raise NotImplementedError
