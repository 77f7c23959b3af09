"""Settings of `make run` and `make dev`: nothing to configure, everything on this machine."""

import importlib.util

from django.core.management.utils import get_random_secret_key

from config.environment import VAR_DIR

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, LOGGING, MIDDLEWARE, env

DEBUG = env("DEBUG")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
PAGE_CACHE_MEGABYTES = 0  # whoever changes a template wants to see it


def _local_secret_key():
    """Return this machine's own secret key, made at the first start and kept in var/."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env("SECRET_KEY") or _local_secret_key()

# `make run` shows what goes wrong and no line for each request: the password stays in sight.
LOGGING.setdefault("loggers", {})["django.server"] = {"level": "WARNING"}

if env("DEBUG_TOOLBAR") and importlib.util.find_spec("debug_toolbar"):
    del LOGGING["loggers"]["django.server"]
    INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]
    MIDDLEWARE = ["debug_toolbar.middleware.DebugToolbarMiddleware", *MIDDLEWARE]
