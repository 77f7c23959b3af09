"""Pictures in a browser: the right file, in a place that was kept for it."""

import io

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Locale

from home.models import HomePage
from news.models import NewsIndexPage
from people.models import BoardPage, Term
from tests import factories as make

pytestmark = pytest.mark.once

WIDTHS = (390, 700, 850, 1000, 1280, 1700)

# A font that takes the place of its stand-in moves letters by a pixel or two; a picture for which
# no room is kept moves a hundred times as much.
LETTERS_SHIFT = 0.005
# What the browser took `sizes` to be is the width that it gives the picture before any style.
PLACES = "figure, .front-picture, .video-start, .seat, .person-picture"
PICTURES = f"""
    Array.from(document.querySelectorAll("main picture:has(source[sizes]) img"), (img) => ({{
        place: img.closest("{PLACES}").className,
        shown: img.getBoundingClientRect().width,
        expected: img.naturalWidth,
        source: img.currentSrc,
        measured: img.hasAttribute("width") && img.hasAttribute("height"),
    }}))
"""
SHIFTS = """
    () => new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
    })
"""


@pytest.fixture
def paths(db):
    """Pages with a picture in every place; removed afterwards."""
    output = io.BytesIO()
    PillowImage.effect_mandelbrot((2600, 1700), (-2, -1, 1, 1), 60).save(output, "JPEG")
    file = ContentFile(output.getvalue(), name="liels.jpg")
    image = get_image_model().objects.create(title="Liels", file=file)
    locale = Locale.objects.get(language_code="lv")
    figure = {"image": {"image": image, "alt_text": "Tilts", "decorative": False}}
    article = make.NewsPageFactory(
        parent=NewsIndexPage.objects.get(locale=locale),
        title="Attēli",
        date=timezone.localdate(),
        image=image,
        body=[("text", "<p>Teksts.</p>"), ("figure", figure | {"caption": "", "credit": ""})],
    )
    board = BoardPage.objects.get(locale=locale)
    person = Term.objects.filter(person__locale=locale, ends_on=None).first().person
    person.portrait = image
    person.save()
    home = HomePage.objects.get(locale=locale)
    meetings = home.url + "sanaksmes/"
    yield [article.url, home.url, board.url, person.url, meetings, meetings + "2022-09-15/"]
    person.portrait = None
    person.save()
    article.delete()
    image.delete()


def test_every_picture_is_as_wide_as_it_promises_and_keeps_its_place(page, site, paths):
    seen, wrong = set(), []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            page.goto(site + path)
            shifted = page.evaluate(SHIFTS)
            page.evaluate("document.querySelectorAll('img').forEach((i) => (i.loading = 'eager'))")
            page.wait_for_function("() => [...document.images].every((image) => image.complete)")
            for img in page.evaluate(PICTURES):
                seen.add(img["place"])
                tolerance = 0.3 if "seat" in img["place"] else 0.05
                honest = abs(img["shown"] / img["expected"] - 1) <= tolerance
                if not (honest and img["measured"] and img["source"].endswith(".avif")):
                    wrong.append((width, path, img))
            if shifted > LETTERS_SHIFT:
                wrong.append((width, path, shifted))
    assert wrong == []
    assert len(seen) == 6, seen


def test_the_largest_picture_is_asked_for_at_once_and_those_below_when_they_are_near(
    page, site, paths
):
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto(site + paths[0], wait_until="networkidle")
    images = page.locator("main picture img")
    assert images.first.get_attribute("fetchpriority") == "high"
    assert [images.nth(n).get_attribute("loading") for n in range(images.count())] == [None, "lazy"]
