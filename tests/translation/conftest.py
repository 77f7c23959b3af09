"""Translations under way, and what the memory knows from elsewhere."""

import pytest
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from tests.factories import ContentPageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.translating import translate
from tests.translation.services import DeepL, LibreTranslate, Service, configure

TEXTS = {"Ziņa": "Item", "zina": "item", "Kas notika": "What happened"}


@pytest.fixture
def english(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def latvian(db):
    return Locale.objects.get(language_code="lv")


@pytest.fixture
def under_way(home_lv, english):
    """Make a page with a translation under way: ``under_way(title="Valde", …)``."""

    def make(parent=None, **values):
        page = ContentPageFactory(parent=parent or home_lv, **values)
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target(publish=False)
        return translation

    return make


@pytest.fixture
def unit():
    """The text unit of a translation at a path: ``unit(translation, "title")``."""

    def find(translation, path="title", **lookup):
        units = StringSegment.objects.select_related("string", "context")
        return units.get(source=translation.source, context__path=path, **lookup)

    return find


@pytest.fixture
def remember(english, latvian, under_way):
    """Put a translation into the memory, made on another page: ``remember("Valde", "Board")``."""
    elsewhere = []

    def put(text, translated, path="title", by_machine=False, html=False, **values):
        if not elsewhere:
            elsewhere.append(under_way(title="Kāda cita lapa").source.object)
        value = StringValue(text) if html else StringValue.from_plaintext(text)
        context, _created = TranslationContext.objects.get_or_create(object=elsewhere[0], path=path)
        kinds = StringTranslation
        kind = kinds.TRANSLATION_TYPE_MACHINE if by_machine else kinds.TRANSLATION_TYPE_MANUAL
        return StringTranslation.objects.create(
            translation_of=String.from_value(latvian, value),
            locale=english,
            context=context,
            data=translated,
            translation_type=kind,
            **values,
        )

    return put


@pytest.fixture(params=[DeepL, LibreTranslate])
def service(request, settings):
    """Each machine translation service in turn, as the site's."""
    service = Service(request.param)
    configure(settings, service)
    yield service
    service.stop()


@pytest.fixture
def english_interface(monkeypatch):
    """Everybody's admin speaks English, so that tests can read its sentences."""
    monkeypatch.setattr(UserProfile, "get_preferred_language", lambda profile: "en")


@pytest.fixture
def news(home_lv):
    """A Latvian list of news and its English translation, both live."""
    page = NewsIndexPageFactory(parent=home_lv, title="Aktualitātes", slug="aktualitates")
    translate(page, {"Aktualitātes": "News", "aktualitates": "news"})
    return page


@pytest.fixture
def pair(news):
    """A Latvian article and its English translation, both live."""
    page = NewsPageFactory(parent=news, title="Ziņa", slug="zina", lead="Kas notika")
    page.save_revision().publish()
    translate(page, TEXTS)
    return page
