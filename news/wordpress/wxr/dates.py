"""Times as WordPress writes them: local, universal, and those of the feed."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils.timezone import get_default_timezone

FIRST_YEAR = 1900  # earlier ones come of 0000-00-00 and its like (-0001-11-30)
# RFC 2822 with a whole year: of WordPress' "-0001" the standard library makes 2000.
FEED = re.compile(r"(?:\w+, )?\d{1,2} \w{3} \d{4} \d\d:\d\d", re.ASCII)
FARTHEST = timedelta(hours=14)  # of any time zone from universal time


def moment(universal: str, local: str, published: str = "") -> tuple[datetime | None, bool]:
    """Return the time in UTC, None when no text is one; and whether the texts agree.

    Universal time comes first: no summer time makes it doubtful. A local one is of
    ``settings.TIME_ZONE``; an hour that summer time skips is an hour later, of one that comes twice
    it is the first. Where both are too far apart for any zone, the local one counts: it is what
    visitors saw, and what the address was made of. ``published`` is of RFC 2822.
    """
    universal, local = _mysql(universal), _mysql(local)
    if universal and (not local or abs(universal - local) <= FARTHEST):
        return universal.replace(tzinfo=UTC), True
    if local:
        return local.replace(tzinfo=get_default_timezone()).astimezone(UTC), not universal
    return _of_feed(published), True


def _mysql(text):
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_sane = FIRST_YEAR <= value.year < datetime.max.year and not value.tzinfo
    return value if is_sane else None


def _of_feed(text):
    if not FEED.match(text):
        return None
    try:
        value = parsedate_to_datetime(text)
        value = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return value if value.year >= FIRST_YEAR else None
