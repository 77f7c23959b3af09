"""Values of query parameters: checked, or refused with a sentence."""

import datetime
import uuid

from django.conf import settings
from wagtail.api.v2.utils import BadRequestError

LARGEST = 2_147_483_647  # of a key in the database
LONGEST = 200  # characters
LANGUAGES = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def text(name: str, value: str) -> str:
    if "\0" in value or len(value) > LONGEST:
        raise BadRequestError(f"The parameter {name} is a text of at most {LONGEST} characters.")
    return value


def number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= LARGEST):
        raise BadRequestError(f"The parameter {name} is a whole number, zero or more.")
    return int(value)


def year(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) == 4 and 1 <= int(value) <= 9998):
        raise BadRequestError(f"The parameter {name} is a year of four digits, for example 2022.")
    return int(value)


def day(name: str, value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise BadRequestError(f"The parameter {name} is a day, for example 2022-11-15.") from None


def key(name: str, value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        raise BadRequestError(f"The parameter {name} is a UUID.") from None


def locale(name: str, value: str) -> str:
    if value not in LANGUAGES:
        raise BadRequestError(f"The parameter {name} is one of: {', '.join(LANGUAGES)}.")
    return value
