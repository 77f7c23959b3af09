"""Pictures say in each language what they show."""

import pytest
from bs4 import BeautifulSoup
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from tests import factories as make
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(home_lv):
    page = make.NewsIndexPageFactory(parent=home_lv)
    translate(page, {})
    return page


@pytest.fixture
def picture():
    return Image.objects.create(
        title="IMG 2041", description="Latvisks apraksts", file=get_test_image_file()
    )


def article(news, picture, alternative="", decorative=False):
    image = {"image": picture, "alt_text": alternative, "decorative": decorative}
    return make.NewsPageFactory(
        parent=news,
        image=picture,
        image_alt=alternative,
        image_is_decorative=decorative,
        body=[("figure", {"image": image, "caption": "", "credit": ""})],
    )


def images(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    tags = html.select(".main-picture img, .picture img")
    return [(tag["alt"], tag.get("role")) for tag in tags]


def test_alternative_texts_are_translated_with_the_page(client, news, picture):
    page = article(news, picture, "Dalībnieki pie pils")
    english = translate(page, {"Dalībnieki pie pils": "Participants at the castle"})
    assert images(client, page) == [("Dalībnieki pie pils", None)] * 2
    assert images(client, english) == [("Participants at the castle", None)] * 2


def test_what_is_decorative_is_so_in_both_languages(client, news, picture):
    page = article(news, picture, decorative=True)
    english = translate(page, {})
    assert images(client, page) == images(client, english) == [("", "presentation")] * 2
    page.image_is_decorative, page.image_alt = False, "Zāle"
    page.save()
    english = translate(page, {"Zāle": "Hall"})
    assert images(client, english)[0] == ("Hall", None)


def test_no_page_borrows_the_description_of_the_image_in_another_language(client, news, picture):
    page = article(news, picture)
    english = translate(page, {})
    assert images(client, page) == images(client, english) == [("", None)] * 2


def test_pictures_that_are_cropped_keep_their_focal_point(client, home_lv, picture):
    """A portrait: the rendition is that of the focal point, not of the middle."""
    picture.focal_point_x, picture.focal_point_y = 600, 60
    picture.focal_point_width, picture.focal_point_height = 40, 40
    picture.save()
    board = make.BoardPageFactory(parent=make.ContentPageFactory(parent=home_lv))
    person = make.PersonPageFactory(parent=board, portrait=picture)
    assert client.get(person.url).status_code == 200
    keys = set(
        picture.renditions.filter(filter_spec__startswith="fill-").values_list(
            "focal_point_key", flat=True
        )
    )
    assert keys == {picture.get_rendition("fill-640x640|format-webp").focal_point_key}
    assert keys != {""}
