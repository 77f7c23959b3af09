"""What an editor does to a page is done whole or not at all."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from wagtail.models import Revision
from wagtail.signals import page_published

from home.models import HomePage
from news.models import NewsPage
from search.models import SearchDocument
from tests.factories import NewsIndexPageFactory, NewsPageFactory

from .test_killed import form_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fails_after_publication():
    """The last of those that hear of a publication fails."""

    def fail(**kwargs):
        raise OperationalError("away")

    page_published.connect(fail)
    yield lambda: page_published.disconnect(fail)
    page_published.disconnect(fail)


def test_a_publication_that_fails_at_its_end_leaves_the_page_as_it_was(
    admin_client, fails_after_publication
):
    home = HomePage.objects.get(locale__language_code="lv")
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=home), live=False)
    admin_client.raise_request_exception = False
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(address, form_of(page)).status_code == 500
    same = NewsPage.objects.get(pk=page.pk)
    assert not same.live and same.title == page.title
    assert not Revision.objects.filter(object_id=page.pk).exists()
    assert not SearchDocument.objects.filter(page=page).exists()
    fails_after_publication()
    assert admin_client.post(address, form_of(page)).status_code == 302
    assert NewsPage.objects.get(pk=page.pk).live
    assert SearchDocument.objects.filter(page=page).exists()
