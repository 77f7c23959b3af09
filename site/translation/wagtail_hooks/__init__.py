"""What this app adds to the admin, a part a file."""

from . import editor, listing, pair, po, status  # noqa: F401
