"""What is said of errors that no view has caught."""

import sys

from home.views import server_error as plain_server_error

from . import outages


def server_error(request):
    """Answer 503 if an outage is the reason (in middleware, say), else 500."""
    return outages.answer(request, sys.exception()) or plain_server_error(request)
