"""The settings of a process that a test of recovery starts: its own uploads, as in production."""

from config.settings.base import *  # noqa: F403
from config.settings.base import BACKUP_DIR as BACKUPS
from config.settings.base import CACHES as CHOSEN_CACHES
from config.settings.base import env
from config.settings.test import *  # noqa: F403
from config.settings.test import DATABASES

MEDIA_ROOT = env("MEDIA_ROOT")
BACKUP_DIR = BACKUPS
CACHES = CHOSEN_CACHES
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    DATABASES["default"]["OPTIONS"]["timeout"] = 5
