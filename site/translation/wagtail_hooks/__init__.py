"""What this app adds to the admin, a part a file."""

from . import editor, po  # noqa: F401
