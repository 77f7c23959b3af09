"""What social networks and search engines show of a page, icons and the web manifest."""

import datetime
import io
import json

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from wagtail_factories import ImageFactory

from home.models import SiteSettings
from tests.factories import (
    ContentPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)
from tests.translating import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home_lv):
    return NewsIndexPageFactory(parent=home_lv, title="Aktualitātes", slug="aktualitates")


@pytest.fixture
def settings_of_site(home_lv):
    return SiteSettings.objects.get_or_create(site_id=home_lv.get_site().pk)[0]


def head(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser").head


def tags(client, url) -> dict[str, list[str]]:
    """Return the contents of the tags of Open Graph and of `meta name=…`."""
    found = {}
    for tag in head(client, url).find_all("meta", content=True):
        found.setdefault(tag.get("property") or tag.get("name"), []).append(tag["content"])
    return found


def test_an_article_is_shared_with_its_picture_times_and_topics(client, index):
    page = NewsPageFactory(
        parent=index,
        date=datetime.date(2022, 11, 16),
        topics=[TopicFactory(name="Ceļi"), TopicFactory(name="Dati")],
        image=ImageFactory(file__width=1600, file__height=900),
        image_alt="Tilts",
    )
    found = tags(client, page.url)
    assert found["og:type"] == ["article"]
    assert found["og:image:alt"] == ["Tilts"]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
    assert found["article:published_time"] == ["2022-11-16T00:00:00+02:00"]
    assert found["article:section"] == ["Ceļi"]
    assert found["article:tag"] == ["Ceļi", "Dati"]
    assert found["twitter:card"] == ["summary_large_image"]


def test_the_point_of_interest_of_a_picture_stays_in_sight(client, index):
    image = ImageFactory(file__width=1300, file__height=2600)
    image.focal_point_x, image.focal_point_y = 650, 2500
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    page = NewsPageFactory(parent=index, image=image)
    tags(client, page.url)
    (rendition,) = image.renditions.filter(filter_spec__startswith="fill-1200x630")
    assert rendition.focal_point_key


@pytest.mark.parametrize("size", [None, (300, 200)])
def test_without_a_picture_or_with_a_tiny_one_the_pattern_is_shared(client, index, size):
    image = size and ImageFactory(file__width=size[0], file__height=size[1])
    page = NewsPageFactory(parent=index, image=image)
    (url,) = tags(client, page.url)["og:image"]
    picture = Image.open(io.BytesIO(client.get(url).content))
    assert picture.size == (1200, 630)


def test_a_page_names_its_language_and_those_of_its_translations(client, home_lv):
    page = ContentPageFactory(parent=home_lv, title="Par mums", slug="par-mums")
    assert tags(client, page.url)["og:locale"] == ["lv_LV"]
    assert "og:locale:alternate" not in tags(client, page.url)
    english = translate(page, {"par-mums": "about"})
    assert tags(client, page.url)["og:locale:alternate"] == ["en_GB"]
    assert tags(client, english.url)["og:locale"] == ["en_GB"]


def test_a_description_is_written_chosen_or_taken_from_the_text_and_never_too_long(client, home_lv):
    page = ContentPageFactory(parent=home_lv, body=[("text", "<p>Pirmais &amp; otrais.</p>")])
    assert tags(client, page.url)["description"] == ["Pirmais & otrais."]
    page.lead = "Garš ievads. " * 40
    page.save()
    (text,) = tags(client, page.url)["description"]
    assert text.startswith("Garš ievads.")
    assert len(text) <= 200
    page.summary = "Kopsavilkums."
    page.save()
    assert tags(client, page.url)["description"] == ["Kopsavilkums."]
    page.search_description = "Meklētājiem."
    page.save()
    assert tags(client, page.url)["description"] == tags(client, page.url)["og:description"]
    assert tags(client, page.url)["description"] == ["Meklētājiem."]


# Icons and the manifest


def picture(client, url, kind="PNG"):
    response = client.get(url)
    assert response.status_code == 200
    image = Image.open(io.BytesIO(response.content))
    assert image.format == kind
    return image


def test_the_manifest_speaks_the_language_of_the_page(client, home_lv, home_en, texts):
    for home, language in ((home_lv, "lv"), (home_en, "en")):
        link = head(client, home.url).find("link", rel="manifest")
        response = client.get(link["href"])
        assert response.headers["Content-Type"] == "application/manifest+json"
        manifest = json.loads(response.content)
        assert manifest["lang"] == language
        assert manifest["start_url"] == home.url
        for icon in manifest["icons"]:
            size = int(icon["sizes"].partition("x")[0])
            assert picture(client, icon["src"]).size == (size, size)
        assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
        if language == "lv":
            assert manifest["short_name"] == texts.short_name
            assert manifest["name"] == texts.name


def test_the_icon_is_the_woven_mark_in_the_colour_of_the_settings(client, settings_of_site):
    middle = picture(client, "/icon-192.png").convert("RGBA").getpixel((96, 80))
    assert middle == (0x9D, 0x22, 0x35, 255)
    settings_of_site.accent_light = "#005500"
    settings_of_site.save()
    assert picture(client, "/icon-192.png").convert("RGBA").getpixel((96, 80)) == (0, 0x55, 0, 255)


def test_an_uploaded_mark_is_the_icon(client, home_lv, settings_of_site):
    settings_of_site.mark = ImageFactory(file__width=400, file__height=400, file__color="green")
    settings_of_site.save()
    red, green, blue = picture(client, "/icon-512.png").convert("RGB").getpixel((256, 256))
    assert green > 100 > red + blue
    icon = head(client, home_lv.url).find("link", rel="icon")
    assert picture(client, icon["href"]).size == (192, 192)


def test_a_maskable_icon_fills_its_square_and_keeps_the_mark_within_the_circle(client, db):
    image = picture(client, "/icon-maskable-512.png").convert("RGB")
    ground = image.getpixel((0, 0))
    marked = [(x, y) for x in range(512) for y in range(512) if image.getpixel((x, y)) != ground]
    farthest = max(((x - 255.5) ** 2 + (y - 255.5) ** 2) ** 0.5 for x, y in marked)
    assert 150 < farthest <= 0.4 * 512


def test_browsers_and_phones_find_the_icons_where_they_look(client, db):
    assert (16, 16) in picture(client, "/favicon.ico", "ICO").info["sizes"]
    touch = picture(client, "/apple-touch-icon.png")
    assert touch.size == (180, 180)
    assert touch.convert("RGBA").getpixel((0, 0))[3] == 255
    assert client.get("/icon-7.png").status_code == 404
