"""The log: a line a request, with its id and without people."""

import io
import json
import logging

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import path
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from sight import activity, logs

pytestmark = [pytest.mark.once, pytest.mark.django_db]


class Lines(io.StringIO):
    def __iter__(self):
        return iter([json.loads(line) for line in self.getvalue().splitlines()])

    def of(self, logger):
        return [line for line in self if line["logger"] == logger]


@pytest.fixture
def lines():
    """What a public server would write."""
    stream = Lines()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JSONFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_line_without_people(client, home_lv, lines):
    answer = client.get(
        "/lv/meklet/?q=Jānis+Bērziņš",
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT="Browser of somebody",
        HTTP_REFERER="https://example.org/private",
    )
    (line,) = lines.of("sight.requests")
    assert line["method"] == "GET"
    assert line["path"] == "/lv/meklet/"
    assert line["status"] == 200
    assert line["view"] == "search"
    assert line["ms"] > 0
    assert line["request_id"] == answer["X-Request-ID"]
    written = lines.getvalue()
    assert written.count("\n") == 1
    for private in ("203.0.113.77", "rzi", "Browser", "example.org"):
        assert private not in written


def test_each_request_has_an_id_of_its_own(client, home_lv):
    ids = {client.get("/robots.txt")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3 and all(len(key) == 32 for key in ids)


def test_only_a_proxy_of_ours_gives_the_id(client, home_lv, settings):
    given = {"HTTP_X_REQUEST_ID": "0123456789abcdef"}
    settings.TRUSTED_PROXIES = 0
    assert client.get("/robots.txt", **given)["X-Request-ID"] != "0123456789abcdef"
    settings.TRUSTED_PROXIES = 1
    assert client.get("/robots.txt", **given)["X-Request-ID"] == "0123456789abcdef"
    for hostile in ("short", "a" * 65, 'x"}\n{"level": "INFO"}', "ā" * 16):
        answer = client.get("/robots.txt", HTTP_X_REQUEST_ID=hostile)
        assert answer["X-Request-ID"] != hostile


def test_a_key_in_an_address_is_not_written(client, lines, admin_user):
    uid = urlsafe_base64_encode(force_bytes(admin_user.pk))
    client.get(f"/admin/password_reset/confirm/{uid}/abc123-secretsecret/")
    (line,) = lines.of("sight.requests")
    assert line["path"] == "/admin/password_reset/confirm/<uidb64>/<token>/"
    assert "secretsecret" not in lines.getvalue()


def broken(request):
    raise ValueError("first line\nsecond line")


urlpatterns = [path("broken/", broken)]


@pytest.mark.urls("tests.sight.test_logs")
def test_an_error_is_one_object_with_its_traceback_and_the_request(lines, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith("sight.")]
    answer = Client(raise_request_exception=False).get("/broken/?secret=1")
    (line,) = lines.of("django.request")
    assert line["level"] == "ERROR"
    assert line["request_id"] == answer["X-Request-ID"]
    assert "ValueError: first line\nsecond line" in line["exception"]
    assert lines.of("sight.requests")[0]["status"] == 500
    assert "secret" not in lines.getvalue()


def test_a_refused_host_is_logged_once(client, lines):
    assert client.get("/lv/", headers={"host": "evil.example"}).status_code == 400
    settings = logs.configuration("json", "INFO")
    assert settings["loggers"]["django.security.DisallowedHost"]["level"] == "CRITICAL"
    assert len(lines.of("sight.requests")) == 1


def test_lines_of_a_task_say_which(lines):
    with activity.of(task="home.tasks.draw_pictures", task_id="7"):
        logging.getLogger("home").warning("One of %s", "two")
    logging.getLogger("home").warning("Outside")
    inside, outside = lines
    assert (inside["task"], inside["task_id"], inside["message"]) == (
        "home.tasks.draw_pictures",
        "7",
        "One of two",
    )
    assert "task" not in outside


def test_plain_text_for_people_has_the_same_fields():
    record = logging.LogRecord("a", logging.INFO, "", 0, "Done", None, None)
    record.fields = {"ms": 3}
    assert logs.PlainFormatter().format(record) == "INFO a: Done ms=3"


def test_nobody_writes_a_line_of_plain_text_by_an_address():
    record = logging.LogRecord("a", logging.INFO, "", 0, "request", None, None)
    record.fields = {"path": "/lv/\nERROR accounts: sāls\x1b[2J", "view": "vārds"}
    line = logs.PlainFormatter().format(record)
    assert line.isprintable()
    assert line.endswith(" view=vārds")


def test_an_unknown_format_or_level_stops_the_start_with_a_sentence():
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT is “xml”; it is one of json, plain"):
        logs.configuration("xml", "INFO")
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL is “loud”"):
        logs.configuration("json", "loud")
