"""What every answer carries for the browser; tests/browser/test_policies.py sees what it does."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.documents import get_document_model

from tests.factories import (
    MeetingPageFactory,
    MeetingsPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = pytest.mark.django_db

WATCH = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com"


def policy(response):
    """Return the Content-Security-Policy of an answer: what each directive allows."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.fixture
def news(home_lv):
    return NewsIndexPageFactory(parent=home_lv, title="Aktualitātes")


@pytest.fixture
def document():
    document = get_document_model()(title="Nolikums")
    document.file.save("nolikums.pdf", ContentFile(b"%PDF-1.7\n%%EOF"))
    return document


def test_the_public_site_allows_its_own_files_and_nothing_within_the_page(client, news):
    for path in (news.url, "/lv/meklet/", "/lv/nav/", "/robots.txt"):
        allowed = policy(client.get(path))
        assert allowed["default-src"] == ["'none'"]
        assert allowed["script-src"] == allowed["style-src"] == ["'self'"]
        assert allowed["base-uri"] == allowed["object-src"] == ["'none'"]
        assert allowed["frame-ancestors"] == ["'none'"]
        assert allowed["form-action"] == ["'self'"]
        assert allowed["require-trusted-types-for"] == ["'script'"]
        assert "unsafe" not in str(allowed)


def test_only_a_page_with_a_recording_may_load_the_player(client, home_lv, news):
    meetings = MeetingsPageFactory(parent=home_lv)
    with_recording = MeetingPageFactory(parent=meetings, recording=WATCH)
    without = MeetingPageFactory(parent=meetings)
    article = NewsPageFactory(parent=news, body=[("video", {"url": WATCH, "title": "Ieraksts"})])
    for page in (with_recording, article, meetings):
        assert policy(client.get(page.url))["frame-src"] == [PLAYER]
    for page in (without, news):
        assert "frame-src" not in policy(client.get(page.url))


def test_an_editor_sees_pages_with_the_bar_and_only_the_preview_may_be_framed(
    editor_client, client, news
):
    article = NewsPageFactory(parent=news)
    seen = policy(editor_client.get(article.url))
    assert "require-trusted-types-for" not in seen  # the bar writes HTML
    assert seen["script-src"] == ["'self'"]
    preview = editor_client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert policy(preview)["frame-ancestors"] == ["'self'"]
    assert policy(preview)["script-src"] == ["'self'"]


def test_the_admin_makes_no_code_out_of_text_and_is_framed_by_nobody_else(client):
    allowed = policy(client.get(reverse("wagtailadmin_login")))
    assert allowed["default-src"] == ["'none'"]
    assert "'unsafe-eval'" not in allowed["script-src"]
    assert "'unsafe-inline'" not in allowed["script-src-attr"]
    assert allowed["frame-ancestors"] == allowed["frame-src"] == ["'self'"]


def test_requests_are_upgraded_only_where_there_is_tls(client, news):
    assert "upgrade-insecure-requests" not in policy(client.get(news.url))
    assert "upgrade-insecure-requests" in policy(client.get(news.url, secure=True))


def test_a_document_is_saved_and_can_do_nothing_if_it_is_shown(client, document):
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith('attachment; filename="nolikums')
    assert policy(response)["default-src"] == ["'none'"]
    assert policy(response)["sandbox"] == []
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_all_answers_carry_the_other_headers(client, news, document):
    for path in (news.url, "/lv/nav/", "/theme.css", document.url, reverse("wagtailadmin_login")):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        permissions = headers["Permissions-Policy"].split(", ")
        assert {"camera=()", "geolocation=()", "microphone=()"} <= set(permissions)


def test_the_picture_for_social_networks_may_be_shown_by_others(client, news):
    response = client.get(f"/share/{news.pk}.png")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_refused_request_carries_them_too(client):
    response = client.get("/lv/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert policy(response)["default-src"] == ["'none'"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


PRODUCTION = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
}


def deploy():
    output = io.StringIO()
    call_command("check", "--deploy", "--tag", "security", "--fail-level", "WARNING", stderr=output)


def test_a_deployment_without_policies_is_warned_of(settings):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    deploy()
    middleware = settings.MIDDLEWARE
    for missing in (
        "home.middleware.ContentSecurityPolicyMiddleware",
        "django_permissions_policy.PermissionsPolicyMiddleware",
    ):
        settings.MIDDLEWARE = [path for path in middleware if path != missing]
        with pytest.raises(CommandError, match="home.W005"):
            deploy()


@pytest.mark.parametrize("addition", ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"])
def test_a_deployment_with_a_loose_policy_is_warned_of(settings, monkeypatch, addition):
    from config import policies

    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    monkeypatch.setitem(policies.PUBLIC, "script-src", ["'self'", addition])
    with pytest.raises(CommandError, match="home.W006"):
        deploy()
