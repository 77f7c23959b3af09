from . import desk_hooks  # noqa: F401
