"""A small site in both languages, with something private of every kind."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import RichText

from home.models import HomePage
from news.models import InsightTopic, NewsAttachment
from tests import factories as make
from tests.translating import translate

SECRET = "noslēpums"


def document(title, **fields):
    file = ContentFile(b"...", name="fails.txt")
    return get_document_model().objects.create(title=title, file=file, **fields)


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """Public things of every kind; whatever is private has SECRET in all its texts.

    Made once a module, in a transaction around those of its tests: do not change the objects.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        translation.activate("lv")
        yield make_content(HomePage.objects.get(locale__language_code="lv"))
        transaction.set_rollback(True)


def make_content(home_lv):
    made = SimpleNamespace(home=home_lv)
    made.topic = make.TopicFactory(name="Dati", slug="dati")
    make.TopicFactory(name=SECRET, slug=SECRET)  # of nothing public
    made.library = make.InsightLibraryPageFactory(parent=home_lv, slug="atzinas")
    made.conference = make.ConferencePageFactory(
        parent=made.library, title="Prāgas konference", slug="praga", insights=["Viena", "Otra"]
    )
    for insight in made.conference.insights.all():
        InsightTopic.objects.create(insight=insight, topic=made.topic)
    make.ConferencePageFactory(
        parent=made.library, live=False, title=SECRET, theme=SECRET, insights=[SECRET]
    )
    made.index = make.NewsIndexPageFactory(parent=home_lv, title="Aktualitātes", slug="zinas")
    made.article = make.NewsPageFactory(
        parent=made.index,
        title="Publisks raksts",
        topics=[made.topic],
        conference=made.conference,
        date=datetime.date(2022, 11, 16),
        review_by=datetime.date(2030, 1, 2),
        body=[("text", RichText(f'<p><a linktype="page" id="{made.library.pk}">Saite</a></p>'))],
    )
    made.document = document("Publisks dokuments")
    NewsAttachment.objects.create(page=made.article, document=made.document)
    hidden = make.NewsPageFactory(parent=made.index, live=False, title=SECRET, lead=SECRET)
    NewsAttachment.objects.create(page=hidden, document=document(f"{SECRET} melnrakstā"))
    collection = Collection.get_first_root_node().add_child(name=SECRET)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    closed = document(f"{SECRET} kolekcijā", collection=collection)
    NewsAttachment.objects.create(page=made.article, document=closed)
    document(f"{SECRET} nekur")
    private = make.ContentPageFactory(parent=home_lv, title=SECRET, slug="slegta")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    below = make.ContentPageFactory(parent=private, title=f"{SECRET} zem slēgtas", lead=SECRET)
    board_of_private = make.BoardPageFactory(parent=below, title=SECRET)
    make.PersonPageFactory(parent=board_of_private, title=SECRET, email=f"{'s'}@secret.example")
    about = make.ContentPageFactory(parent=home_lv, title="Par mums", lead="Kas mēs esam")
    board = make.BoardPageFactory(parent=about)
    made.person = make.PersonPageFactory(
        parent=board, title="Anna Ozola", email="anna@example.org", phone="67000000"
    )
    made.term = make.TermFactory(person=made.person)
    make.FormPageFactory(parent=about, to_address="secret@secret.example", subject=SECRET)
    translate(home_lv, {})
    translate(made.topic, {"Dati": "Data"})
    made.english_library = translate(made.library, {})
    made.english = translate(made.conference, {"Viena": "One", "Otra": "Another"})
    translate(made.index, {})
    translate(made.article, {"Publisks raksts": SECRET}).unpublish()
    return made
