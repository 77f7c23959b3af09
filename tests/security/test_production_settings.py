"""What a public server is told to do, as the settings say it in a process of their own."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import BASE_DIR

pytestmark = pytest.mark.once

# Asks the real settings and the real chain of middleware; no database is needed for that.
ASK = """
import json, sys
sys.path[:0] = [".", "site"]
import django
django.setup()
from django.conf import settings
from django.core import checks
from django.test import Client

def ask(path, **extra):
    response = Client(raise_request_exception=False).get(path, **extra)
    return {"status": response.status_code, "headers": dict(response.headers)}

host = {"HTTP_HOST": "lpia.example"}
tls = host | {"HTTP_X_FORWARDED_PROTO": "https"}
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in sys.argv[1].split(",")},
    "plain": ask("/robots.txt", **host),
    "tls": ask("/robots.txt", **tls),
    "host": ask("/robots.txt", **(tls | {"HTTP_HOST": "evil.example"})),
    "warnings": [str(message) for message in checks.run_checks(include_deployment_checks=True)],
}))
"""
NAMES = (
    "DEBUG",
    "SECOND_FACTOR",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_SAMESITE",
    "SECURE_HSTS_SECONDS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "X_FRAME_OPTIONS",
    "USE_X_FORWARDED_HOST",
)


@pytest.fixture(scope="module")
def answers():
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "production_behind_tls",
        "PYTHONPATH": os.path.dirname(__file__),
        "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "lpia.example",
        "BASE_URL": "https://lpia.example",
        "DATABASE_URL": "postgres://lpia@localhost/lpia",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASK, ",".join(NAMES)],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_cookies_travel_over_tls_only_and_scripts_don_t_see_the_session(answers):
    settings = answers["settings"]
    assert not settings["DEBUG"]
    assert settings["SESSION_COOKIE_SECURE"] and settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_HTTPONLY"]
    assert settings["SESSION_COOKIE_SAMESITE"] == settings["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert settings["SESSION_COOKIE_NAME"] == "sessionid"  # nginx passes it by


def test_publishers_are_asked_for_a_second_factor(answers):
    assert answers["settings"]["SECOND_FACTOR"] is True


def test_who_comes_without_tls_is_led_to_it(answers):
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["headers"]["Location"] == "https://lpia.example/robots.txt"


def test_browsers_are_told_to_stay_with_tls(answers):
    assert answers["tls"]["headers"]["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answers["tls"]["headers"]["X-Content-Type-Options"] == "nosniff"


def test_another_host_is_refused_also_where_a_proxy_is_said_to_have_sent_it(answers):
    assert answers["host"]["status"] == 400
    assert not answers["settings"]["USE_X_FORWARDED_HOST"]


def test_django_has_nothing_to_warn_of(answers):
    assert answers["warnings"] == []
