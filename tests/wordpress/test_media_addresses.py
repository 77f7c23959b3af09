"""Which file of the old site an address in a text means, and which paths are not followed."""

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.wordpress.media.addresses import checked, host_of, locate, originals
from news.wordpress.media.attachments import title_of
from news.wordpress.media.folder import Folder
from news.wordpress.media.problems import SENTENCES, MediaError, Problem, Refused, sentence

pytestmark = pytest.mark.once

SITE = "http://www.lps.lv"
UPLOADS = f"{SITE}/wp-content/uploads"


def path_of(address, site=SITE):
    return locate(address, site, {host_of(SITE)}).path


@pytest.mark.parametrize(
    "address",
    [
        "http://www.lps.lv/wp-content/uploads/2013/05/bilde.jpg",
        "https://www.lps.lv/wp-content/uploads/2013/05/bilde.jpg",
        "http://lps.lv/wp-content/uploads/2013/05/bilde.jpg",
        "HTTP://WWW.LPS.LV:80/wp-content/uploads/2013/05/bilde.jpg",
        "//www.lps.lv/wp-content/uploads/2013/05/bilde.jpg",
        "/wp-content/uploads/2013/05/bilde.jpg",
        "wp-content/uploads/2013/05/bilde.jpg",
        " http://www.lps.lv/wp-content/uploads/2013/05/bilde.jpg?resize=300%2C200#top\n",
        "http://www.lps.lv//wp-content//uploads/2013/05/./bilde.jpg",
        "https://i2.wp.com/www.lps.lv/wp-content/uploads/2013/05/bilde.jpg?w=640&ssl=1",
        "http://www.lps.lv/wp-content/blogs.dir/3/files/2013/05/bilde.jpg",
        "http://www.lps.lv/files/2013/05/bilde.jpg",
    ],
)
def test_one_file_has_many_addresses(address):
    assert path_of(address) == "2013/05/bilde.jpg"


@pytest.mark.parametrize(
    "name",
    [
        "ēku-siltināšana.jpg",
        "%C4%93ku-siltin%C4%81%C5%A1ana.jpg",
        unicodedata.normalize("NFD", "ēku-siltināšana.jpg"),
        "%E7ku-siltin%E2%F0ana.jpg",  # Windows-1257
    ],
)
def test_latvian_letters_are_found_however_they_are_written(name):
    assert path_of(f"{UPLOADS}/2013/05/{name}") == "2013/05/ēku-siltināšana.jpg"


def test_files_outside_of_the_uploads_have_their_path_at_the_site():
    assert path_of(f"{SITE}/docs/nolikums.pdf") == "/docs/nolikums.pdf"
    assert path_of(f"{SITE}/vecais/docs/nolikums.pdf", f"{SITE}/vecais/") == "/docs/nolikums.pdf"


def test_an_address_may_say_only_the_number_of_a_file():
    assert locate(f"{SITE}/?attachment_id=55", SITE, {"lps.lv"}).number == 55


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.org/a.jpg", "foreign"),
        ("http://lps.lv.example.org/a.jpg", "foreign"),
        ("http://lps.lv:8080/a.jpg", "foreign"),
        ("http://user:secret@lps.lv/a.jpg", "foreign"),
        ("http://i0.wp.com/example.org/a.jpg", "foreign"),
        ("data:image/png;base64,AAAA", "no_file"),
        ("file:///etc/passwd", "no_file"),
        ("javascript:alert(1)", "no_file"),
        ("http://[::1/a.jpg", "no_file"),
        ("http://lps.lv/", "no_file"),
        ("http://lps.lv:port/a.jpg", "foreign"),
        ("", "no_file"),
        (f"{SITE}/?attachment_id=five", "no_file"),
        (f"{UPLOADS}/2013/05/", "no_file"),
        (f"{UPLOADS}/..%2f..%2fwp-config.php", "unsafe_path"),
        (f"{UPLOADS}/%2e%2e/%2e%2e/wp-config.php", "unsafe_path"),
        (f"{UPLOADS}/2013/a%00.jpg", "unsafe_path"),
        (f"{UPLOADS}/2013/..%5c..%5ca.jpg", "unsafe_path"),
        (f"{UPLOADS}/2013/{'a' * 300}.jpg", "long_name"),
        (f"{UPLOADS}/{'a/' * 700}b.jpg", "long_name"),
    ],
)
def test_what_is_no_file_of_the_site_is_refused_with_a_reason(address, code):
    with pytest.raises(Refused) as caught:
        locate(address, SITE, {"lps.lv"})
    assert caught.value.code == code


