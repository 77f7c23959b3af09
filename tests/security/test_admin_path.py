"""The admin may stand at another address, and nothing then spells the usual one."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.viewsets import viewsets

from accounts.checks import check_admin_path
from config import urls
from tests.factories import ContentPageFactory

MENUS = (admin_menu, settings_menu, reports_menu, help_menu)


@pytest.fixture
def elsewhere(settings, monkeypatch):
    """The site's addresses as a process has them that was started with another ADMIN_PATH."""
    settings.ADMIN_PATH = "redakcija/darbs/"
    spec = importlib.util.spec_from_file_location("urls_elsewhere", urls.__file__)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "urls_elsewhere", module)
    spec.loader.exec_module(module)
    settings.ROOT_URLCONF = "urls_elsewhere"
    forget_addresses()
    yield "/redakcija/darbs/"
    forget_addresses()


def forget_addresses():
    """Let Wagtail make anew what a process remembers together with its addresses."""
    for menu in MENUS:
        menu.__dict__.pop("registered_menu_items", None)
    for viewset in viewsets.viewsets:
        viewset.__dict__.pop("menu_url", None)
    admin_search_areas.__dict__.pop("registered_search_areas", None)


@pytest.mark.django_db
def test_everything_is_there_and_nothing_here(client, admin_user, elsewhere, home_lv, settings):
    page = ContentPageFactory(parent=home_lv)
    assert reverse("wagtailadmin_home") == elsewhere
    assert client.get(elsewhere).url.startswith(f"{elsewhere}login/")
    assert f"Disallow: {elsewhere}" in client.get("/robots.txt").content.decode()
    client.force_login(admin_user)
    assert client.get("/admin/", follow=True).status_code == 404
    for name, *arguments in (
        ("wagtailadmin_home",),
        ("wagtailadmin_explore", home_lv.pk),
        ("wagtailadmin_pages:edit", page.pk),
        ("wagtailadmin_account",),
        ("accounts:own",),
        ("wagtailadmin_reports:site_history",),
        ("wagtailimages:index",),
        ("wagtailusers_users:index",),
    ):
        response = client.get(reverse(name, args=arguments))
        assert response.status_code == 200, name
        assert re.findall(r"[\"'=(]/admin/[^\"']*", response.content.decode()) == [], name
        assert "'unsafe-inline'" in response["Content-Security-Policy"], name
    assert client.get(reverse("wagtailadmin_javascript_catalog")).status_code == 200
    public = client.get(page.url).content.decode()
    public = public.replace("/static/css/admin/", "")
    assert "/admin/" not in public and elsewhere in public  # the bar of who is signed in
    settings.SECOND_FACTOR = True
    assert client.get(elsewhere).url.startswith(f"{elsewhere}second-factor/")


@pytest.mark.once
def test_no_script_or_style_spells_it():
    folder = Path(django_settings.SITE_DIR) / "static"
    sources = [*folder.rglob("*.js"), *folder.rglob("*.css")]
    assert len(sources) > 10
    assert [path.name for path in sources if re.search(r"[\"'`(]/admin/", path.read_text())] == []


@pytest.mark.once
@pytest.mark.parametrize(
    "path", ["", "/", "admin", "/admin/", "lv/", "en/x/", "api/v2/", "a b/", "../"]
)
def test_an_address_that_can_not_be_stops_the_start(settings, path):
    settings.ADMIN_PATH = path
    (error,) = check_admin_path(None)
    assert error.is_serious() and "ADMIN_PATH" in error.msg


@pytest.mark.once
def test_a_good_address_is_taken(settings):
    for settings.ADMIN_PATH in ("admin/", "redakcija/", "a-1/b_2/"):
        assert check_admin_path(None) == []
