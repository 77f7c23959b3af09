"""Settings of the test suite: as production where people would notice, fast elsewhere."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, WORDPRESS_MEDIA, env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
SECOND_FACTOR = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FOLDER = Path(tempfile.mkdtemp(prefix="lpia-test-"))  # tests/conftest.py removes it
MEDIA_ROOT = FOLDER / "media"
WORDPRESS_MEDIA = WORDPRESS_MEDIA | {"folder": FOLDER / "import"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = dict.fromkeys(
    ("default", "limits"), {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
)
PAGE_CACHE_MEGABYTES = 0  # tests/pagecache has caches of its own
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "debug_toolbar"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if "DATABASE_URL" not in env:
    # A file as on a real site, so that the threads of a live server have connections of their own.
    DATABASES["default"] |= {"NAME": ":memory:", "TEST": {"NAME": str(FOLDER / "db.sqlite3")}}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a live server must let go of a database to be dropped
