"""Uploaded files in a bucket, for several servers that share them."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket of any service that speaks the S3 protocol.

    Visitors never meet that service: they get files at the site's own addresses, from
    ``home.views.media``, and nginx keeps what it has handed out.
    """

    def url(self, name, **kwargs):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))