UNSAFE = [
    "../../etc/passwd",
    "2013/../../../etc/passwd",
    "/etc/passwd",
    "..",
    "C:/Windows/win.ini",
    "C:\\Windows\\win.ini",
    "..\\..\\win.ini",
    "\\\\server\\share",
    "a\0.jpg",
    "a\n.jpg",
    "a\x1b[31m.jpg",
    "",
]


@pytest.mark.parametrize("path", UNSAFE, ids=ascii)
def test_a_path_that_leads_out_is_refused(path):
    with pytest.raises(Refused):
        checked(path)


PIECES = st.sampled_from(
    ["http:", "//", "/", "www.lps.lv", "@", ":80", "[", "?", "#", "%", "%2e%2e", "%2f", "..", "\\"]
    + ["wp-content/uploads/", "i0.wp.com", "-300x200", ".jpg", "\0", "\ud800", "%00", "\u212e", "ā"]
    + ["attachment_id=1", "2013/05/"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_whatever_an_address_is_it_leads_into_the_folder_or_nowhere(address):
    try:
        found = locate(address, SITE, {"lps.lv"})
    except Refused as refused:
        assert refused.code in SENTENCES
        return
    if not found.number:
        path = found.path.removeprefix("/")
        assert os.path.normpath(f"/uploads/{path}").startswith("/uploads/")
        assert checked(path) == path and path.encode() and all(originals(path))
        assert host_of(found.url) == "lps.lv"


@pytest.mark.parametrize("name", ["a..b.jpg", "...jpg", "nolikums\xa02013.pdf", "a" * 251 + ".jpg"])
def test_an_odd_name_is_no_danger(name):
    assert checked(f"2013/05/{name}") == f"2013/05/{name}"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a-300x200.jpg", ["a.jpg", "a-300x200.jpg"]),
        ("a-150x150@2x.JPG", ["a.JPG", "a-150x150@2x.JPG"]),
        ("a-scaled.jpg", ["a.jpg", "a-scaled.jpg"]),
        ("a-e1400000000.jpg", ["a-e1400000000.jpg", "a.jpg"]),
        ("a-e1400000000-300x200.jpg", ["a-e1400000000.jpg", "a.jpg", "a-e1400000000-300x200.jpg"]),
        ("a.thumbnail.jpg", ["a.jpg", "a.thumbnail.jpg"]),
        ("a.jpg", ["a.jpg"]),
        ("-300x200.jpg", ["-300x200.jpg"]),
        ("planojums-2013x2014.pdf", ["planojums-2013x2014.pdf"]),
        ("a-e14.jpg", ["a-e14.jpg"]),
    ],
)
def test_a_preview_means_its_picture(name, meant):
    assert originals(f"2013/05/{name}") == [f"2013/05/{each}" for each in meant]


@pytest.mark.parametrize(
    ("title", "path", "shown"),
    [
        ("Kongress  Rīgā", "2013/05/IMG_0012.JPG", "Kongress Rīgā"),
        ("IMG_0012", "2013/05/IMG_0012.JPG", "IMG 0012"),
        ("", "2013/05/eku-siltinasana_2-300x200.jpg", "eku siltinasana 2"),
        ("", "2013/05/Domes sēde.pdf", "Domes sēde"),
        ("", "2013/05/%C4%93kas.pdf", "ēkas"),
        ("", "2013/05/---.pdf", "---"),
        ("a" * 400, "a.pdf", "a" * 255),
    ],
)
def test_a_title_is_the_file_s_own_or_its_name_made_readable(title, path, shown):
    assert title_of(title, path) == shown


