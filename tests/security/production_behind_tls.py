"""The settings of a public server, but for its static files: to collect and compress them all
would take longer than all the tests that start such a server."""

from config.settings.production import *  # noqa: F403
from config.settings.production import STORAGES

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
