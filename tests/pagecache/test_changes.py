"""Which changes end the life of all kept pages, and which do not."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site
from wagtail_factories import ImageFactory

from editorial.schedule import publish_due
from home.models import SiteSettings, SiteTexts
from news.models import NewsPage, NewsTopic
from pagecache import changes, generation
from pagecache.models import Change
from tests import factories as make

pytestmark = pytest.mark.django_db


def commit():
    """Do as if the transaction had ended here: the next change is noted anew.

    Returns the generation; a change that needs preparation returns that of its end.
    """
    connection.run_on_commit = []
    return generation.read(connection)


@pytest.fixture
def site(home_lv, home_en):
    """Pages and records of all kinds that the tests change."""

    class Content:
        index = make.NewsIndexPageFactory(parent=home_lv, slug="jaunumi")
        elsewhere = make.NewsIndexPageFactory(parent=home_lv, slug="vestis")
        article = make.NewsPageFactory(parent=index, slug="raksts")
        topic = make.TopicFactory()
        link = NewsTopic.objects.create(page=article, topic=topic, locale=article.locale)
        image = ImageFactory()
        partner = make.PartnerFactory()
        home, english = home_lv, home_en
        settings = SiteSettings.for_site(Site.objects.get())
        texts, _created = SiteTexts.objects.get_or_create(locale=home_lv.locale)

    commit()
    return Content


def publish(site):
    site.article.title = "Jauns"
    site.article.save_revision().publish()


def unpublish(site):
    site.article.unpublish()


def delete(site):
    site.article.delete()


def move(site):
    site.article.move(site.elsewhere, pos="last-child")


def change_slug(site):
    site.index.slug = "cits"
    site.index.save()


def copy(site):
    site.article.copy(update_attrs={"slug": "kopija", "title": "Kopija"})


def reorder(site):
    Page.objects.get(pk=site.elsewhere.pk).move(site.index, pos="left")


def change_snippet(site):
    site.partner.name = "Cits"
    site.partner.save()


def change_topic(site):
    site.topic.name = "Cits"
    site.topic.save()


def remove_topic(site):
    site.link.delete()


def change_in_bulk(site):
    NewsPage.objects.update(lead="Cits")


def change_settings(site):
    site.settings.accent_light = "#112233"
    site.settings.save()


def change_menu(site):
    site.texts.main_menu = [("page", {"page": site.index.pk, "title": "", "children": []})]
    site.texts.save()


def replace_image(site):
    site.image.file = get_test_image_file(filename="cits.png")
    site.image.save()


def delete_image(site):
    get_image_model().objects.filter(pk=site.image.pk).delete()


def upload_document(site):
    file = ContentFile(b"...", name="fails.txt")
    get_document_model().objects.create(title="Fails", file=file)


def replace_document(site):
    file = ContentFile(b"...", name="fails.txt")
    document = get_document_model().objects.create(title="Fails", file=file)
    before = commit()
    document.file = ContentFile(b"Cits", name="cits.txt")
    document.save()
    return before


def open_again(site):
    restriction = PageViewRestriction.objects.create(page=site.index, restriction_type="login")
    before = commit()
    restriction.delete()
    return before


def publish_translation(site):
    site.english.title = "Another"
    site.english.save_revision().publish()


def restrict(site):
    PageViewRestriction.objects.create(page=site.index, restriction_type="login")


def redirect(site):
    Redirect.objects.create(old_path="/sen", redirect_link="/lv/")


def change_site(site):
    Site.objects.update(hostname="cits.example")


def promote(site):
    query = Query.get("vasara")
    before = commit()
    SearchPromotion.objects.create(query=query, page=site.article)
    return before


def publish_as_scheduled(site):
    revision = site.article.save_revision(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    assert revision.approved_go_live_at
    before = commit()
    assert publish_due() == 1
    return before


def unpublish_as_scheduled(site):
    due = timezone.now() - datetime.timedelta(minutes=1)
    Page.objects.filter(pk=site.article.pk).update(expire_at=due)
    before = commit()
    assert publish_due() == 1
    return before


@pytest.mark.parametrize(
    "change",
    [
        publish,
        unpublish,
        delete,
        move,
        change_slug,
        copy,
        reorder,
        change_snippet,
        change_topic,
        remove_topic,
        change_in_bulk,
        change_settings,
        change_menu,
        replace_image,
        delete_image,
        upload_document,
        replace_document,
        restrict,
        open_again,
        publish_translation,
        redirect,
        change_site,
        promote,
        publish_as_scheduled,
        unpublish_as_scheduled,
    ],
)
def test_a_change_that_visitors_see_begins_a_generation(site, change):
    begun = generation.read(connection)
    before = change(site) or begun
    assert generation.read(connection) != before


def test_what_is_published_is_seen_and_what_is_unpublished_is_gone(warm, site):
    listing, article = site.index.url, site.article.url
    assert site.article.title in warm.get(listing).text
    publish(site)
    assert "Jauns" in warm.get(listing).text
    assert "Jauns" in warm.get(article).text
    unpublish(site)
    assert "Jauns" not in warm.get(listing).text
    assert warm.get(article).status == 404


def save_draft(site):
    site.article.title = "Melnraksts"
    site.article.save_revision()


def save_english_draft(site):
    site.english.title = "Draft"
    site.english.save_revision()


def schedule(site):
    site.article.go_live_at = timezone.now() + datetime.timedelta(days=1)
    site.article.save_revision().publish()


def lock(site):
    page = site.article
    page.locked, page.locked_at = True, timezone.now()
    page.save(update_fields=["locked", "locked_at"])


def draw(site):
    site.image.get_rendition("fill-20x20")


def search(site):
    Query.get("vasara").add_hit()


@pytest.mark.parametrize("change", [save_draft, save_english_draft, lock, draw, search])
def test_what_visitors_do_not_see_begins_none(site, change):
    before = generation.read(connection)
    change(site)
    assert generation.read(connection) == before


def test_signing_in_begins_none(site, client, person):
    from editorial import roles

    somebody = person(roles.EDITOR)
    client.force_login(somebody)
    client.get("/admin/")  # counts what is left to translate
    commit()
    before = generation.read(connection)
    client.force_login(somebody)
    assert client.get("/admin/").status_code == 200
    assert generation.read(connection) == before


def test_a_transaction_is_noted_once(site):
    for number in range(3):
        site.topic.name = str(number)
        site.topic.save()
    before = Change.objects.count()
    site.partner.save()
    assert Change.objects.count() == before


def test_a_change_that_is_taken_back_is_none(site):
    before = generation.read(connection)
    with transaction.atomic():
        change_topic(site)
        transaction.set_rollback(True)
    assert generation.read(connection) == before
    change_topic(site)  # the note went with the savepoint: this needs another
    assert generation.read(connection) != before


def test_within_a_transaction_that_changed_something_nothing_is_shared(site):
    change_topic(site)
    assert generation.current() is None


def test_rows_are_folded_without_beginning_a_generation(site):
    for number in range(3):
        site.topic.name = str(number)
        site.topic.save()
        commit()
    before = generation.read(connection)
    assert changes.fold() >= 2
    assert Change.objects.count() == 1
    assert generation.read(connection) == before
    assert changes.fold() == 0


def test_the_lists_of_what_visitors_do_not_see_name_what_there_is():
    from django.apps import apps

    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert labels >= changes.UNSEEN_MODELS
    # Of a new app: do visitors see what it keeps? If not, it belongs into UNSEEN_APPS.
    assert {label.partition(".")[0] for label in labels} - changes.UNSEEN_APPS == {
        "home",
        "news",
        "people",
        "search",
        "translation",
        "wagtailcore",
        "wagtaildocs",
        "wagtailimages",
        "wagtailredirects",
        "wagtailsearchpromotions",
    }
    tables = changes.seen_tables()
    assert {"home_homepage", "wagtailcore_page", "news_newstopic", "wagtailcore_site"} <= tables
    assert set(changes.UNSEEN_COLUMNS) <= tables


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_a_change_and_its_note_are_committed_together(home_lv):
    """A statement on its own gets a transaction, so that no kill comes between the two."""
    for change in (
        lambda: make.TopicFactory(),
        lambda: type(home_lv).objects.update(summary="Cits"),
        lambda: Redirect.objects.create(old_path="/sen", redirect_link="/lv/"),
        lambda: Redirect.objects.all().delete(),
        lambda: Redirect.objects.bulk_create([Redirect(old_path="/a", redirect_link="/lv/")]),
    ):
        before = generation.read(connection)
        change()
        assert generation.read(connection) != before
    assert Redirect.objects.filter(old_path="/a").exists()
