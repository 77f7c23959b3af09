"""What is done to a page is done to its translation: unpublishing, deleting, moving."""

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from editorial import roles
from tests.factories import (
    ConferencePageFactory,
    ContentPageFactory,
    InsightLibraryPageFactory,
    NewsPageFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def english(page):
    return Page.objects.get(
        translation_key=page.translation_key, locale__language_code="en"
    ).specific


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def url_of(name, *pages):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk for page in pages])


def bulk_url(action, *pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{url}?" + "&".join(f"id={page.pk}" for page in pages)


def section(parent, title, slug, texts):
    page = ContentPageFactory(parent=parent, title=title, slug=slug)
    translate(page, {title: texts[0], slug: texts[1]})
    return page


# Unpublishing


def test_unpublishing_is_announced_and_takes_the_translation_down(chief_client, client, pair):
    page = chief_client.get(url_of("unpublish", pair)).content.decode()
    assert "Item“" in page
    chief_client.post(url_of("unpublish", pair))
    assert client.get("/lv/aktualitates/zina/").status_code == 404
    assert client.get("/en/news/item/").status_code == 404
    assert english(pair).lead == "What happened"


def test_nothing_is_announced_where_nothing_goes_down(chief_client, pair, home_lv):
    english(pair).unpublish()
    assert "Item“" not in chief_client.get(url_of("unpublish", pair)).content.decode()


def test_unpublishing_a_translation_leaves_its_source(chief_client, client, pair):
    chief_client.post(url_of("unpublish", english(pair)))
    assert client.get("/lv/aktualitates/zina/").status_code == 200
    assert client.get("/en/news/item/").status_code == 404


def test_unpublishing_in_bulk_and_below_says_and_does_the_same(chief_client, pair, news):
    url = bulk_url("unpublish", news)
    assert "News“" in chief_client.get(url).content.decode()
    chief_client.post(url, {"include_descendants": "on"})
    assert not Page.objects.filter(translation_key=pair.translation_key, live=True).exists()
    assert not Page.objects.filter(translation_key=news.translation_key, live=True).exists()


def test_what_expires_takes_its_translation_along(pair):
    Page.objects.filter(pk=pair.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")
    assert not Page.objects.filter(translation_key=pair.translation_key, live=True).exists()


# Deleting


def test_deleting_keeps_the_translation_as_a_draft(chief_client, pair):
    page = chief_client.get(url_of("delete", pair)).content.decode()
    assert "Item“" in page
    assert 'name="delete_translation"' in page
    translation = english(pair)
    chief_client.post(url_of("delete", pair))
    translation.refresh_from_db()
    assert not translation.live
    assert (translation.title, translation.lead) == ("Item", "What happened")
    assert chief_client.get(url_of("edit", translation)).status_code == 200


def test_deleting_takes_the_translation_along_on_request(chief_client, pair):
    chief_client.post(url_of("delete", pair), {"delete_translation": "on"})
    assert not Page.objects.filter(translation_key=pair.translation_key).exists()


def test_deleting_a_section_leaves_no_translation_live(chief_client, pair, news):
    chief_client.post(url_of("delete", news))
    assert not Page.objects.filter(translation_key=pair.translation_key, live=True).exists()
    assert Page.objects.filter(translation_key=pair.translation_key).exists()


def test_deleting_in_bulk_says_what_becomes_of_the_translations(chief_client, pair):
    assert "Item“" in chief_client.get(bulk_url("delete", pair)).content.decode()
    chief_client.post(bulk_url("delete", pair))
    assert not english(pair).live


def test_deleting_a_translation_leaves_its_source(chief_client, client, pair):
    chief_client.post(url_of("delete", english(pair)), {"delete_translation": "on"})
    assert client.get("/lv/aktualitates/zina/").status_code == 200


# Moving


@pytest.fixture
def sections(home_lv):
    about = section(home_lv, "Par", "par", ["About", "about"])
    work = section(home_lv, "Darbs", "darbs", ["Work", "work"])
    page = section(about, "Likumi", "likumi", ["Statutes", "statutes"])
    below = section(page, "Biedri", "biedri", ["Members", "members"])
    return about, work, page, below


def move(client, page, parent):
    return client.post(url_of("move_confirm", page, parent))


def test_a_moved_page_is_followed_and_all_old_addresses_lead_on(chief_client, client, sections):
    about, work, page, below = sections
    move(chief_client, page, work)
    for old, new in {
        "/lv/par/likumi/": "/lv/darbs/likumi/",
        "/lv/par/likumi/biedri/": "/lv/darbs/likumi/biedri/",
        "/en/about/statutes/": "/en/work/statutes/",
        "/en/about/statutes/members/": "/en/work/statutes/members/",
    }.items():
        response = client.get(old)
        assert (response.status_code, response.headers.get("Location")) == (301, new)
        assert client.get(new).status_code == 200


def test_a_page_that_moved_back_leads_nowhere_in_circles(chief_client, client, sections):
    about, work, page, below = sections
    move(chief_client, page, work)
    move(chief_client, page, about)
    assert client.get("/lv/darbs/likumi/").headers["Location"] == "/lv/par/likumi/"
    assert client.get("/en/work/statutes/members/").headers["Location"] == (
        "/en/about/statutes/members/"
    )
    chief_client.post(url_of("unpublish", page), {"include_descendants": "on"})
    for path in ("/lv/par/likumi/", "/en/about/statutes/", "/en/about/statutes/members/"):
        assert client.get(path).status_code == 404


def test_after_many_moves_every_old_address_leads_there_in_one_step(
    chief_client, client, sections, home_lv
):
    about, work, page, below = sections
    third = section(home_lv, "Trešā", "tresa", ["Third", "third"])
    for parent in (work, third):
        move(chief_client, page, parent)
    for old in ("/en/about/statutes/", "/en/work/statutes/"):
        assert client.get(old).headers["Location"] == "/en/third/statutes/"


def test_a_translation_is_not_moved_away_from_its_source(chief_client, sections):
    about, work, page, below = sections
    translation = english(page)
    response = move(chief_client, translation, english(work))
    assert "Likumi" in said(response)
    assert english(page).get_parent() == english(about).page_ptr
    chief_client.post(bulk_url("move", translation), {"chooser": english(work).pk})
    assert english(page).get_parent() == english(about).page_ptr


def test_without_a_translated_parent_the_translation_stays_and_that_is_said(
    chief_client, client, sections, home_lv
):
    about, work, page, below = sections
    latvian = ContentPageFactory(parent=home_lv, title="Tikai latviski", slug="tikai")
    response = move(chief_client, page, latvian)
    assert "Statutes" in said(response) and "Tikai latviski" in said(response)
    assert client.get("/en/about/statutes/").status_code == 200
    # Once the parent is translated, the translation may be moved there.
    translate(latvian, {"tikai": "only"})
    move(chief_client, english(page), english(latvian))
    assert client.get("/en/only/statutes/").status_code == 200


def test_an_address_that_is_taken_keeps_the_translation_and_that_is_said(
    chief_client, client, sections
):
    about, work, page, below = sections
    ContentPageFactory(parent=english(work), title="Other", slug="statutes")
    response = move(chief_client, page, work)
    assert "Statutes" in said(response)
    assert client.get("/lv/darbs/likumi/").status_code == 200
    assert client.get("/en/about/statutes/").status_code == 200


def test_pages_moved_in_bulk_are_followed_too(chief_client, client, sections):
    about, work, page, below = sections
    chief_client.post(bulk_url("move", page), {"chooser": work.pk})
    assert client.get("/en/work/statutes/").status_code == 200


def test_the_order_of_pages_is_that_of_their_sources(chief_client, home_lv):
    pages = [
        section(home_lv, title, title.lower(), [title.upper(), f"en-{title.lower()}"])
        for title in ("Ab", "Bc", "Cd", "De")
    ]
    ContentPageFactory(parent=home_lv, title="Tikai")
    first, *_rest, last = pages
    chief_client.post(f"{url_of('set_page_position', last)}?position=0")
    chief_client.post(f"{url_of('set_page_position', first)}?position=2")

    def order(parent):
        keys = [page.translation_key for page in pages]
        return [
            keys.index(child.translation_key)
            for child in parent.get_children()
            if child.translation_key in keys
        ]

    assert order(home_lv) == order(english(home_lv)) == [3, 1, 0, 2]


# Addresses


def test_a_new_address_of_the_source_leaves_that_of_the_translation(client, committed, sections):
    about, work, page, below = sections
    page = page.specific
    page.slug = "statuti"
    with committed():
        page.save_revision().publish()
    assert client.get("/lv/par/likumi/").headers["Location"] == "/lv/par/statuti/"
    assert client.get("/lv/par/likumi/biedri/").headers["Location"] == "/lv/par/statuti/biedri/"
    assert client.get("/en/about/statutes/").status_code == 200
    # The next synchronisation neither loses nor replaces it.
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    translation = Translation.objects.get(source=source)
    total, translated = translation.get_progress()
    assert total == translated
    with committed():
        translation.save_target(publish=True)
    assert client.get("/en/about/statutes/").status_code == 200


def test_a_new_address_of_the_translation_makes_a_redirect(client, committed, sections):
    """As translators give it, in wagtail-localize (Wagtail's issue 9833)."""
    about, work, page, below = sections
    StringTranslation.objects.filter(data="statutes").update(data="articles")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    with committed():
        translation.save_target(publish=True)
    assert client.get("/en/about/statutes/").headers["Location"] == "/en/about/articles/"
    assert client.get("/en/about/statutes/members/").headers["Location"] == (
        "/en/about/articles/members/"
    )
    assert client.get("/lv/par/likumi/").status_code == 200


def test_permalinks_of_insights_survive_a_new_address_of_the_library(client, committed, home_lv):
    library = InsightLibraryPageFactory(parent=home_lv, title="Atziņas", slug="atzinas")
    ConferencePageFactory(parent=library, insights=["Dati"])
    assert client.get("/lv/atzinas/LPIA-A-2022-01/").status_code == 200
    library.slug = "kratuve"
    with committed():
        library.save_revision().publish()
    response = client.get("/lv/atzinas/LPIA-A-2022-01/")
    assert response.headers.get("Location") == "/lv/kratuve/LPIA-A-2022-01/"


def test_redirects_of_editors_are_left_alone(chief_client, sections):
    about, work, page, below = sections
    Redirect.objects.create(old_path="/lv/par/likumi", redirect_page=page)
    move(chief_client, page, work)
    move(chief_client, page, about)
    assert Redirect.objects.filter(old_path="/lv/par/likumi").exists()


# Copying


def test_a_copy_takes_nothing_from_the_original(chief_client, client, pair, news):
    data = {
        "new_title": "Kopija",
        "new_slug": "kopija",
        "new_parent_page": news.pk,
        "copy_subpages": "",
        "publish_copies": "on",
    }
    chief_client.post(url_of("copy", pair), data)
    copy = news.get_children().get(slug="kopija").specific
    assert copy.translation_key != pair.translation_key
    assert not copy.get_translations().exists()
    translation = Translation.objects.get(source__object_id=pair.translation_key)
    assert translation.get_progress()[0] == translation.get_progress()[1]
    copy.lead = "Cits"
    copy.save_revision().publish()
    assert "What happened" in client.get("/en/news/item/").content.decode()


def test_a_copy_is_never_an_alias(chief_client, pair, news):
    data = {
        "new_title": "Kopija",
        "new_slug": "kopija",
        "new_parent_page": news.pk,
        "alias": "on",
    }
    chief_client.post(url_of("copy", pair), data)
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not news.get_children().filter(slug="kopija").exists()


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.TRANSLATOR])
def test_who_may_not_delete_the_page_deletes_no_translation(client, person, pair, role):
    if role:
        client.force_login(person(role))
    client.post(url_of("delete", pair), {"delete_translation": "on"})
    assert Page.objects.filter(translation_key=pair.translation_key, live=True).count() == 2


def test_queries_of_the_confirmation_do_not_grow_with_the_page(
    chief_client, django_assert_max_num_queries, news
):
    for number in range(12):
        page = NewsPageFactory(parent=news, title=f"Ziņa {number}", slug=f"zina-{number}")
        translate(page, {f"zina-{number}": f"item-{number}"})
    chief_client.get(url_of("unpublish", news))
    with django_assert_max_num_queries(40):
        chief_client.get(url_of("unpublish", news))


def test_feeds_lead_on_when_the_list_of_news_moves(client, committed, news):
    news.slug = "zinas"
    with committed():
        news.save_revision().publish()
    response = client.get("/lv/aktualitates/feed/rss/")
    assert response.headers.get("Location") == "/lv/zinas/feed/rss/"
