"""What deploy/ writes for a server, and the first steps there."""

import itertools
import re
import stat
import subprocess
import sys

import pytest
import yaml
from django.core.management import call_command
from wagtail.models import Site, get_page_models

from config import safety
from deploy import configure
from search.views import PARAMETERS

KEY = "w7Yt2Qn9Lx4Bv6Kd1Rz8Mc3Hp5Js0Fg-UaWeIoTyXuCvNbOpSqDfGhJk"


@pytest.fixture
def written(tmp_path):
    given = configure.values("www.lpia.example", ["lpia.example"], name="other")
    return {path.relative_to(tmp_path): path for path in configure.write(tmp_path, given)}


@pytest.mark.once
def test_all_files_are_written_and_nothing_is_left_to_fill_in(written):
    assert len(written) == len(configure.FILES)
    for place, path in written.items():
        assert "other" in str(place)
        assert not re.search("@[A-Z_]+@", path.read_text()), place
        assert "/lpia" not in path.read_text(), place


@pytest.mark.once
def test_nginx_keeps_pages_with_the_parameters_that_pages_read(written):
    (path,) = (path for place, path in written.items() if place.parent.name == "sites-available")
    names = re.search(r'"~\^\(\?:\(\?:([a-z|]+)\)\(\?:=', path.read_text())[1].split("|")
    pages = (getattr(page, "cached_parameters", None) or () for page in get_page_models())
    assert {"q", *PARAMETERS, *itertools.chain(*pages)} == set(names)


@pytest.mark.once
def test_the_command_may_be_run(written):
    (command,) = (path for place, path in written.items() if place.parts[:2] == ("usr", "local"))
    assert command.stat().st_mode & stat.S_IXOTH


@pytest.mark.once
def test_the_backup_of_each_night_goes_where_the_settings_say(written):
    (unit,) = (path for place, path in written.items() if place.name == "other-backup.service")
    assert re.search("^ExecStart=.* manage.py backup$", unit.read_text(), re.M)


@pytest.mark.once
def test_the_example_of_the_settings_needs_its_key_and_nothing_more(monkeypatch):
    for name in ("SECRET_KEY", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for line in (configure.HERE / "settings.env").read_text().splitlines():
        if line and not line.startswith("#"):
            monkeypatch.setenv(*line.split("=", 1))
    assert [sentence.split()[0] for sentence in safety.mistakes()] == ["SECRET_KEY"]
    monkeypatch.setenv("SECRET_KEY", KEY)
    assert safety.mistakes() == []


@pytest.mark.once
@pytest.mark.parametrize("service", ["prepare", "web", "work"])
def test_containers_start_with_the_example_s_settings_and_their_secrets(service, tmp_path):
    """And write nothing outside of their volumes: all else is read-only."""
    compose = yaml.safe_load((configure.HERE / "compose.yaml").read_text())
    service = compose["services"][service]
    lines = (configure.HERE / "settings.env").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    environment = example | service["environment"]
    volumes = [volume.split(":")[1] for volume in service["volumes"]] + service["tmpfs"]
    for name in ("MEDIA_ROOT", "STATIC_ROOT", "BACKUP_DIR", "METRICS_DIR", "IMPORT_DIR"):
        assert environment[name].startswith(tuple(volumes)), name
    for name, text in (("SECRET_KEY", KEY), ("DATABASE_URL", "postgres://lpia:x@database/lpia")):
        (tmp_path / name).write_text(text)
        environment[f"{name}_FILE"] = str(tmp_path / name)
    read = "from config import safety; from config.environment import env; "
    read += "print(safety.mistakes(), env('DATABASE_URL'))"
    said = subprocess.check_output(  # noqa: S603
        [sys.executable, "-c", read],
        cwd=configure.HERE.parent,
        env=environment | {"PYTHONPATH": "site"},
        text=True,
    )
    assert said.strip() == "[] postgres://lpia:x@database/lpia"


def test_the_site_learns_its_public_address(db, settings, capsys):
    settings.WAGTAILADMIN_BASE_URL = "https://www.lpia.example"
    call_command("set_address")
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("www.lpia.example", 443)
    assert site.site_name
    assert "https://www.lpia.example/" in capsys.readouterr().out


@pytest.mark.once
@pytest.mark.parametrize("name", ["fault", "too-large"])
def test_pages_of_nginx_itself_need_nothing_that_their_policy_forbids(name):
    html = (configure.HERE / "nginx" / "pages" / "-" / f"{name}.html").read_text()
    assert "style=" not in html
    assert not re.search("<(script|style|img)", html)
    assert 'lang="lv"' in html
    assert 'lang="en"' in html
