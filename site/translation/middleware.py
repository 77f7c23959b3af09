"""The answer, wherever in the admin a translation was to be published before its source."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from home.models.pair import SourceNotLive


class SourceNotLiveMiddleware(MiddlewareMixin):
    """Turns ``SourceNotLive`` into its sentence, back where the person came from.

    Publishing has many ways in: bulk actions, the last approval of a workflow, wagtail-localize's
    synchronisation. All are refused by the page itself, and answered here.
    """

    def process_exception(self, request, exception):
        if not isinstance(exception, SourceNotLive):
            return None
        messages.error(request, exception.messages[0])
        url = get_valid_next_url_from_request(request) or reverse(
            "wagtailadmin_pages:edit", args=[exception.page.pk]
        )
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the modal windows of a workflow understand.
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)
