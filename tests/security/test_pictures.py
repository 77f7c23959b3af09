"""Of a picture only the picture is kept: no place, no owner, no second file behind it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageChops, ImageStat
from PIL.ImageCms import ImageCmsProfile, createProfile
from wagtail.images import get_image_model

from home.reencoding import written_anew

pytestmark = pytest.mark.django_db
HIDDEN = b"<?php system('id')"
GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112
SRGB = ImageCmsProfile(createProfile("sRGB")).tobytes()


def photograph(kind, orientation=1, size=(64, 48)):
    """A photograph as telephones write it, with something hidden behind it."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Ilzes telefons", orientation
    exif.get_ifd(GPS).update({1: "N", 2: (56.0, 57.0, 0.0), 3: "E", 4: (24.0, 6.0, 0.0)})
    picture, buffer = Image.linear_gradient("L").resize(size).convert("RGB"), io.BytesIO()
    more = {} if kind == "PNG" else {"xmp": b"<x:xmpmeta>Ilzes telefons</x:xmpmeta>"}
    picture.save(buffer, kind, exif=exif, icc_profile=SRGB, **more)
    return buffer.getvalue() + HIDDEN


def upload(client, content, name):
    response = client.post(
        reverse("wagtailimages:add"),
        {"title": "Attēls", "file": SimpleUploadedFile(name, content), "collection": 1},
    )
    assert response.status_code == 302, response.context["form"].errors
    return get_image_model().objects.latest("pk")


def bytes_of(file):
    with file.open("rb") as opened:
        return opened.read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_neither_the_original_nor_what_visitors_get_says_where_it_was_taken(chief_client, kind):
    raw = photograph(kind)
    assert b"Ilzes telefons" in raw
    image = upload(chief_client, raw, f"a.{kind.lower()}")
    drawn = [image.get_rendition(f"width-32|format-{to}") for to in ("jpeg", "png", "webp", "avif")]
    for file in (image.file, *(rendition.file for rendition in drawn)):
        content = bytes_of(file)
        assert b"Ilzes telefons" not in content and HIDDEN not in content, file.name
        with Image.open(io.BytesIO(content)) as picture:
            assert not picture.getexif(), file.name


def test_of_two_pictures_in_one_file_the_first_is_kept_without_where_it_was_taken(chief_client):
    """As cameras write them (CIPA DC-007): a JPEG with a second one behind."""
    first, second = (
        Image.open(io.BytesIO(photograph("JPEG", orientation=6, size=size)))
        for size in ((64, 48), (32, 24))
    )
    buffer = io.BytesIO()
    first.save(buffer, "MPO", save_all=True, append_images=[second], exif=first.getexif())
    assert b"Ilzes telefons" in buffer.getvalue()
    image = upload(chief_client, buffer.getvalue(), "a.jpg")
    assert b"Ilzes telefons" not in bytes_of(image.file)
    assert (image.width, image.height) == (48, 64)
    with Image.open(io.BytesIO(bytes_of(image.file))) as picture:
        assert picture.format == "JPEG" and not picture.getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_stands_the_right_way_up(kind):
    file = SimpleUploadedFile(f"a.{kind.lower()}", photograph(kind, orientation=6))
    with Image.open(written_anew(file)) as picture:
        assert picture.size == (48, 64)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_pixels_and_colours_stay(kind):
    raw = photograph(kind)
    before = Image.open(io.BytesIO(raw))
    after = Image.open(written_anew(SimpleUploadedFile("a", raw)))
    difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 1
    assert after.info["icc_profile"] == SRGB


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_kept(mode):
    for kind in ("PNG", "JPEG"):
        buffer = io.BytesIO()
        try:
            Image.new(mode, (9, 9)).save(buffer, kind)
        except OSError:  # this format has no such colours
            continue
        before = Image.open(io.BytesIO(buffer.getvalue()))
        after = Image.open(written_anew(SimpleUploadedFile("a", buffer.getvalue())))
        after.load()
        assert (after.mode, after.size) == (before.mode, before.size)


def test_a_picture_that_breaks_off_is_refused_with_a_sentence(chief_client):
    buffer = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(buffer, "PNG")
    response = chief_client.post(
        reverse("wagtailimages:add"),
        {
            "title": "A",
            "file": SimpleUploadedFile("a.png", buffer.getvalue()[:20_000]),
            "collection": 1,
        },
    )
    assert response.status_code == 200 and response.context["form"].errors["file"]
    assert not get_image_model().objects.exists()
