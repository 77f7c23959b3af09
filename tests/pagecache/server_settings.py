"""Settings of the servers that tests/pagecache/test_servers.py starts."""

from config.settings.test import *  # noqa: F403

PAGE_CACHE_MEGABYTES = 8
