"""Cards of contact to save."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from home.chrome import Chrome
from pagecache.marks import cacheable

from .cards import vcard
from .models import PersonPage


@cacheable()
@require_safe
@cache_control(max_age=300)
@conditional_page
def card(request, key):
    """Return the contact of a person in the active language; 404 for one without a public page.

    ``key`` is the translation key of the person's page.
    """
    chrome = Chrome(request)
    people = PersonPage.objects.filter(locale_id=chrome.locale_id).visible()
    person = get_object_or_404(people.select_related("municipality"), translation_key=key)
    chrome.page = person
    return HttpResponse(
        vcard(person, chrome),
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, f"{person.slug}.vcf")},
    )
