"""An application that says when it answered and how often it was asked: for the page cache."""

import itertools
import json
import threading
import time
from collections import defaultdict
from urllib.parse import parse_qs

LOCK = threading.Lock()
COUNTS = defaultdict(itertools.count)
BROKEN = set()


def application(environ, start_response):
    """Answer as the parameters in the path say: /kept/…, /private/…, /cookie/…, /unsaid/…"""
    path = environ["PATH_INFO"]
    kind = path.strip("/").partition("/")[0]
    if kind == "break":
        BROKEN.add(path.removeprefix("/break"))
    broken = path in BROKEN
    with LOCK:
        count = next(COUNTS[path])
    now = time.time()
    if kind == "slow":
        time.sleep(0.3)
    headers = [("Content-Type", "text/html")]
    if kind in ("kept", "slow", "cookie"):
        # The order and s-maxage are what nginx 1.22 needs (see deploy/nginx/site.conf).
        lifetime = "max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
        headers.append(("Cache-Control", lifetime))
        headers.append(("Vary", "Accept-Encoding, Cookie"))
        headers.append(("X-Accel-Expires", f"@{int(now)}"))
    elif kind == "private":
        headers += [("Cache-Control", "private"), ("X-Accel-Expires", "0")]
    else:
        headers.append(("Cache-Control", "public, max-age=3600"))
    if kind == "cookie":
        headers.append(("Set-Cookie", "a=b"))
    answer = {
        "time": now,
        "count": count,
        "encoding": environ.get("HTTP_ACCEPT_ENCODING"),
        "query": parse_qs(environ["QUERY_STRING"]),
    }
    body = json.dumps(answer).encode()
    headers.append(("Content-Length", str(len(body))))
    start_response("500 Broken" if broken else "200 OK", headers)
    return [body]
