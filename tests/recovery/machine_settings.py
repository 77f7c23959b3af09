"""The settings of a process that a test of recovery starts: its own folder of uploads."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env
from config.settings.test import *  # noqa: F403

MEDIA_ROOT = env("MEDIA_ROOT")
