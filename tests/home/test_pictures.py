"""Pictures as visitors get them: formats, widths, crops, and files that are not as they should."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as PillowImage
from PIL import ImageDraw
from wagtail.images import get_image_model

from home.models import SiteSettings
from home.pictures import PLACES, picture
from tests import factories as make

pytestmark = pytest.mark.django_db

Image = get_image_model()


def stored(content: bytes, name: str, **fields):
    return Image.objects.create(title=name, file=ContentFile(content, name=name), **fields)


def drawn(width, height, name="foto.jpg", mode="RGB", **options):
    """Return an image with a red left half and a blue right half."""
    image = PillowImage.new(mode, (width, height), "blue" if mode == "RGB" else None)
    if mode == "RGB":
        ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="red")
    output = io.BytesIO()
    image.save(output, {"jpg": "JPEG"}.get(name[-3:], name[-3:].upper()), **options)
    return stored(output.getvalue(), name)


def parse(html):
    return BeautifulSoup(str(html), "html.parser")


def widths(srcset):
    return [int(candidate.split()[1][:-1]) for candidate in srcset.split(", ")]


def test_a_photograph_is_offered_as_avif_and_webp_and_once_as_jpeg():
    html = parse(picture(drawn(2400, 1600), "figure", "Zāle"))
    assert [source["type"] for source in html.select("source")] == ["image/avif", "image/webp"]
    assert [widths(source["srcset"]) for source in html.select("source")] == [[480, 800, 1280]] * 2
    img = html.img
    assert (img["width"], img["height"]) == ("1280", "853")
    assert img["src"].endswith(".jpg") and img["srcset"] == f"{img['src']} 800w"
    assert (img["loading"], img["decoding"], img["alt"]) == ("lazy", "async", "Zāle")
    assert all(source["sizes"] == PLACES["figure"].sizes for source in html.select("source"))


def test_the_largest_picture_at_the_top_is_loaded_first():
    img = parse(picture(drawn(1000, 700), "article", priority=True)).img
    assert img["fetchpriority"] == "high"
    assert "loading" not in img.attrs


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(2, 2), (90, 60), (700, 500), (60, 2400), (2400, 60)])
def test_nothing_is_drawn_larger_than_its_original_nor_twice_in_one_width(place, size):
    html = parse(picture(drawn(*size), place))
    assert int(html.img["width"]) <= size[0] and int(html.img["height"]) <= size[1]
    for source in html.select("source"):
        if " " in source["srcset"]:
            found = widths(source["srcset"])
            assert found == sorted(set(found)) and found[-1] <= size[0]


def test_what_is_higher_than_wide_stays_whole_in_an_article_and_is_cut_elsewhere():
    tall = drawn(600, 1800)
    whole, cut = parse(picture(tall, "article")).img, parse(picture(tall, "front")).img
    assert round(int(whole["height"]) / int(whole["width"]), 1) == 3
    assert round(int(cut["width"]) / int(cut["height"]), 1) == 1.8


@pytest.mark.parametrize("place", [name for name in PLACES if PLACES[name].ratio])
def test_every_crop_keeps_the_focal_point(place):
    image = drawn(3000, 400)
    image.focal_point_x, image.focal_point_y = 2900, 200
    image.focal_point_width = image.focal_point_height = 50
    image.save()
    picture(image, place)
    for rendition in image.renditions.all():
        with PillowImage.open(rendition.file) as cut:
            red, _green, blue = cut.convert("RGB").getpixel((cut.width // 2, cut.height // 2))
        assert blue > 200 > 50 > red, rendition.filter_spec


def test_transparency_is_kept_in_all_formats():
    logo = drawn(300, 100, "logo.png", mode="RGBA")
    picture(logo, "logo")
    formats = set()
    for rendition in logo.renditions.all():
        with PillowImage.open(rendition.file) as drawing:
            formats.add(drawing.format)
            assert drawing.convert("RGBA").getpixel((5, 5))[3] == 0
    assert formats == {"AVIF", "WEBP", "PNG"}


def test_an_animation_stands_still():
    frames = [PillowImage.new("P", (400, 300), number) for number in range(3)]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:], duration=100)
    image = stored(output.getvalue(), "kustas.gif")
    assert parse(picture(image, "figure")).img["width"] == "400"
    for rendition in image.renditions.all():
        with PillowImage.open(rendition.file) as drawing:
            assert getattr(drawing, "n_frames", 1) == 1


def test_the_colours_of_print_become_those_of_screens():
    image = drawn(900, 600, "druka.jpg", mode="CMYK")
    assert parse(picture(image, "figure")).select("source")


def broken_jpeg():
    image = drawn(800, 600)
    with image.file.open("rb") as file:
        content = file.read()
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(content[: len(content) // 3]))
    return image


def missing_file():
    image = drawn(800, 600)
    image.file.storage.delete(image.file.name)
    return image


def no_image():
    image = drawn(800, 600)
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(b"<svg onload='alert(1)'/>"))
    return image


@pytest.mark.parametrize("damaged", [broken_jpeg, missing_file, no_image])
def test_a_page_stands_without_a_picture_that_cannot_be_drawn(client, home_lv, damaged):
    image = damaged()
    figure = {"image": {"image": image, "alt_text": "Tilts", "decorative": False}}
    index = make.NewsIndexPageFactory(parent=home_lv)
    article = make.NewsPageFactory(
        parent=index,
        image=image,
        body=[("figure", figure | {"caption": "Tilts pār Gauju", "credit": ""})],
    )
    board = make.BoardPageFactory(parent=make.ContentPageFactory(parent=home_lv))
    person = make.PersonPageFactory(parent=board, portrait=image)
    html = parse(client.get(article.url).content.decode())
    assert not html.select("main img")
    assert html.select_one(".main-band")  # the woven band, as of an article without a picture
    assert html.select_one(".picture figcaption").text.strip() == "Tilts pār Gauju"
    assert html.select_one(".picture .missing").text == "Tilts"
    assert parse(client.get(person.url).content.decode()).select_one(".monogram")
    assert parse(client.get(home_lv.url).content.decode()).select_one(".front-picture .cover")


def test_many_pictures_cost_as_many_queries_as_two(client, home_lv):
    index = make.NewsIndexPageFactory(parent=home_lv)

    def article(count):
        def figure():
            image = {"image": drawn(600, 400), "alt_text": "x", "decorative": False}
            return ("figure", {"image": image, "caption": "", "credit": ""})

        page = make.NewsPageFactory(
            parent=index, image=drawn(600, 400), body=[figure() for _ in range(count)]
        )
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        return len(queries)

    assert article(4) == article(1)


def renditions(image):
    return set(image.renditions.values_list("filter_spec", flat=True))


def test_pictures_are_drawn_when_their_page_is_published(
    home_lv, client, django_capture_on_commit_callbacks
):
    main, shown = drawn(1000, 700), drawn(900, 600)
    figure = {"image": {"image": shown, "alt_text": "x", "decorative": False}}
    article = make.NewsPageFactory(
        parent=make.NewsIndexPageFactory(parent=home_lv),
        image=main,
        body=[("figure", figure | {"caption": "", "credit": ""})],
    )
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    before = renditions(main), renditions(shown)
    assert all(before)
    client.get(article.url)
    client.get(home_lv.url)
    assert (renditions(main), renditions(shown)) == before


def test_a_new_focal_point_draws_the_picture_anew_where_it_is_shown(
    home_lv, django_capture_on_commit_callbacks
):
    portrait = drawn(900, 600)
    board = make.BoardPageFactory(parent=make.ContentPageFactory(parent=home_lv))
    with django_capture_on_commit_callbacks(execute=True):
        make.PersonPageFactory(parent=board, portrait=portrait).save_revision().publish()
    keys = set(portrait.renditions.values_list("focal_point_key", flat=True))
    portrait.focal_point_x = portrait.focal_point_y = 100
    portrait.focal_point_width = portrait.focal_point_height = 50
    with django_capture_on_commit_callbacks(execute=True):
        portrait.save()
    assert len(set(portrait.renditions.values_list("focal_point_key", flat=True)) - keys) == 1


def test_the_command_draws_what_is_missing_everywhere(home_lv):
    logo, mark, thumbnail = drawn(300, 100), drawn(200, 200), drawn(480, 360)
    shared = drawn(1300, 700)
    make.ContentPageFactory(parent=home_lv, share_image=shared)
    make.PartnerFactory(logo=logo)
    SiteSettings.objects.update_or_create(site=home_lv.get_site(), defaults={"mark": mark})
    make.MeetingPageFactory(parent=make.MeetingsPageFactory(parent=home_lv), thumbnail=thumbnail)
    call_command("draw_pictures")
    assert all(renditions(image) for image in (logo, mark, thumbnail, shared))


def test_the_mark_of_the_site_is_never_cut(client, home_lv):
    mark = drawn(400, 100)
    SiteSettings.objects.update_or_create(site=home_lv.get_site(), defaults={"mark": mark})
    img = parse(client.get(home_lv.url).content.decode()).select_one(".brand img")
    assert int(img["width"]) == 4 * int(img["height"])
