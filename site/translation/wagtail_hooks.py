from . import status_hooks  # noqa: F401
