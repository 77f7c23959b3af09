"""The schema of the environment: every setting that differs between machines, in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"


@dataclass(frozen=True)
class Variable:
    """A name of the environment, the type of its value, and what it is when nothing is said.

    ``help`` is one sentence for the operator (docs/settings.md shows it). ``needed`` ones have no
    default on a public server, which does not start without them; ``secret`` ones are never shown.
    """

    name: str
    cast: Callable
    default: object
    help: str
    needed: bool = False
    secret: bool = False


VARIABLES = [
    Variable(
        "SECRET_KEY", str, "", "Signs sessions and links of mails; long and random.", True, True
    ),
    Variable("ALLOWED_HOSTS", list, [], "Host names of the site, by commas.", True),
    Variable("BASE_URL", str, "http://127.0.0.1:8000", "The site's address, in mails.", True),
    Variable(
        "DATABASE_URL",
        str,
        f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        "The database: postgres://user:password@host/name or sqlite:////path.",
        True,
        True,
    ),
    Variable("API_RATE", str, "120/minute", "How often an address may ask the API; empty: freely."),
    Variable("BACKUP_DIR", str, str(VAR_DIR / "backups"), "The folder for backups."),
    Variable(
        "BACKUP_KEEP", list, ["7", "5", "12"], "Of how many days, weeks and months one is kept."
    ),
    Variable("BACKUP_RECIPIENT", str, "", "The public key (age1…) that encrypts backups."),
    Variable("CACHE_URL", str, "locmemcache://", "The cache; redis://host:6379/0 with several."),
    Variable("DEFAULT_FROM_EMAIL", str, "lpia@localhost", "Who the site's mails come from."),
    Variable("EMAIL_URL", str, "consolemail://", "The mail server.", secret=True),
    Variable("MACHINE_TRANSLATOR", str, "", "deepl or libretranslate; empty: none."),
    Variable("MACHINE_TRANSLATOR_KEY", str, "", "The key of that service.", secret=True),
    Variable("MACHINE_TRANSLATOR_URL", str, "", "Its address, where it is not the usual one."),
    Variable("MEDIA_ROOT", str, str(VAR_DIR / "media"), "The folder of uploaded files."),
    Variable("ROBOTS_ALLOWED", bool, True, "False on a trial server: search engines stay away."),
    Variable("SITE_NAME", str, "LPIA", "The name in the admin and in mails."),
    Variable("STATIC_ROOT", str, str(VAR_DIR / "static"), "The folder of collected static files."),
    Variable("TRUSTED_PROXIES", int, 0, "How many proxies of ours append to X-Forwarded-For."),
]

env = environ.Env(**{variable.name: (variable.cast, variable.default) for variable in VARIABLES})
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")
