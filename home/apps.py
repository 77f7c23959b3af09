from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _
from PIL import Image

from .collation import install


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Association")

    def ready(self):
        # Wagtail counts the pixels of an upload when it has unpacked them; Pillow refuses before
        # that, at twice its own limit.
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 2
        connection_created.connect(install, dispatch_uid="home.collation")
        from . import (
            admin_words,
            checks,  # noqa: F401
            signals,  # noqa: F401
        )

        admin_words.translate()
