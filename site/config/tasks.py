"""Where tasks in the background run."""

from django.core.exceptions import ImproperlyConfigured

BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.backend.DatabaseBackend",
}


def configuration(name: str) -> dict:
    """Return Django's ``TASKS``; raises ``ImproperlyConfigured`` for an unknown backend."""
    if name not in BACKENDS:
        raise ImproperlyConfigured(
            f"TASKS_BACKEND is “{name}”; it is one of {', '.join(BACKENDS)}."
        )
    return {"default": {"BACKEND": BACKENDS[name]}}
