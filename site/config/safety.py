"""What a public server refuses to start with: a sentence for each mistake in its environment.

`python -m config.safety` says them and starts nothing.
"""

import difflib
import ipaddress
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from config.environment import VARIABLES, env

# What gunicorn takes from a worker as "failed to boot": it ends instead of starting the next one.
EXIT_CODE = 3
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5  # as Django's own check has it (security.W009)
TRUE, FALSE = ("1", "true", "on", "ok", "y", "yes"), ("0", "false", "off", "n", "no", "")
LIKE = 0.85  # how much a name must look like ours to be taken for a slip


def refuse_mistakes():
    """End the process, with a sentence for each mistake, if this environment has any."""
    sentences = mistakes()
    if sentences:
        print("The site does not start:", *sentences, sep="\n- ", file=sys.stderr)
        sys.exit(EXIT_CODE)


def mistakes() -> list[str]:
    """Return a sentence for each mistake; what cannot be read is not judged any further."""
    names = {variable.name for variable in VARIABLES}
    found = [*_slips(names), *_unreadable_files(), *_missing(), *_unreadable()]
    if found:
        return found
    return [*_secret_key(), *_addresses(), *_several_servers()]


def _slips(names):
    given = {name for name, value in os.environ.items() if value}
    for name in sorted(given - names):
        likely = difflib.get_close_matches(name.removesuffix("_FILE"), names - given, 1, LIKE)
        if likely and name != f"{likely[0]}_FILE":
            yield f"{name} is no setting: {likely[0]} was probably meant."


def _unreadable_files():
    for variable in VARIABLES:
        name = f"{variable.name}_FILE"
        if name in os.environ and not os.environ.get(variable.name):
            yield f"{name} names {Path(os.environ[name])}, which cannot be read."


def _missing():
    for variable in VARIABLES:
        name = variable.name
        if variable.needed and not os.environ.get(name) and f"{name}_FILE" not in os.environ:
            yield f"{name} is missing. {variable.help}"


def _unreadable():
    for variable in VARIABLES:
        value = os.environ.get(variable.name)
        if value is None:
            continue
        shown = "its value" if variable.secret else f"“{value}”"
        if variable.cast is bool and value.lower() not in TRUE + FALSE:
            yield f"{variable.name} must be true or false: {shown} is neither."
        elif variable.cast not in (bool, list):
            try:
                variable.cast(value)
            except (TypeError, ValueError):
                kind = "a whole number" if variable.cast is int else "what it should be"
                yield f"{variable.name} cannot be read: {shown} is not {kind}."
    readers = {"DATABASE_URL": _database, "CACHE_URL": env.cache_url, "EMAIL_URL": env.email_url}
    for name, read in readers.items():
        try:
            read(name)
        except (ImproperlyConfigured, KeyError, ValueError):
            yield f"{name} cannot be read: it is no address of a kind that is known here."


def _database(name):
    if "." not in env.db_url(name).get("ENGINE", ""):  # of an unknown kind it is the kind's name
        raise ValueError(name)


def _secret_key():
    key = env("SECRET_KEY")
    if key.startswith("django-insecure-") or len(key) < SHORTEST_KEY:
        yield f"SECRET_KEY is not safe: it needs {SHORTEST_KEY} random characters or more."
    elif len(set(key)) < FEWEST_CHARACTERS:
        yield "SECRET_KEY is not safe: it repeats the same few characters."


def _addresses():
    hosts, base = env("ALLOWED_HOSTS"), urlsplit(env("BASE_URL"))
    if "*" in hosts:
        yield "ALLOWED_HOSTS must name the site's hosts: “*” lets anybody claim to be the site."
        return
    if not env("SECURE_SSL_REDIRECT") and not all(map(_is_local, hosts)):
        yield "SECURE_SSL_REDIRECT is off: only localhost may be served without HTTPS."
    if base.scheme != "https" and env("SECURE_SSL_REDIRECT"):
        yield f"BASE_URL must begin with https://: “{env('BASE_URL')}” does not."
    if not validate_host(base.hostname or "", hosts):
        yield f"BASE_URL must be an address of a host in ALLOWED_HOSTS: “{base.hostname}” is not."
    if base.path.strip("/") or base.query:
        yield "BASE_URL must be the address of the whole site, without a path."


def _is_local(host):
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _several_servers():
    if env("SERVERS") < 1:
        yield "SERVERS must be 1 or more."
    if env("SERVERS") <= 1:
        return
    if env.db_url("DATABASE_URL")["ENGINE"].endswith("sqlite3"):
        yield "DATABASE_URL names SQLite, which several servers cannot share: take PostgreSQL."
    if "redis" not in env.cache_url("CACHE_URL")["BACKEND"].lower():
        yield "CACHE_URL must name a Redis that all servers share."


if __name__ == "__main__":
    refuse_mistakes()
