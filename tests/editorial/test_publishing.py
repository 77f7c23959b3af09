"""What an editor is told on publishing, and what visitors must not meet of it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from news.models import NewsPage
from tests import factories as make

pytestmark = pytest.mark.django_db

INLINES = ("topic_links", "attachments", "partner_links", "corrections")


@pytest.fixture
def news(home_lv):
    return make.NewsIndexPageFactory(parent=home_lv)


def publish(client, page, html):
    """Publish an article by the editor's form, with one text; return the page that follows."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "date": "2022-11-16",
            "lead": page.lead,
            "body": streamfield([("text", rich_text(html))]),
            **dict.fromkeys(INLINES, empty),
            "comments": empty,
            "action-publish": "1",
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, data, follow=True)
    assert NewsPage.objects.get(pk=page.pk).live, response.context["form"].errors
    return BeautifulSoup(response.content, "html.parser")


def warning(page) -> str:
    messages = page.select(".messages .warning")
    return " ".join(message.get_text(" ", strip=True) for message in messages)


def test_publishing_says_what_the_checks_found_and_publishes(chief_client, news):
    page = make.NewsPageFactory(parent=news, live=False)
    faults = '<h3>Rīts</h3><p><a href="https://example.org/">šeit</a></p>'
    said = warning(publish(chief_client, page, faults))
    assert "Satura pārbaudēs atrastas 2 nepilnības:" in said
    assert "Izlaists apakšvirsraksta līmenis: „Rīts“" in said
    assert "Nekonkrēts saites teksts: „šeit“" in said


def test_many_findings_lead_to_the_report(chief_client, news):
    page = make.NewsPageFactory(parent=news, live=False)
    link = '<p><a href="https://example.org/">šeit</a></p>'
    result = publish(chief_client, page, link * 21)
    assert "atrasta 21 nepilnība:" in warning(result)
    assert warning(result).count("„šeit“") == 5
    assert result.select(f".messages a[href='{reverse('findings:index')}']")


def test_what_a_finding_quotes_is_text_not_markup(chief_client, news):
    page = make.NewsPageFactory(parent=news, live=False)
    result = publish(chief_client, page, "<h3>&lt;b&gt;Rīts&lt;/b&gt;</h3>")
    assert "<b>Rīts</b>" in warning(result)


def test_a_good_article_is_published_without_a_warning(chief_client, news):
    page = make.NewsPageFactory(parent=news, live=False)
    assert warning(publish(chief_client, page, "<p>Labi.</p>")) == ""


def test_visitors_meet_nothing_of_the_checks(client, chief_client, news):
    page = make.NewsPageFactory(parent=news)
    assert "content-checks.js" in chief_client.get(page.url).content.decode()
    client.logout()
    client.cookies.clear()
    response = client.get(page.url)
    assert not response.cookies
    for trace in ("content-checks", "userbar", "wagtailadmin"):
        assert trace not in response.content.decode()