def test_every_problem_has_a_sentence():
    for code in SENTENCES:
        said = sentence(Problem(code, "http://www.lps.lv/a.jpg", "100 %"))
        assert said and "%(" not in said


# The folder


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    (folder / "2013" / "05").mkdir(parents=True)
    return folder


def put(folder, name, content="x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.mark.parametrize("below", ["", "uploads", "wp-content/uploads"])
def test_the_folder_may_be_the_uploads_or_the_site_around_them(tmp_path, below):
    path = put(tmp_path / below, "2013/05/a.jpg")
    assert Folder(tmp_path).find("2013/05/a.jpg") == (path, "2013/05/a.jpg")


def test_other_files_of_the_site_are_found_where_the_folder_has_the_site(tmp_path, uploads):
    path = put(tmp_path, "docs/a.pdf")
    assert Folder(uploads).find("/docs/a.pdf") is None
    put(tmp_path, "wp-content/uploads/b.jpg")
    assert Folder(tmp_path).find("/docs/a.pdf") == (path, "/docs/a.pdf")


@pytest.mark.parametrize(
    "name",
    [
        "Ēku.JPG",
        unicodedata.normalize("NFD", "Ēku.JPG"),
        "ēku.jpg",
        "Ēku.JPG".encode().decode("cp1252"),  # unpacked with another code page
        "Ēku.JPG".encode().decode("cp437"),
        os.fsdecode("Ēku.JPG".encode("cp1257")),
    ],
    ids=ascii,
)
def test_a_name_is_found_however_the_copy_wrote_it(uploads, name):
    path = put(uploads, f"2013/05/{name}")
    found, own = Folder(uploads).find("2013/05/Ēku.JPG")
    assert found == path
    own.encode()  # the database takes no half characters


def test_of_names_that_differ_in_capitals_the_exact_one_is_taken(uploads):
    put(uploads, "2013/05/A.JPG", "other")
    path = put(uploads, "2013/05/a.jpg")
    assert Folder(uploads).find("2013/05/a.jpg")[0] == path
    assert Folder(uploads).find("2013/05/a.JPG")[1] == "2013/05/A.JPG"


def test_links_out_of_the_folder_are_not_followed(tmp_path, uploads):
    secret = put(tmp_path, "secret.jpg")
    (uploads / "2013" / "05" / "a.jpg").symlink_to(secret)
    (uploads / "2014").symlink_to(tmp_path)
    inside = put(uploads, "2013/05/real.jpg")
    (uploads / "2013" / "05" / "b.jpg").symlink_to("real.jpg")
    folder = Folder(uploads)
    for path in ("2013/05/a.jpg", "2014/secret.jpg"):
        with pytest.raises(Refused, check=lambda error: error.code == "outside"):
            folder.find(path)
    assert folder.find("2013/05/b.jpg")[0] == inside


def test_pipes_folders_and_dead_links_are_no_files(uploads):
    os.mkfifo(uploads / "pipe.jpg")
    (uploads / "dead.jpg").symlink_to("nothing")
    (uploads / "folder.jpg").mkdir()
    folder = Folder(uploads)
    for name, code in (
        ("pipe.jpg", "not_regular"),
        ("folder.jpg", "not_regular"),
        ("dead.jpg", "missing"),
    ):
        with pytest.raises(Refused) as caught:
            folder.find(name)
        assert caught.value.code == code


def test_the_largest_preview_stands_in_for_a_lost_picture(uploads):
    for name in ("a-150x150.jpg", "A-1024x768.JPG", "a-300x200.jpg", "ab-2000x2000.jpg"):
        put(uploads, f"2013/05/{name}")
    folder = Folder(uploads)
    assert folder.largest_preview("2013/05/a.jpg")[1] == "A-1024x768.JPG"
    assert folder.largest_preview("2013/05/c.jpg") is None
    assert folder.largest_preview("2019/05/a.jpg") is None


def test_a_folder_that_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(MediaError, match="nowhere"):
        Folder(tmp_path / "nowhere")
    with pytest.raises(MediaError):
        Folder(put(tmp_path, "file"))
