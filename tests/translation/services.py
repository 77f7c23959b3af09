"""Stand-ins on this machine that speak the protocols of DeepL and of LibreTranslate."""

import http.server
import json
import threading
import time
from urllib.parse import parse_qs

KEY = "key-of-the-site:fx"


def in_english(text: str) -> str:
    """Return what the stand-ins make of a text: its tags stay."""
    return f"EN {text}"


class Service:
    """A web server that translates, until the test changes how it ``behaves``.

    ``asked`` holds the texts of each request, ``requests`` its headers and its decoded body.
    """

    def __init__(self, protocol):
        self.asked, self.requests = [], []
        self.translate = in_english
        self.behaviours = []  # of the next requests; of all further ones when it is empty: right
        self.protocol = protocol
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = service.answer(self.path, dict(self.headers), body)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path, headers, body) -> tuple[int, bytes]:
        texts = self.protocol.texts_of(path, headers, body, self)
        self.asked.append(texts)
        behaviour = self.behaviours.pop(0) if self.behaviours else None
        if isinstance(behaviour, int):
            return behaviour, b'{"message": "no"}'
        if isinstance(behaviour, bytes):
            return 200, behaviour
        if isinstance(behaviour, float):
            time.sleep(behaviour)
        translated = [self.translate(text) for text in texts]
        if behaviour == "one too few":
            translated.pop()
        return 200, json.dumps(self.protocol.answer_of(translated)).encode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class DeepL:
    """Form data in, ``translations`` out; a key in a header."""

    path = "/v2/translate"
    setting = "translation.machine.DeepLTranslator"

    @staticmethod
    def texts_of(path, headers, body, service):
        form = parse_qs(body.decode(), strict_parsing=True)
        service.requests.append((path, headers, form))
        assert headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert form["tag_handling"] == ["xml"]
        return form["text"]

    @staticmethod
    def answer_of(texts):
        return {
            "translations": [{"detected_source_language": "LV", "text": text} for text in texts]
        }


class LibreTranslate:
    """JSON in and out; a key in the body."""

    path = ""
    setting = "translation.machine.LibreTranslator"

    @staticmethod
    def texts_of(path, headers, body, service):
        asked = json.loads(body)
        service.requests.append((path, headers, asked))
        assert path == "/translate"
        assert headers["Content-Type"] == "application/json"
        assert asked["api_key"] == KEY
        return asked["q"]

    @staticmethod
    def answer_of(texts):
        return {"translatedText": texts}


def configure(settings, service):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": service.protocol.setting,
        "OPTIONS": {"URL": service.url + service.protocol.path, "KEY": KEY, "TIMEOUT": 0.5},
    }
