"""Settings of signing in that would lock people out or hide other pages."""

import re

from django.conf import settings
from django.core.checks import Error, Warning, register

TAKEN = {"api", "documents", "share", "static", "media", "-", "sitemap.xml", "robots.txt"}


@register("accounts")
def check_admin_path(app_configs, **kwargs):
    path = settings.ADMIN_PATH
    if not re.fullmatch(r"([a-z0-9][a-z0-9_-]*/)+", path):
        text = "ADMIN_PATH must be like editors/: small letters, digits, - or _, and a slash last."
    elif path.split("/")[0] in TAKEN | {language for language, _name in settings.LANGUAGES}:
        text = f"ADMIN_PATH must not begin with {path.split('/')[0]}/: other pages are there."
    else:
        return []
    return [Error(text, id="accounts.E001")]


@register("accounts", deploy=True)
def check_second_factor(app_configs, **kwargs):
    if settings.SECOND_FACTOR:
        return []
    text = "Nobody is asked for a second factor: SECOND_FACTOR is off."
    return [Warning(text, id="accounts.W001")]
