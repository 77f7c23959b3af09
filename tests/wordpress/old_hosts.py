"""A stand-in on this machine for the host of an old site, which misbehaves as it is told to."""

import http.server
import ssl
import threading
import time
from urllib.parse import unquote, urlsplit

CHANGED = "Mon, 06 May 2013 09:30:00 GMT"


class OldHost:
    """A web server with ``files`` by path (its letters decoded, no query).

    ``behaviours`` of a path are what it does to the next requests for it, one each: a status, a
    status with headers, or a function of the handler and the content. ``asked`` holds the path and
    the headers of every request. ``validators`` are sent with each file.
    """

    def __init__(self, certificate=None):
        """``certificate`` is a pair of files, the certificate and its key, for TLS."""
        self.files: dict[str, bytes] = {}
        self.behaviours: dict[str, list] = {}
        self.validators = {"ETag": '"one"', "Last-Modified": CHANGED}
        self.asked = []
        self.is_over = threading.Event()
        host = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                host.answer(self, unquote(urlsplit(self.path).path))

            def log_message(self, *args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.name = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.name}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.name = self.name.replace("127.0.0.1", "localhost")
            self.url = f"https://{self.name}"
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]

    def answer(self, handler, path):
        self.asked.append((path, dict(handler.headers)))
        content = self.files.get(path)
        waiting = self.behaviours.get(path)
        behaviour = waiting.pop(0) if waiting else (self.send if content is not None else 404)
        if callable(behaviour):
            behaviour(handler, content)
        else:
            status, headers = behaviour if isinstance(behaviour, tuple) else (behaviour, {})
            self.start(handler, status, {"Content-Length": 0} | headers)

    def start(self, handler, status, headers):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, str(value))
        handler.end_headers()

    def send(self, handler, content):
        """Send a file, or the rest of it if it is still the same."""
        begins = 0
        asked = handler.headers.get("Range", "")
        if asked and handler.headers.get("If-Range") in self.validators.values():
            begins = int(asked.removeprefix("bytes=").removesuffix("-"))
        size = len(content)
        if begins >= size:
            return self.start(handler, 416, {"Content-Range": f"bytes */{size}"})
        headers = {"Content-Length": size - begins, **self.validators}
        if begins:
            headers["Content-Range"] = f"bytes {begins}-{size - 1}/{size}"
        self.start(handler, 206 if begins else 200, headers)
        handler.wfile.write(content[begins:])

    def break_off(self, handler, content):
        """Send the head and half of a file, and hang up."""
        self.start(handler, 200, {"Content-Length": len(content), **self.validators})
        handler.wfile.write(content[: len(content) // 2])

    def hang(self, handler, content):
        """Take the request, and say nothing."""
        self.is_over.wait(30)

    def drip(self, handler, content):
        """Send a byte now and then, for ever."""
        self.start(handler, 200, {"Content-Length": len(content)})
        self._drip(handler, content)

    def drip_head(self, handler, content):
        """Send the head of an answer so."""
        self._drip(handler, b"HTTP/1.1 200 OK\r\nX-Slow: " + bytes(1000).replace(b"\0", b"x"))

    def _drip(self, handler, content):
        for byte in content:
            if self.is_over.wait(0.02):
                return
            try:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
            except OSError:  # nobody listens any more
                return

    def endless(self, handler, content):
        """Send without saying how much it will be."""
        self.start(handler, 200, {})
        end = time.monotonic() + 20
        while not self.is_over.is_set() and time.monotonic() < end:
            try:
                handler.wfile.write(bytes(100_000))
            except OSError:
                return

    def stop(self):
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()
