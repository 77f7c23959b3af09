"""What this app adds to the admin, a part a file."""

from . import desk, history, kept, state  # noqa: F401
