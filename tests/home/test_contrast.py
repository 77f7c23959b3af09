"""Accent colours that editors choose stay readable."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Site

from editorial import roles
from home.contrast import DARK_GROUNDS, LIGHT_GROUNDS, contrast
from home.models import SiteSettings

pytestmark = pytest.mark.once


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#9D2235", "#9D2235") == 1


def test_the_grounds_are_those_of_the_style_sheet():
    css = (Path(settings.SITE_DIR) / "static" / "css" / "base.css").read_text()
    pairs = re.findall(r"--(?:paper|raised): light-dark\((#\w+), (#\w+)\)", css)
    light, dark = zip(*pairs, strict=True)
    assert light == LIGHT_GROUNDS
    assert dark == DARK_GROUNDS


@pytest.mark.parametrize(
    ("field", "colour"), [("accent_light", "#D98A94"), ("accent_dark", "#9D2235")]
)
def test_a_colour_that_cannot_be_read_is_refused(field, colour):
    with pytest.raises(ValidationError) as refused:
        SiteSettings(**{field: colour}).clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("colour", ["", "#9D2235", "no colour"])
def test_clean_lets_other_colours_pass(colour):
    SiteSettings(accent_light=colour).clean()


@pytest.mark.django_db
def test_editors_are_told_in_a_sentence_and_nothing_is_stored(client, person, home_lv):
    client.force_login(person(roles.ADMINISTRATOR))
    address = reverse(
        "wagtailsettings:edit",
        args=["home", "sitesettings", Site.objects.get(is_default_site=True).pk],
    )
    data = {"accent_light": "#FFCC00", "accent_dark": "", "social_links-count": "0"}
    page = client.post(address, data)
    assert "1,3 : 1" in page.content.decode()
    assert not SiteSettings.objects.filter(accent_light="#FFCC00").exists()
    client.post(address, data | {"accent_light": "#00528A"})
    assert SiteSettings.objects.filter(accent_light="#00528A").exists()
