from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from .collation import install


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Association")

    def ready(self):
        connection_created.connect(install, dispatch_uid="home.collation")
        from . import (
            admin_words,
            checks,  # noqa: F401
            signals,  # noqa: F401
        )

        admin_words.translate()
