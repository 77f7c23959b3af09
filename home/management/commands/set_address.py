"""Tell Wagtail the public address of the site: a step of the installation."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Site


class Command(BaseCommand):
    help = (
        "Gives the default site the host of BASE_URL, its port, and the name of SITE_NAME unless "
        "it has a name. Addresses in feeds, calendars and mails are made of it."
    )

    def handle(self, **options):
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site.objects.get(is_default_site=True)
        site.hostname = address.hostname
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
        self.stdout.write(f"The site is at {site.root_url}/ now.")
