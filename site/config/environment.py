"""The schema of the environment: every setting that differs between machines, in one table.

A value comes from the environment, else from the file `.env` in the project's folder, else from
the file that ``NAME_FILE`` names in one of these (a secret of systemd or of containers).
`make settings` writes the table of docs/settings.md.
"""

import contextlib
import os
import sys
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
    Variable("ALLOWED_HOSTS", list, [], "Host names that the site answers to, by commas.", True),
    Variable(
        "BASE_URL",
        str,
        "http://127.0.0.1:8000",
        "The site's address, https://host: links in mails begin with it.",
        True,
    ),
    Variable(
        "DATABASE_URL",
        str,
        f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        "The database: postgres://user:password@host/name, postgres:////folder/of/socket/name or "
        "sqlite:////path.",
        True,
        True,
    ),
    Variable("REPLICA_URL", str, "", "A read replica of the database for visitors.", secret=True),
    Variable("ADMIN_PATH", str, "admin/", "Where the admin is, below the root; ends with a slash."),
    Variable("API_RATE", str, "120/minute", "How often an address may ask the API; empty: freely."),
    Variable("BACKUP_DIR", str, str(VAR_DIR / "backups"), "The folder for backups."),
    Variable(
        "BACKUP_KEEP", list, ["7", "5", "12"], "Of how many days, weeks and months one is kept."
    ),
    Variable("BACKUP_RECIPIENT", str, "", "The public key (age1…) that encrypts backups."),
    Variable(
        "CACHE_URL",
        str,
        "locmemcache://",
        "The cache: memory of the process, or redis://host:6379/0.",
    ),
    Variable(
        "CDN_PURGE_URL",
        str,
        "",
        "A CDN to purge: http://host (PURGE) or cloudflare://token@zone; empty: none.",
        secret=True,
    ),
    Variable("CDN_SECONDS", int, 300, "How long that CDN may keep what it is not told to forget."),
    Variable(
        "DATABASE_PREPARES",
        bool,
        True,
        "Whether PostgreSQL plans a query that comes again once for each connection. Behind "
        "PgBouncer before 1.21: false.",
    ),
    Variable(
        "DATABASE_TIMEOUT",
        int,
        20,
        "Seconds after which PostgreSQL ends a statement of the web server; 0: never.",
    ),
    Variable("DEBUG", bool, True, "Errors in full, of make run and make dev; never in public."),
    Variable("DEBUG_TOOLBAR", bool, False, "What a page costs, beside it, of make dev."),
    Variable("DEFAULT_FROM_EMAIL", str, "lpia@localhost", "Who the site's mails come from."),
    Variable(
        "EMAIL_URL",
        str,
        "consolemail://",
        "The mail server: smtp+tls://user:password@host:587; else mails go to the terminal.",
        secret=True,
    ),
    Variable(
        "IMPORT_DIR",
        str,
        str(VAR_DIR / "import"),
        "Where parts of files lie that an import fetches from an old site.",
    ),
    Variable("LOG_FORMAT", str, "", "json or plain; empty: json on a public server, else plain."),
    Variable(
        "LOG_LEVEL", str, "", "From which level on; empty: INFO there (requests), else WARNING."
    ),
    Variable("MACHINE_TRANSLATOR", str, "", "deepl or libretranslate; empty: none."),
    Variable("MACHINE_TRANSLATOR_KEY", str, "", "The key of that service.", secret=True),
    Variable("MACHINE_TRANSLATOR_URL", str, "", "Its address, where it is not the usual one."),
    Variable("MEDIA_ROOT", str, str(VAR_DIR / "media"), "The folder of uploaded files."),
    Variable("MEDIA_S3_BUCKET", str, "", "The bucket of uploaded files instead of a folder (S3)."),
    Variable("MEDIA_S3_ENDPOINT", str, "", "The address of that service; empty: Amazon's."),
    Variable("MEDIA_S3_REGION", str, "", "Its region."),
    Variable("MEDIA_S3_KEY", str, "", "The name of the key that may read and write there."),
    Variable("MEDIA_S3_SECRET", str, "", "The secret of that key.", secret=True),
    Variable(
        "METRICS_DIR",
        str,
        str(VAR_DIR / "metrics"),
        "Where the processes of this machine's web server count together; to be empty at each "
        "start (systemd's RuntimeDirectory).",
    ),
    Variable("METRICS_TOKEN", str, "", "Who brings it reads /-/metrics; empty: none.", secret=True),
    Variable("PAGE_CACHE_MEGABYTES", int, 32, "Memory of a process for pages; 0: no page cache."),
    Variable("ROBOTS_ALLOWED", bool, True, "False on a trial server: search engines stay away."),
    Variable(
        "SECRET_KEY_FALLBACKS",
        list,
        [],
        "Earlier values of SECRET_KEY, by commas: what they signed and encrypted is still read.",
        secret=True,
    ),
    Variable("SECURE_HSTS_SECONDS", int, 31_536_000, "How long browsers insist on HTTPS; a year."),
    Variable(
        "SECURE_SSL_REDIRECT",
        bool,
        True,
        "False: without HTTPS, which only a machine that serves nobody else may be.",
    ),
    Variable("SENTRY_DSN", str, "", "Where errors are sent (Sentry's protocol); empty: nowhere."),
    Variable("SENTRY_ENVIRONMENT", str, "production", "What Sentry calls this server."),
    Variable("SERVERS", int, 1, "How many machines serve the site; several share what they keep."),
    Variable(
        "SECOND_FACTOR",
        bool,
        True,
        "Who has that right by a group must sign in with a second factor, on a public server.",
    ),
    Variable("SITE_NAME", str, "LPIA", "The name in the admin and in mails."),
    Variable(
        "SLOW_QUERY_MS", int, 0, "Queries that take longer are logged, milliseconds; 0: none."
    ),
    Variable("STATIC_ROOT", str, str(VAR_DIR / "static"), "The folder of collected static files."),
    Variable(
        "TASKS_BACKEND",
        str,
        "",
        "database (the worker does them) or immediate (the request waits); empty: database on a "
        "public server, else immediate.",
    ),
    Variable("TRUSTED_PROXIES", int, 0, "How many proxies of ours append to X-Forwarded-For."),
]

env = environ.Env(**{variable.name: (variable.cast, variable.default) for variable in VARIABLES})
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")
for variable in VARIABLES:
    file = os.environ.get(f"{variable.name}_FILE")
    if file and not os.environ.get(variable.name):  # an empty line of a template says nothing
        with contextlib.suppress(OSError):  # what is missing then, config.safety says
            os.environ[variable.name] = Path(file).read_text().strip()


def table() -> str:
    """Return the variables as a table in Markdown."""
    lines = ["| variable | what it is for | default |", "| --- | --- | --- |"]
    lines += [f"| `{row.name}` | {row.help} | {_default(row)} |" for row in VARIABLES]
    return "\n".join(lines) + "\n"


def _default(variable):
    if variable.needed:
        return "none: a public server needs it"
    text = str(variable.default).replace(f"{BASE_DIR}/", "")
    if isinstance(variable.default, list):
        text = ",".join(variable.default)
    if isinstance(variable.default, bool):
        text = text.lower()
    return f"`{text}`" if text else "empty"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(page.read_text().partition("| variable |")[0] + table())
