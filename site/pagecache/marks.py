"""What may be kept: answers that a view or a page type has marked, no others."""

from dataclasses import dataclass
from functools import wraps

LIFETIME = 300  # seconds; what depends on the time of day is no older than this

# Stands for all parameters: the view answers 200 to those alone that it knows.
ANY = object()


@dataclass(frozen=True)
class Mark:
    """That an answer is the same for all anonymous visitors of its address.

    ``parameters`` are the query parameters that it depends on (or ``ANY``); others are taken out of
    the query before it is rendered. ``speaks_any_language``: the answer does not depend on the
    language that a browser prefers, although its address names none.
    """

    parameters: frozenset | object
    lifetime: int
    speaks_any_language: bool


def allow(response, parameters=(), lifetime=LIFETIME, speaks_any_language=False):
    """Mark a response as one that may be kept, if it turns out to be fit for it; return it."""
    names = parameters if parameters is ANY else frozenset(parameters)
    response.page_cache = Mark(names, lifetime, speaks_any_language)
    return response


def cacheable(parameters=(), lifetime=LIFETIME, speaks_any_language=False):
    """Decorate a view whose answers are the same for all anonymous visitors of its address.

    To be put outermost, so that it marks what decorators below make of the answer.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            return allow(response, parameters, lifetime, speaks_any_language)

        return wrapped

    return decorate
