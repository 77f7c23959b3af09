"""The second colours of the site, by name; what they look like stands in static/css/base.css."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tone(models.TextChoices):
    CARMINE = "carmine", _("Carmine")
    SPRUCE = "spruce", _("Spruce green")
    SEA = "sea", _("Sea blue")
    OCHRE = "ochre", _("Ochre")
    PLUM = "plum", _("Plum")
    SLATE = "slate", _("Slate")
