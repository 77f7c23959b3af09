from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SightConfig(AppConfig):
    name = "sight"
    verbose_name = _("System state")

    def ready(self):
        from . import queries

        queries.watch()
        if settings.SENTRY_DSN:
            from . import sentry

            sentry.start(settings.SENTRY_DSN)
