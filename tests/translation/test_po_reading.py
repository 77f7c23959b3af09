"""Whatever somebody uploads gets a sentence: never an error, never much memory."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from translation.po import reading
from translation.po.reading import Refused, read
from translation.po.reasons import FILES

from .po_samples import ID, zipped

PO = f"""\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"{ID}: 11111111-1111-4111-8111-111111111111\\n"

msgctxt "title"
msgid "Par mums"
msgstr "About us"
""".encode()
MEGABYTE = 1024 * 1024


def files(content: bytes, name="file.po"):
    return list(read(io.BytesIO(content), name))


def problems(content: bytes, name="file.po"):
    return [file.problem for file in files(content, name)]


def refusal(content, name="po.zip"):
    file = content if hasattr(content, "read") else io.BytesIO(content)
    with pytest.raises(Refused) as refused:
        list(read(file, name))
    return str(refused.value)


def test_a_file_is_read_with_what_it_says_of_itself():
    [file] = files(PO)
    assert (file.problem, str(file.translation)) == ("", "11111111-1111-4111-8111-111111111111")
    [text] = file.texts
    assert (text.context, text.source, text.text) == ("title", "Par mums", "About us")


def test_a_mark_of_utf_8_and_line_ends_of_windows_do_not_matter():
    assert files(b"\xef\xbb\xbf" + PO.replace(b"\n", b"\r\n"))[0].texts == files(PO)[0].texts


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not_po"),
        (b"%PDF-1.7", "not_po"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR msgid", "not_po"),
        (b"Kaut kas, bet ne PO", "not_po"),
        (PO.replace(b"msgid", b"msgid msgid"), "syntax"),
        (PO.replace(b'"About us"', b'"About us'), ""),
        (PO.replace(b'"About us"', b"About us"), ""),
        (PO + b"nonsense\n", "syntax"),
        (PO.replace(ID.encode(), b"X-Other"), "no_metadata"),
        (PO.replace(b"11111111-1111-4111-8111-111111111111", b"12"), "no_metadata"),
        (b'msgid "Par mums"\nmsgstr "About us"\n', "no_metadata"),
        (PO.replace(b"About us", "Pašvaldība".encode("windows-1257")), "not_utf8"),
        (PO.decode().encode("utf-16"), "not_po"),
        (PO + b"# " + b"a" * MEGABYTE, "file_size"),
    ],
)
def test_what_is_no_usable_po_file_gets_its_sentence(content, problem):
    assert problems(content) == [problem]
    assert not problem or FILES[problem]


def test_the_path_of_a_file_is_no_file():
    assert problems(b"/etc/passwd # msgid") == ["syntax"]


def test_the_line_of_damage_is_named():
    [file] = files(PO + b"nonsense\n")
    assert file.params == {"line": 9}


# Archives


def test_an_archive_is_read_file_by_file_without_what_systems_add():
    names = ["a.po", "folder/b.po", "__MACOSX/._a.po", ".DS_Store", "folder/Thumbs.db"]
    content = zipped(dict.fromkeys(names, PO))
    assert [file.name for file in files(content, "po.zip")] == ["a.po", "folder/b.po"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../../etc/x.po", "name"),
        ("/etc/x.po", "name"),
        ("C:\\x.po", "name"),
        ("..\\x.po", "name"),
        ("more.zip", "nested"),
        ("readme.txt", "extension"),
        ("Ziņa ar ļoti dīvainu nosaukumu?.po", ""),
    ],
)
def test_names_are_judged_and_never_used(name, problem):
    assert problems(zipped({"a.po": PO, name: PO}), "po.zip") == ["", problem]


def test_a_file_with_a_password_is_named():
    content = bytearray(zipped({"a.po": PO, "b.po": PO}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(signature) + offset] |= 1
    assert problems(bytes(content), "po.zip") == ["encrypted", ""]


def test_a_damaged_file_is_named_and_the_others_are_read():
    content = bytearray(zipped({"a.po": PO, "b.po": PO}))
    start = content.index(b"a.po") + len("a.po")
    content[start : start + 20] = b"\xff" * 20
    assert problems(bytes(content), "po.zip") == ["damaged", ""]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_not_opened(method):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.po", PO, compress_type=method)
    assert problems(packed.getvalue(), "po.zip") == ["compression"]


@pytest.mark.parametrize(
    "content",
    [b"PK", b"PK\3\4" + b"\0" * 100, zipped({"a.po": PO})[:-30], b"PK\5\6" + b"\xff" * 18],
)
def test_a_damaged_archive_is_refused(content):
    assert refusal(content)


def test_what_is_called_zip_and_is_none_is_refused():
    assert "zip" in refusal(b"Rar!\x1a\x07").lower()


def test_an_archive_without_po_files_is_refused():
    assert ".po" in refusal(zipped({"photo.jpg": b"x"}))
    assert ".po" in refusal(zipped({}))


def test_too_many_files_are_refused_before_the_directory_is_read(settings):
    settings.PO_UPLOAD_LIMITS = {**settings.PO_UPLOAD_LIMITS, "files": 10}
    assert "10" in refusal(zipped({f"{number}.po": b"" for number in range(11)}))
    assert "10" in refusal(zipped({f"{number:050}.po": b"" for number in range(200)}))


def test_a_directory_of_64_bits_hides_nothing(settings):
    content = zipped({"a.po": PO})
    end = content.rindex(b"PK\5\6")
    directory_size, directory_start = struct.unpack_from("<LL", content, end + 12)
    long_end = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, directory_size, directory_start
    )
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    assert refusal(content[:end] + long_end + locator + content[end:])


def test_an_upload_too_large_is_refused(settings):
    settings.PO_UPLOAD_LIMITS = {**settings.PO_UPLOAD_LIMITS, "size": 1000}
    assert refusal(b"PK" + b"\0" * 1000)
    assert refusal(b"#" * 1001, "file.po")


class Measured:
    def __enter__(self):
        tracemalloc.start()
        return self

    def __exit__(self, *_):
        self.peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def test_fifty_megabytes_of_nothing_take_no_memory(tmp_path):
    path = tmp_path / "po.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(49):
            archive.writestr(f"{number}.po", bytes(MEGABYTE - 100))
    with path.open("rb") as file, Measured() as measured:
        found = {each.problem for each in read(file, "po.zip")}
    assert found == {"not_po"}
    assert measured.peak < 8 * MEGABYTE


def test_a_bomb_is_put_down_after_its_first_bytes(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("bomb.po")
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w") as member:
            for _ in range(300):
                member.write(bytes(MEGABYTE))
    with path.open("rb") as file, Measured() as measured:
        assert [each.problem for each in read(file, "bomb.zip")] == ["file_size"]
    assert measured.peak < 8 * MEGABYTE


def test_many_small_bombs_are_one_bomb(tmp_path, settings):
    nothing = zipped({f"{number}.po": bytes(MEGABYTE - 1) for number in range(60)})
    assert len(nothing) < MEGABYTE
    with Measured() as measured:
        assert refusal(nothing)
    assert measured.peak < 12 * MEGABYTE


def test_sizes_in_the_directory_are_not_believed():
    content = bytearray(zipped({"a.po": bytes(4 * MEGABYTE)}))
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<L", content, content.index(signature) + offset, 100)
    with Measured() as measured:
        assert problems(bytes(content), "po.zip")[0] in ("file_size", "damaged", "not_po")
    assert measured.peak < 8 * MEGABYTE


@pytest.mark.parametrize(
    "filling",
    [
        b'"a"\n',
        b'\n\n"a"\n',
        b'"a"\r',
        b"# a\n",
        b"#. a\n",
        b'#~ "a"\n',
        b'"\\n\\n\\n\\n\\n\\n\\n\\n"\n',
    ],
)
def test_texts_of_endless_lines_are_not_put_together(filling):
    content = PO + b"\n" + filling * (MEGABYTE // 2 // len(filling))
    assert problems(content) == ["syntax"]


PIECES = st.sampled_from(
    ["msgid ", "msgstr ", "msgctxt ", "msgid_plural ", "msgstr[0] ", "msgstr[x] ", "msgstr[", '"']
    + ['"\\', "\\n", "\n", "\r", "#~ ", "#| ", "#, fuzzy", "#: ", "# ", "#", "domain ", "\u2028"]
    + [f'msgid ""\nmsgstr "{ID}: 11111111-1111-4111-8111-111111111111\\n"\n', '"a"\n']
)


@examples(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_is_read_or_gets_a_sentence(text):
    [file] = files(("msgid " + text).encode("utf-8", "ignore"))
    assert not file.problem or file.problem in FILES


@examples(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 400), st.binary(min_size=1, max_size=30))
def test_any_damage_to_an_archive_is_survived(start, bytes_):
    content = bytearray(zipped({"a.po": PO, "Ziņa.po": PO}))
    start %= len(content)
    content[start : start + len(bytes_)] = bytes_
    try:
        found = problems(bytes(content), "po.zip")
    except Refused as refused:
        assert str(refused)
    else:
        assert all(not problem or problem in FILES for problem in found)


def test_the_limits_are_what_the_settings_say(settings):
    assert set(settings.PO_UPLOAD_LIMITS) == {"size", "unpacked", "file", "files"}
    assert settings.PO_UPLOAD_LIMITS["file"] > reading.CHUNK
