"""Settings of a public server: every secret and host name comes from the environment."""

import re

from config.safety import refuse_mistakes

refuse_mistakes()  # before anything reads a value

from config import tasks  # noqa: E402
from sight import logs  # noqa: E402

from .base import *  # noqa: E402, F403
from .base import STORAGES, env  # noqa: E402

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{re.sub('^[.]', '*.', host)}" for host in ALLOWED_HOSTS]

STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env("SECURE_SSL_REDIRECT")
SECURE_HSTS_SECONDS = env("SECURE_HSTS_SECONDS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# The worker does what can wait; the log is for machines.

TASKS = tasks.configuration(env("TASKS_BACKEND") or "database")
LOGGING = logs.configuration(env("LOG_FORMAT") or "json", env("LOG_LEVEL") or "INFO")
SECOND_FACTOR = env("SECOND_FACTOR")
