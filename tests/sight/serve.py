"""A process of a web server: `python serve.py PORT`, with the application.

Before it stands what the page cache is to metrics: it answers `/kept` and counts that.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "site"))

from config.wsgi import application as site  # noqa: E402
from sight import metrics  # noqa: E402


def application(environ, start_response):
    if environ["PATH_INFO"] != "/kept":
        return site(environ, start_response)
    metrics.count_page_cache("hit")
    metrics.count_page_cache("unheard of")
    start_response("200 OK", [])
    return [b""]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


make_server("127.0.0.1", int(sys.argv[1]), application, handler_class=Quiet).serve_forever()
