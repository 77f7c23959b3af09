"""The WSGI application. `site/` must be on the path (the server is started with --chdir site)."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# Django first: the page cache reads its settings and addresses.
django_application = get_wsgi_application()

from config.environment import env  # noqa: E402
from pagecache.application import wrap  # noqa: E402

# A database that hangs must not hold every thread of the server: then 503 (see recovery.outages).
# Only here: a command may take its time. By PostgreSQL's own variable, which commands don't have.
if seconds := env("DATABASE_TIMEOUT"):
    limits = f"-c statement_timeout={seconds}s -c lock_timeout={max(seconds // 2, 1)}s"
    os.environ.setdefault("PGOPTIONS", limits)

application = wrap(django_application)
