"""Files from the old host, which may be slow, broken, moved, or gone."""

import contextlib
import hashlib
import json
import re
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from config.breaker import Breaker

from .addresses import DEFAULT_PORTS, host_of
from .connections import Guard, GuardedAdapter
from .problems import DISK_FULL, Refused, full_disk

CHUNK = 64 * 1024
TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
GONE = (404, 410)
REDIRECTS = (301, 302, 303, 307, 308)
RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)$")  # RFC 9110, 14.4


class _Again(Exception):
    """This time it did not work; ``refused`` is said if it never does."""

    def __init__(self, code, detail="", wait=None):
        super().__init__(code)
        self.refused, self.wait = Refused(code, detail), wait


class Fetcher:
    """Fetches files of one old site, one after another, within ``WORDPRESS_MEDIA``.

    ``hosts`` are those it may ask, ``private`` those of them that may be in a private network (see
    ``host_of``). Parts of files lie in ``folder`` until they are whole, also from run to run.
    Proxies and logins of the environment are not used.
    """

    def __init__(
        self,
        hosts: frozenset[str],
        private: frozenset[str],
        folder: Path,
        trusting: str | bool = True,
    ):
        """``trusting`` is a file of certificates to trust instead of those of all the web."""
        self._limits = settings.WORDPRESS_MEDIA
        self._hosts, self._folder = hosts, folder
        self._guard = Guard()
        self._session = requests.Session()
        self._session.trust_env, self._session.verify = False, trusting
        self._session.headers = {
            "User-Agent": f"import_wordpress ({settings.WAGTAILADMIN_BASE_URL})",
            "Accept": "*/*",
            "Accept-Encoding": "identity",  # as the file is, so that a part of it can be continued
            "Connection": "close",
        }
        for scheme in DEFAULT_PORTS:
            self._session.mount(f"{scheme}://", GuardedAdapter(self._guard, private))
        self._breaker = Breaker("The old WordPress site", self._limits["away"])
        self._failures = 0  # one after another
        self._asked_at = 0.0

    @contextlib.contextmanager
    def fetched(self, url: str, size: int) -> Iterator[Path]:
        """Yield the file at an address, at most ``size`` bytes; it is removed after the block.

        Raises ``Refused``, and ``MediaError`` when the disk is full.
        """
        part = _Part(self._folder, url)
        try:
            self._fetch(url, part, size)
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
            part.remove()
            raise full_disk(error) from error
        try:
            yield part.path
        finally:
            part.remove()

    def close(self):
        self._session.close()

    def _fetch(self, url, part, size):
        if not self._breaker.is_closed:
            raise Refused("host_away")
        with self._guard.within(self._limits["seconds"]):
            try:
                self._try_several_times(url, part, size)
            except _Again as again:
                self._count_failure(again.refused)
                raise again.refused from again
            except Refused:  # an answer too, and a final one
                self._count_answer()
                part.remove()
                raise
        self._count_answer()

    def _count_failure(self, refused):
        self._failures += 1
        if self._failures >= self._limits["failures"]:
            self._breaker.open(refused)

    def _count_answer(self):
        self._failures = 0
        self._breaker.close()

    def _try_several_times(self, url, part, size):
        for attempt in range(self._limits["attempts"]):
            try:
                return self._try(url, part, size)
            except _Again as again:
                failed = self._late(again)
            wait = failed.wait or self._limits["pause"] * 2**attempt
            wait = min(wait, self._limits["longest_pause"])
            if attempt + 1 == self._limits["attempts"] or wait >= self._guard.left:
                raise failed
            time.sleep(wait)

    def _late(self, again):
        """Return why it did not work, which is the time where that is over."""
        return again if self._guard.left else _Again("too_slow")

    def _try(self, url, part, size):
        try:
            with self._answer(url, part) as response:
                self._check(response)
                self._write(response, part, size)
        except ValueError as error:  # no address, no name of a host
            raise Refused("unreachable", _reason(error)) from error
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise _Again("timeout") from error
        except requests.exceptions.SSLError as error:
            raise _Again("unreachable", _reason(error)) from error
        except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.HTTPError) as error:
            raise _Again("broken_off") from error
        except requests.ConnectionError as error:
            raise _Again("unreachable", _reason(error)) from error
        except requests.RequestException as error:
            raise Refused("unreachable", _reason(error)) from error

    def _answer(self, url, part) -> requests.Response:
        """Return the first answer that is no redirect."""
        seen = set()
        while True:
            if urlsplit(url).scheme not in DEFAULT_PORTS or host_of(url) not in self._hosts:
                raise Refused("redirected_away", urlsplit(url).hostname or "?")
            if url in seen or len(seen) > self._limits["redirects"]:
                raise Refused("redirects")
            seen.add(url)
            response = self._ask(url, part)
            if response.status_code not in REDIRECTS:
                return response
            target = self._session.get_redirect_target(response)
            response.close()
            if not target:
                raise Refused("status", response.status_code)
            url = urljoin(url, target).partition("#")[0]

    def _ask(self, url, part):
        wait = self._asked_at + self._limits["delay"] - time.monotonic()
        time.sleep(max(0, wait))
        try:
            return self._session.get(
                url,
                headers=part.headers(),
                stream=True,
                allow_redirects=False,
                timeout=(self._limits["connect"], self._limits["read"]),
            )
        finally:
            self._asked_at = time.monotonic()

    def _check(self, response):
        status = response.status_code
        if status in GONE:
            raise Refused("missing")
        if status in TRY_AGAIN:
            raise _Again("busy", status, _retry_after(response))
        if status not in (200, 206, 416):
            raise Refused("status", status)

    def _write(self, response, part, size):
        start, whole = part.begin(response)
        if whole is not None and whole > size:
            part.remove()
            raise Refused("too_large", filesizeformat(size))
        if response.status_code == 416:
            return
        with open(part.path, "ab" if start else "wb") as file:
            written = start
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                written += len(chunk)
                if written > size:
                    break
                file.write(chunk)
        if written > size:
            part.remove()
            raise Refused("too_large", filesizeformat(size))
        if not self._guard.left or (whole is not None and written != whole):
            raise _Again("broken_off")


