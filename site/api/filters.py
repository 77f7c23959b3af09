"""Filtering, ordering and searching, the same on every endpoint."""

from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.utils import BadRequestError

from search.query import Query, clean
from search.results import Results

from . import parameters


class NamedFilters(BaseFilterBackend):
    """The filters that the endpoint names: ``{parameter: (check, condition)}``.

    ``check(name, text)`` returns a value or refuses it, ``condition(value)`` makes a Q of it.
    """

    def filter_queryset(self, request, queryset, view):
        for name, (check, condition) in view.filters.items():
            if request.GET.get(name):
                queryset = queryset.filter(condition(check(name, request.GET[name])))
        return queryset


class Ordering(BaseFilterBackend):
    """By the fields that the endpoint names, with the key as a tie-break."""

    def filter_queryset(self, request, queryset, view):
        order = request.GET.get("order")
        if not order:
            return queryset.order_by(*view.default_order)
        fields = order.split(",")
        if unknown := {field.removeprefix("-") for field in fields} - set(view.order_fields):
            known, names = ", ".join(view.order_fields), ", ".join(sorted(unknown))[:100]
            raise BadRequestError(f"Nothing to order by: {names}. Known are: {known}")
        return queryset.order_by(*fields, "pk")


class Ranked:
    """The objects of a queryset in an order of keys: counted and sliced as a queryset is."""

    def __init__(self, queryset, keys):
        found = set(queryset.order_by().values_list("pk", flat=True).filter(pk__in=keys))
        self.queryset, self.keys = queryset, [key for key in keys if key in found]
        self.model = queryset.model

    def count(self):
        return len(self.keys)

    def __getitem__(self, part: slice):
        keys = self.keys[part]
        found = {each.pk: each for each in self.queryset.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


class Search(BaseFilterBackend):
    """Best first, as the site's own search ranks (Latvian and English forms of words).

    The endpoint names the objects at the places that were found. Comes last: what it returns is
    no queryset.
    """

    def filter_queryset(self, request, queryset, view):
        words = clean(request.GET.get("search", ""))
        if not words:
            return queryset
        codes = parameters.LANGUAGES
        if request.GET.get("locale"):
            codes = [parameters.locale("locale", request.GET["locale"])]
        results = Results(Query(words, tuple(codes)), view.search_filters)
        keys = list(dict.fromkeys(view.keys_at(results.places())))
        if request.GET.get("order"):
            return queryset.filter(pk__in=keys)
        return Ranked(queryset, keys)
