"""Addresses of the old site's files, and the paths that they mean."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs, unquote_to_bytes, urljoin, urlsplit

from .problems import Refused

PICTURES = frozenset(
    ("avif", "bmp", "gif", "ico", "jfif", "jpe", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp")
)
LONGEST_NAME, LONGEST_PATH = 255, 1000  # bytes: of file systems; of a key in the database
DEFAULT_PORTS = {"http": 80, "https": 443}

# Where WordPress keeps uploads, alone (wp_upload_dir) and in a network of sites (ms_upload_dir).
UPLOADS = re.compile(
    r"(?:^|/)(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|uploads(?=/\d{4}/)"
    r"|files(?=/\d{4}/\d\d/))/(.+)$"
)
# Jetpack's copies: https://i0.wp.com/www.lps.lv/wp-content/uploads/…?resize=300,200
PHOTON = re.compile(r"i[0-9]\.wp\.com$")
# What WordPress adds to a picture's name: of a size (image_make_intermediate_size), of an edited
# one (wp_save_image), of one too large (wp_create_image_subsizes, since 5.3).
SIZE = re.compile(r"(?:-\d{1,5}x\d{1,5}(?:@2x)?|@2x|\.thumbnail)$")
EDITED = re.compile(r"-e\d{10,13}$")
SCALED = re.compile(r"-(?:scaled|rotated)$")
CONTROLS = ("Cc", "Cs")  # Unicode's categories of what no name holds
NUMBER = re.compile(r"[0-9]{1,18}")
DRIVE = re.compile(r"[A-Za-z]:")


class Address(NamedTuple):
    """Where a file of the old site is.

    ``path`` is below the uploads folder, or begins with a slash and is below the root of the site;
    its letters are composed (NFC). ``number`` is that of the attachment if the address says only
    this (``?attachment_id=55``).
    """

    url: str
    path: str
    number: int = 0


def host_of(url: str) -> str:
    """Return the host of an address as it is compared: no www., the port if it is a special one."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return ""
    special = port and port != DEFAULT_PORTS.get(parts.scheme.lower())
    return f"{host}:{port}" if special else host


def locate(address: str, site_url: str, hosts: Iterable[str]) -> Address:
    """Return what an address in a text means; raises ``Refused``.

    ``hosts`` are those of the old site, as ``host_of`` returns them. A relative address counts from
    ``site_url``, the address of its front page.
    """
    base = site_url.rstrip("/") + "/"
    try:
        url = urljoin(base, address.strip())
        parts = urlsplit(url)
        if PHOTON.match(parts.hostname or ""):
            url = f"https:/{parts.path}"
            parts = urlsplit(url)
    except ValueError as error:
        raise Refused("no_file") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise Refused("no_file")
    if parts.username is not None or host_of(url) not in hosts:
        raise Refused("foreign", parts.hostname or "?")
    if numbers := parse_qs(parts.query).get("attachment_id"):
        if not NUMBER.fullmatch(numbers[0]):
            raise Refused("no_file")
        return Address(url, "", int(numbers[0]))
    path = _decoded(parts.path)
    below = path.removeprefix(urlsplit(base).path.rstrip("/")).lstrip("/")
    if not below or below.endswith("/"):
        raise Refused("no_file")
    upload = UPLOADS.search(below)
    path = checked(upload[1] if upload else below)
    return Address(parts._replace(query="", fragment="").geturl(), path if upload else f"/{path}")


def _decoded(path: str) -> str:
    """Return a path without percent signs; of Latvian letters in UTF-8 or, on old hosts, cp1257."""
    raw = unquote_to_bytes(path.encode(errors="replace"))  # halves of characters are none
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1257", errors="replace")


def checked(path: str) -> str:
    """Return a path below a folder with composed letters.

    Raises ``Refused`` for one that could lead out of the folder, on any system: absolute, with a
    drive, with ``..``, backslashes or control characters.
    """
    parts = path.split("/")
    if (
        not path
        or path.startswith("/")
        or "\\" in path
        or DRIVE.match(path)
        or ".." in parts
        or any(unicodedata.category(letter) in CONTROLS for letter in path)
    ):
        raise Refused("unsafe_path", ascii(path[:100])[1:-1])
    path = unicodedata.normalize("NFC", "/".join(part for part in parts if part not in ("", ".")))
    if len(path.encode()) > LONGEST_PATH or any(
        len(part.encode()) > LONGEST_NAME for part in path.split("/")
    ):
        raise Refused("long_name")
    return path


def folded(path: str) -> str:
    """Return a path as it is compared where hosts mind neither capitals nor how ā is composed."""
    return unicodedata.normalize("NFC", path).casefold()


def extension_of(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_picture(path: str) -> bool:
    return extension_of(path) in PICTURES


def originals(path: str) -> list[str]:
    """Return the paths that a picture's path may mean, the likeliest first, itself the last.

    ``photo-300x200.jpg`` is a preview of ``photo.jpg``, unless there is none; what was edited
    (``photo-e1400000000.jpg``) is a picture of its own if it is there.
    """
    if not is_picture(path):
        return [path]
    stem, _dot, extension = path.rpartition(".")
    whole = SCALED.sub("", SIZE.sub("", stem))
    stems = [whole, EDITED.sub("", whole), stem]
    named = [each for each in stems if each.rpartition("/")[2]]
    return list(dict.fromkeys(f"{each}.{extension}" for each in named))