class _Part:
    """A file as far as it has come, and by what the host knows that it is still the same."""

    def __init__(self, folder: Path, url: str):
        folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(url.encode(errors="surrogatepass")).hexdigest()[:32]
        self.path = folder / f"{name}.part"
        self._state = folder / f"{name}.json"

    def headers(self) -> dict[str, str]:
        """Return what asks for the rest of the file alone, if it is still the same."""
        try:
            state = json.loads(self._state.read_bytes())
            return {
                "Range": f"bytes={self.path.stat().st_size}-",
                "If-Range": state["validator"],
            }
        except (OSError, ValueError, KeyError, TypeError):  # nothing has come, or it was cut off
            return {}

    def begin(self, response) -> tuple[int, int | None]:
        """Return how much of the file is here already, and how large all of it is if that is said.

        Raises ``_Again`` if the answer does not fit what is here.
        """
        if response.status_code == 200:
            self._remember(response)
            return 0, None if response.headers.get("Content-Encoding") else _length(response)
        here = self.path.stat().st_size if self.path.exists() else 0
        match = RANGE.match(response.headers.get("Content-Range", ""))
        whole = int(match[2]) if match and match[2] != "*" else None
        begins = int(match[1]) if match and match[1] else None
        if response.status_code == 416 and here and whole == here:
            return here, whole  # it was whole when the last run ended
        if response.status_code == 416 or not here or begins != here:
            self.remove()
            raise _Again("broken_off")
        return here, whole

    def _remember(self, response):
        tag = response.headers.get("ETag", "")
        # A weak tag says that it is alike, not that every byte is (RFC 9110, 13.1.5).
        validator = tag if tag.startswith('"') else response.headers.get("Last-Modified")
        self.remove()
        if validator and not response.headers.get("Content-Encoding"):
            self._state.write_text(json.dumps({"validator": validator}))

    def remove(self):
        self.path.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)


def _length(response) -> int | None:
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdigit() else None


def _retry_after(response) -> float | None:
    """Return how many seconds the host asks to wait (RFC 9110, 10.2.3), or None."""
    value = response.headers.get("Retry-After", "")
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (TypeError, ValueError):
        return None


def _reason(error) -> str:
    """Return why a connection failed, without the names of Python's objects."""
    text = str(getattr(error.args[0], "reason", error) if error.args else error)
    text = re.sub(r"^[<(]?\w*\(.*?\): |^.*?>: ", "", text)
    return text[:200]
