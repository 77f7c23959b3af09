"""The WSGI application. `site/` must be on the path (the server is started with --chdir site)."""

import os
import sys
from pathlib import Path

from django.core.wsgi import get_wsgi_application

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# A database that hangs must not hold every thread of the server: then 503 (see recovery.outages).
# Only here: a command may take its time. PostgreSQL's own variables, so that both can be set.
os.environ.setdefault("PGCONNECT_TIMEOUT", "3")
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=20s -c lock_timeout=10s")

# Django first: the page cache reads its settings and addresses.
django_application = get_wsgi_application()

from pagecache.application import wrap  # noqa: E402

application = wrap(django_application)
