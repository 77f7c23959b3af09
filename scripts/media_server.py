"""The site in an audit: gunicorn does what nginx does in public, it serves media and packs HTML."""

import gzip

from django.conf import settings
from whitenoise import WhiteNoise

from config.wsgi import application as site

SMALLEST = 1_000  # bytes; less is sent as it is


def packed(environ, start_response):
    """Answer as the site does, compressed as nginx compresses."""
    answered = []
    body = b"".join(site(environ, lambda status, headers, *_: answered.append((status, headers))))
    status, headers = answered[0]
    names = {name.lower(): value for name, value in headers}
    is_text = names.get("content-type", "").startswith(("text/", "application/"))
    accepts = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    if accepts and is_text and len(body) > SMALLEST and "content-encoding" not in names:
        body = gzip.compress(body, 6)
        headers = [pair for pair in headers if pair[0].lower() != "content-length"]
        headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


application = WhiteNoise(
    packed, root=settings.MEDIA_ROOT, prefix=settings.MEDIA_URL, autorefresh=True, max_age=86_400
)
