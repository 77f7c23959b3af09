from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "translation"
    verbose_name = _("Translation")

    def ready(self):
        from . import signals, status_signals  # noqa: F401
        from .guards import close_the_api_to_aliases

        close_the_api_to_aliases()
