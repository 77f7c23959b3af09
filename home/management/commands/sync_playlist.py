"""Make drafts of the recordings that a playlist has and the site has not."""

from io import BytesIO

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import Locale, Site

from home.models import MeetingPage, MeetingsPage, SiteSettings
from home.playlist import PlaylistError, fetch, parse_feed
from home.youtube import watch_url

MAXIMUM_PICTURE_BYTES = 5 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Reads the playlist's public Atom feed and makes a draft of every new recording. "
        "Editors complete and publish them. On any error in the feed nothing is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--playlist", help="Playlist id; default: that of the site settings.")
        parser.add_argument("--feed-url", help="Read this address instead of the playlist's feed.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be made.")

    def handle(self, *, playlist, feed_url, dry_run, **options):
        parent = self.get_parent()
        try:
            recordings = parse_feed(fetch(feed_url or self.get_feed_url(playlist)))
        except PlaylistError as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        known = set(MeetingPage.objects.values_list("recording", flat=True))
        new = [entry for entry in recordings if watch_url(entry.video_id) not in known]
        if not dry_run:
            # Pictures first: a slow network must not hold a transaction open.
            pictures = {entry.video_id: self.fetch_picture(entry) for entry in new}
            with transaction.atomic():
                for entry in reversed(new):
                    self.make_draft(parent, entry, pictures[entry.video_id])
        verb = "would be made" if dry_run else "made"
        for entry in new:
            self.stdout.write(f"  {entry.published:%Y-%m-%d}  {entry.title}")
        self.stdout.write(
            self.style.SUCCESS(f"{len(new)} drafts {verb}, {len(recordings) - len(new)} known.")
        )

    def get_parent(self) -> MeetingsPage:
        parent = MeetingsPage.objects.filter(locale=Locale.get_default()).first()
        if parent is None:
            raise CommandError("There is no meetings page yet. Make one in the CMS first.")
        return parent

    def get_feed_url(self, playlist) -> str:
        site = Site.objects.get(is_default_site=True)
        playlist_id = playlist or SiteSettings.for_site(site).playlist_id
        if not playlist_id:
            raise CommandError("No playlist: give --playlist or fill it in in the site settings.")
        return settings.PLAYLIST_FEED_URL.format(playlist_id=playlist_id)

    def fetch_picture(self, entry) -> bytes | None:
        """Return the recording's picture, or None: a missing picture never stops a draft."""
        if not entry.thumbnail_url:
            return None
        try:
            content = fetch(entry.thumbnail_url, MAXIMUM_PICTURE_BYTES)
            with PillowImage.open(BytesIO(content)) as picture:
                picture.verify()
        except (PlaylistError, OSError, SyntaxError, PillowImage.DecompressionBombError) as error:
            self.stderr.write(f"No picture for {entry.video_id}: {error}")
            return None
        return content

    def make_draft(self, parent, entry, picture):
        thumbnail = None
        if picture:
            thumbnail = get_image_model().objects.create(
                title=entry.title,
                file=ImageFile(BytesIO(picture), name=f"{entry.video_id}.jpg"),
            )
        page = MeetingPage(
            title=entry.title,
            locale=parent.locale,
            starts_at=entry.published,
            recording=watch_url(entry.video_id),
            thumbnail=thumbnail,
            live=False,
        )
        parent.add_child(instance=page)
        page.save_revision()
