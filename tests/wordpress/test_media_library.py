"""Files of the old site become images and documents, each once, by the rules of uploads."""

import datetime
import errno
import io
import time
import unicodedata

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from news.wordpress.items import Item, dump_item
from news.wordpress.media import Library, MediaError, sentence
from news.wordpress.models import ImportedFile, ImportedItem
from recovery.media import walk
from tests.buckets import LOGIN, make_bucket, serve
from tests.search import files
from tests.wordpress.old_hosts import OldHost

pytestmark = pytest.mark.django_db

Image, Document = get_image_model(), get_document_model()
SOURCE, SITE = "www.lps.lv", "http://www.lps.lv"
UPLOADS = f"{SITE}/wp-content/uploads"
DATE = timezone.make_aware(datetime.datetime(2013, 5, 6, 12, 30))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)  # how .doc, .xls and .ppt begin


def picture(kind="JPEG", size=(40, 30), colour="teal", **options) -> bytes:
    output = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(output, kind, **options)
    return output.getvalue()


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """An empty folder of uploads of this site."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def old(tmp_path):
    """The uploads folder of the old site; call it to put a file there."""
    folder = tmp_path / "uploads"
    folder.mkdir()

    def put(path, content):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)

    put.folder = folder
    return put


@pytest.fixture
def host(settings):
    settings.WORDPRESS_MEDIA = settings.WORDPRESS_MEDIA | {
        "read": 5,
        "pause": 0.01,
        "delay": 0,
        "attempts": 2,
    }
    host = OldHost()
    yield host
    host.stop()


@pytest.fixture
def library(old):
    return Library(SOURCE, SITE, old.folder)


def attachment(number, path, **values):
    meta = {"_wp_attached_file": path} | values.pop("meta", {})
    url = f"{UPLOADS}/{path}"
    return Item(number, "attachment", "inherit", file=url, meta=meta, date=DATE, **values)


def keep(item: Item) -> ImportedItem:
    return ImportedItem.objects.create(
        source=SOURCE,
        post_id=item.id,
        type=item.type,
        title=item.title,
        date=item.date,
        data=dump_item(item),
        checksum="-",
    )


def codes(library):
    return [problem.code for problem in library.problems]


def stored():
    return list(walk())


def test_a_picture_is_taken_in_once_whatever_its_address(library, old):
    old("2013/05/ēka.JPG", picture())
    addresses = [
        f"{UPLOADS}/2013/05/ēka.JPG",
        f"{UPLOADS}/2013/05/ēka-300x200.JPG",
        f"{UPLOADS}/2013/05/ēka-150x150.JPG?resize=2",
        "https://lps.lv/wp-content/uploads/2013/05/%C4%93ka.JPG",
        f"{UPLOADS}/2013/05/{unicodedata.normalize('NFD', 'ēka.jpg')}",
        f"{UPLOADS}/2013/05/Ēka-scaled.jpg",
    ]
    taken = {library.image(address) for address in addresses}
    assert taken == {Image.objects.get().pk}
    assert library.problems == [] and len(stored()) == 1


def test_an_attachment_gives_its_picture_title_text_and_date(library, old):
    old("2013/05/IMG_1.jpg", picture())
    item = attachment(
        55,
        "2013/05/IMG_1.jpg",
        title="Kongress Rīgā",
        meta={"_wp_attachment_image_alt": "Cilvēki  zālē"},
    )
    row = keep(item)
    image = Image.objects.get(pk=library.image(f"{UPLOADS}/2013/05/IMG_1-300x200.jpg"))
    assert (image.title, image.description, image.created_at) == (
        "Kongress Rīgā",
        "Cilvēki zālē",
        DATE,
    )
    assert (image.width, image.height) == (40, 30)
    assert image.file_size == default_storage.size(image.file.name)
    assert image.collection.name == "WordPress: www.lps.lv"
    assert image.collection.get_parent() == Collection.get_first_root_node()
    row.refresh_from_db()
    assert (row.image, row.state) == (image, ImportedItem.State.IMPORTED)
    assert library.image(55) == library.image(item) == image.pk
    assert library.image(f"{SITE}/?attachment_id=55") == image.pk


def test_an_edited_picture_answers_for_what_it_was(library, old):
    old("2013/05/a.jpg", picture(colour="red"))
    old("2013/05/a-e1400000000.jpg", picture(colour="blue", size=(20, 20)))
    keep(attachment(55, "2013/05/a-e1400000000.jpg"))
    edited = library.image(55)
    assert Image.objects.get(pk=edited).width == 20
    assert library.image(f"{UPLOADS}/2013/05/a-300x200.jpg") == edited
    assert library.image(f"{UPLOADS}/2013/05/a.jpg") == edited


def test_an_attachment_that_is_really_called_like_a_preview_is_itself(library, old):
    old("2013/05/plans.jpg", picture(colour="red"))
    old("2013/05/plans-2013x2014.jpg", picture(colour="blue"))
    keep(attachment(1, "2013/05/plans.jpg"))
    keep(attachment(2, "2013/05/plans-2013x2014.jpg"))
    assert library.image(1) != library.image(2) is not None
    assert library.image(f"{UPLOADS}/2013/05/plans-2013x2014.jpg") == library.image(2)


def test_attachments_that_differ_in_capitals_are_two(library, old):
    old("2013/05/A.JPG", picture(colour="red"))
    old("2013/05/a.jpg", picture(colour="blue"))
    keep(attachment(1, "2013/05/A.JPG"))
    keep(attachment(2, "2013/05/a.jpg"))
    first, second = library.image(f"{UPLOADS}/2013/05/A.JPG"), library.image(2)
    assert first != second and library.image(1) == first
    assert library.image(f"{UPLOADS}/2013/05/a.jpg") == second


def test_previews_with_names_of_their_own_are_found_by_what_wordpress_noted(library, old):
    old("2013/05/a.jpg", picture())
    metadata = 'a:1:{s:5:"sizes";a:1:{s:5:"thumb";a:1:{s:4:"file";s:9:"a_thumb.jpg";}}}'
    keep(attachment(1, "2013/05/a.jpg", meta={"_wp_attachment_metadata": metadata}))
    assert library.image(f"{UPLOADS}/2013/05/a_thumb.jpg") == library.image(1) is not None


def test_the_picture_of_a_document_s_first_page_is_not_the_document(library, old):
    old("2013/05/nolikums.pdf", files.pdf("Nolikums"))
    old("2013/05/nolikums-pdf.jpg", picture())
    metadata = 'a:1:{s:5:"sizes";a:1:{s:4:"full";a:1:{s:4:"file";s:16:"nolikums-pdf.jpg";}}}'
    keep(attachment(1, "2013/05/nolikums.pdf", meta={"_wp_attachment_metadata": metadata}))
    assert library.document(1) and library.image(1) is None
    address = f"{UPLOADS}/2013/05/nolikums-pdf-212x300.jpg"
    assert library.image(address) and library.document(address) is None


def test_an_item_learns_of_a_file_that_came_before_it(library, old):
    old("2013/05/a.jpg", picture())
    key = library.image(f"{UPLOADS}/2013/05/a.jpg")
    item = attachment(1, "2013/05/a.jpg")
    row = keep(item)
    assert library.image(item) == key
    row.refresh_from_db()
    assert row.image_id == key


def test_what_no_database_takes_is_left_out_of_titles_and_of_the_report(library, old):
    old("2013/05/a.jpg", picture())
    odd = {"_wp_attachment_image_alt": "Zāle\0\x1b[31m\ud800"}
    item = attachment(1, "2013/05/a.jpg", title="Kongress\0\x07\nRīgā", meta=odd)
    image = Image.objects.get(pk=library.image(item))
    assert (image.title, image.description) == ("Kongress Rīgā", "Zāle [31m")
    assert library.image(f"{UPLOADS}/2013/05/\0\ud800.jpg") is None
    row = keep(Item(2, "post"))
    row.account = {"problems": library.problems}
    row.save()
    row.refresh_from_db()
    assert row.account["problems"][0][0] == "unsafe_path"


def test_a_second_run_changes_nothing(library, old):
    old("2013/05/a.jpg", picture())
    old("2013/05/b.pdf", files.pdf("Nolikums"))
    keep(attachment(1, "2013/05/a.jpg"))
    before = (library.image(1), library.document(f"{UPLOADS}/2013/05/b.pdf"), stored())
    again = Library(SOURCE, SITE, old.folder)
    assert (again.image(1), again.document(f"{UPLOADS}/2013/05/b.pdf"), stored()) == before
    assert ImportedFile.objects.count() == 2


def test_what_is_here_costs_one_query(library, old, django_assert_num_queries):
    old("2013/05/a.jpg", picture())
    library.image(f"{UPLOADS}/2013/05/a.jpg")
    with django_assert_num_queries(1):
        library.image(f"{UPLOADS}/2013/05/a-300x200.jpg")


def test_copies_of_one_file_become_one(library, old):
    old("2013/05/a.jpg", picture())
    old("2014/01/a-1.jpg", picture())
    assert library.image(f"{UPLOADS}/2013/05/a.jpg") == library.image(f"{UPLOADS}/2014/01/a-1.jpg")
    assert Image.objects.count() == 1 and ImportedFile.objects.count() == 2


def test_what_an_editor_deleted_does_not_come_back(library, old):
    old("2013/05/a.jpg", picture())
    Image.objects.get(pk=library.image(f"{UPLOADS}/2013/05/a.jpg")).delete()
    again = Library(SOURCE, SITE, old.folder)
    assert again.image(f"{UPLOADS}/2013/05/a.jpg") is None
    assert codes(again) == ["removed"] and Image.objects.count() == 0


# Cut off


def test_after_a_page_that_failed_its_files_are_taken_in_without_a_double(library, old):
    """The row went with the transaction, the file stayed in the storage."""
    old("2013/05/a.jpg", picture())
    old("2013/05/b.pdf", files.pdf("Nolikums"))

    def take():
        return (
            library.image(f"{UPLOADS}/2013/05/a.jpg"),
            library.document(f"{UPLOADS}/2013/05/b.pdf"),
        )

    with pytest.raises(RuntimeError), transaction.atomic():
        take()
        raise RuntimeError
    assert Image.objects.count() == 0 and len(stored()) == 2
    image, document = take()
    assert sorted(stored()) == sorted(
        [Image.objects.get(pk=image).file.name, Document.objects.get(pk=document).file.name]
    )
    with Document.objects.get(pk=document).open_file() as file:
        assert file.read().startswith(b"%PDF")


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_row_that_can_not_be_written_leaves_no_file(library, old, monkeypatch, error):
    old("2013/05/a.jpg", picture())

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(ImportedFile.objects, "create", fail)
    with pytest.raises(error):
        library.image(f"{UPLOADS}/2013/05/a.jpg")
    assert stored() == [] and Image.objects.count() == 0


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(library, old, monkeypatch):
    old("2013/05/a.pdf", files.pdf("Nolikums"))
    save = type(default_storage._wrapped or default_storage)._save

    def fill(storage, name, content):
        save(storage, name, ContentFile(b"half"))
        raise OSError(errno.ENOSPC, "No space left on device", name)

    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.storage.FileSystemStorage._save", fill)
        with pytest.raises(MediaError, match="a.pdf"):
            library.document(f"{UPLOADS}/2013/05/a.pdf")
    assert stored() == [] and Document.objects.count() == 0
    assert library.document(f"{UPLOADS}/2013/05/a.pdf")


# Kinds


def rich_text() -> bytes:
    return b"{\\rtf1\\ansi Nolikums}"


DOCUMENTS = {
    "nolikums.pdf": files.pdf("Nolikums"),
    "Nolikums 2013.DOC": COMPOUND,
    "tabula.xls": COMPOUND + b"x",
    "slaidi.ppt": COMPOUND + b"p",
    "slaidi.pps": COMPOUND + b"s",
    "nolikums.odt": files.open_document("Nolikums"),
    "nolikums.docx": files.word("Nolikums"),
    "nolikums.rtf": rich_text(),
    "runa.mp3": b"ID3\x03" + bytes(100),
    "runa-bez-birkas.mp3": b"\xff\xfb\x90\x64" + bytes(100),
    "filma.mp4": b"\0\0\0\x20ftypisom" + bytes(100),
    "saraksts.csv": "vārds;skaits\n".encode(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_of_an_archive_are_taken_in(library, old, client, name):
    old(f"2013/05/{name}", DOCUMENTS[name])
    key = library.document(f"{UPLOADS}/2013/05/{name}")
    document = Document.objects.get(pk=key)
    assert library.problems == [] and library.image(f"{UPLOADS}/2013/05/{name}") is None
    answer = client.get(document.url)
    assert b"".join(answer.streaming_content) == DOCUMENTS[name]
    assert answer["Content-Disposition"].startswith("attachment")
    document.full_clean()  # an editor can save it


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("a.doc", rich_text(), "rtf"),
        ("a.doc", files.word("Nolikums"), "docx"),
        ("a.xls", files.pdf("Nolikums"), "pdf"),
        ("a", files.pdf("Nolikums"), "pdf"),
        ("a.jpg", picture("PNG"), "png"),
        ("a.png", picture("JPEG"), "jpg"),
        ("a.php", picture("GIF"), "gif"),
        ("a.docx", picture("WEBP"), "webp"),
    ],
)
def test_what_has_a_wrong_name_is_given_its_right_one(library, old, name, content, extension):
    old(f"2013/05/{name}", content)
    taken = library.take(f"{UPLOADS}/2013/05/{name}")
    (file,) = [each.file for each in [*Image.objects.all(), *Document.objects.all()]]
    assert any(taken) and file.name.endswith(f"/a.{extension}")
    assert codes(library) == ["renamed"] and not library.problems[0].is_lost


@pytest.mark.parametrize("name", ["a.jpe", "a.jfif", "a.JPEG"])
def test_other_names_of_jpeg_need_no_word(library, old, name):
    old(f"2013/05/{name}", picture())
    assert library.image(f"{UPLOADS}/2013/05/{name}") and library.problems == []


@pytest.mark.parametrize(
    ("name", "kind", "mode"),
    [("a.bmp", "BMP", "RGB"), ("a.bmp", "BMP", "1"), ("a.tif", "TIFF", "CMYK")]
    + [("a.tiff", "TIFF", "RGB"), ("a.jpg", "BMP", "P")],
)
def test_old_kinds_of_pictures_become_one_that_browsers_show(library, old, name, kind, mode):
    output = io.BytesIO()
    PillowImage.new("RGB", (40, 30), "teal").convert(mode).save(output, kind)
    old(f"2013/05/{name}", output.getvalue())
    image = Image.objects.get(pk=library.image(f"{UPLOADS}/2013/05/{name}"))
    assert image.file.name.endswith("/a.png") and (image.width, image.height) == (40, 30)
    assert codes(library) == ["converted"]


def test_an_old_picture_that_is_large_as_png_becomes_a_jpeg(library, old, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40_000
    noise = PillowImage.effect_noise((150, 150), 90).convert("RGB")
    output = io.BytesIO()
    noise.save(output, "BMP")
    old("2013/05/a.bmp", output.getvalue())
    image = Image.objects.get(pk=library.image(f"{UPLOADS}/2013/05/a.bmp"))
    assert image.file.name.endswith("/a.jpg")


def test_a_picture_that_moves_is_said_to(library, old):
    frames = [PillowImage.new("RGB", (8, 8), (n, 0, 0)) for n in range(3)]
    output = io.BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    old("2013/05/a.gif", output.getvalue())
    assert library.image(f"{UPLOADS}/2013/05/a.gif")
    assert codes(library) == ["animated"]


def test_where_a_photograph_was_taken_does_not_come_along(library, old):
    exif = PillowImage.Exif()
    exif[0x010F] = "Camera of somebody"
    old("2013/05/a.jpg", picture(exif=exif))
    output = io.BytesIO()
    one, two = (PillowImage.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    one.save(output, "MPO", save_all=True, append_images=[two], exif=exif)
    old("2013/05/b.jpg", output.getvalue())  # two pictures in one, as cameras write them
    for name in ("a.jpg", "b.jpg"):
        image = Image.objects.get(pk=library.image(f"{UPLOADS}/2013/05/{name}"))
        with image.open_file() as file:
            assert b"Camera of somebody" not in file.read()
    assert library.problems == []


def many_pages() -> bytes:
    pages = [PillowImage.new("L", (8, 8), n) for n in range(2)]
    output = io.BytesIO()
    pages[0].save(output, "TIFF", save_all=True, append_images=pages[1:])
    return output.getvalue()


PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><html><title>Lapa nav atrasta</title></html>"
MACROS = "_VBA_PROJECT\0".encode("utf-16-le")
REFUSED = [
    ("a.jpg", b"", "empty"),
    ("a.jpg", PAGE, "page"),
    ("a.pdf", PAGE, "page"),
    ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "page"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "refused_type"),
    ("a.exe", b"MZ" + bytes(200), "refused_type"),
    ("a.docm", files.word("Nolikums") + b"x", "refused_type"),
    ("a", b"MZ" + bytes(200), "refused_type"),
    ("a.jpg", b"MZ" + bytes(200), "wrong_content"),
    ("a.pdf", b"MZ" + bytes(200), "wrong_content"),
    ("a.doc", COMPOUND + bytes(1_048_560) + MACROS, "program"),  # where two steps of reading meet
    ("a.ppt", COMPOUND + b"\2\0\0\4\x0c\0\0\0\1\0\0\0\1\0\0\0", "program"),
    ("a.jpg", picture()[:400], "broken"),
    ("a.bmp", picture("BMP")[:60], "broken"),
    ("a.tif", many_pages(), "many_pages"),
]


@pytest.mark.once
@pytest.mark.parametrize(("name", "content", "code"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_is_not_taken_is_said_with_its_reason(library, old, name, content, code):
    old(f"2013/05/{name}", content)
    address = f"{UPLOADS}/2013/05/{name}"
    for _ in range(2):
        assert library.image(address) is None and library.document(address) is None
    assert codes(library) == [code] and library.problems[0].is_lost
    assert library.problem_of(address) == library.problems[0]
    assert sentence(library.problems[0])
    assert stored() == [] and not ImportedFile.objects.exists()


@pytest.mark.once
def test_sizes_are_those_of_uploads(library, old, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 300
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 5000
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 2000
    old("a.jpg", picture())
    old("b.doc", COMPOUND + bytes(5000))
    old("c.bmp", picture("BMP", (80, 30)))
    assert [library.take(f"{UPLOADS}/{name}") for name in ("a.jpg", "b.doc")] == [(None, None)] * 2
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 50_000
    assert library.image(f"{UPLOADS}/c.bmp") is None
    assert codes(library) == ["too_large", "too_large", "too_many_pixels"]


# Hostile exports


@pytest.mark.once
@pytest.mark.parametrize(
    "path", ["../../secret.jpg", "/etc/passwd", "C:\\secret.jpg", "..\\secret.jpg", "a\0b.jpg"]
)
def test_a_path_out_of_the_folder_is_not_followed(library, old, tmp_path, path):
    (tmp_path / "secret.jpg").write_bytes(picture())
    item = attachment(1, "-")
    item.meta["_wp_attached_file"] = path
    item.file = ""
    assert library.image(item) is None
    assert codes(library) == ["unsafe_path"] and library.problems[0].item == 1
    assert Image.objects.count() == 0
    # With an address besides, the file is taken by that, and the report says so.
    old("2013/05/a.jpg", picture())
    item = attachment(2, "2013/05/a.jpg", meta={"_wp_attached_file": path})
    assert library.image(item)
    assert codes(library)[1:] == ["unsafe_name"]


@pytest.mark.once
def test_what_is_not_there_is_said_once(library):
    keep(attachment(1, "2013/05/a.jpg"))
    for _ in range(2):
        assert library.image(1) is None
        assert library.image(f"{UPLOADS}/2013/05/a-300x200.jpg") is None
    assert library.image(99) is None
    assert library.image("http://example.org/a.jpg") is None
    assert [(each.code, each.item) for each in library.problems] == [
        ("missing", 1),
        ("unknown", 0),
        ("foreign", 0),
    ]
    assert codes(library) == ["missing", "unknown", "foreign"]
    assert library.problem_of(99).address == "99"


@pytest.mark.once
def test_a_lost_picture_is_replaced_by_its_largest_preview(library, old):
    old("2013/05/a-150x150.jpg", picture(size=(15, 15)))
    old("2013/05/a-1024x768.jpg", picture(size=(102, 76)))
    keep(attachment(1, "2013/05/a.jpg"))
    assert Image.objects.get(pk=library.image(1)).width == 102
    assert codes(library) == ["smaller"] and not library.problems[0].is_lost


@pytest.mark.once
def test_long_names_become_short_ones_that_stay_apart(library, old):
    names = ["ā" * 110 + "1.jpg", "ā" * 110 + "2.jpg"]
    for name, colour in zip(names, ("red", "blue"), strict=True):
        old(f"2013/05/{name}", picture(colour=colour))
    keys = {library.image(f"{UPLOADS}/2013/05/{name}") for name in names}
    assert len(keys) == 2 and None not in keys
    assert all(len(image.file.name) <= 100 for image in Image.objects.all())


@pytest.mark.once
def test_without_a_folder_or_a_host_that_is_said(db):
    library = Library(SOURCE, SITE)
    assert library.image(f"{UPLOADS}/2013/05/a.jpg") is None
    assert codes(library) == ["no_source"]


# From the old host


@pytest.mark.once
def test_a_file_that_the_folder_lacks_comes_from_the_host(old, host):
    host.files["/wp-content/uploads/2013/05/a.jpg"] = picture()
    host.files["/docs/b.pdf"] = files.pdf("Nolikums")
    host.files[f"/wp-content/uploads/{unicodedata.normalize('NFD', 'ā')}.jpg"] = picture("PNG")
    library = Library(SOURCE, host.url, old.folder, fetch=True, hosts=[host.name])
    assert library.image(f"{host.url}/wp-content/uploads/2013/05/a-300x200.jpg?w=1")
    assert library.document(f"{host.url}/docs/b.pdf")
    assert library.image("/wp-content/uploads/ā.jpg")
    keep(attachment(7, "2013/05/a.jpg"))  # of an address that the host had before
    asked = len(host.asked)
    again = Library(SOURCE, host.url, old.folder, fetch=True, hosts=[host.name])
    assert again.image(7) and again.document(f"{host.url}/docs/b.pdf")
    assert len(host.asked) == asked


@pytest.mark.once
def test_where_the_picture_is_gone_the_preview_that_the_text_shows_is_fetched(host):
    host.files["/wp-content/uploads/2013/05/a-300x200.jpg"] = picture(size=(30, 20))
    library = Library(SOURCE, host.url, fetch=True, hosts=[host.name])
    key = library.image(f"{host.url}/wp-content/uploads/2013/05/a-300x200.jpg")
    assert Image.objects.get(pk=key).width == 30


@pytest.mark.once
def test_a_page_in_place_of_a_picture_is_not_taken(host, settings):
    """Many old sites answer everything with their front page, and 200."""
    host.files["/wp-content/uploads/2013/05/a.jpg"] = PAGE
    library = Library(SOURCE, host.url, fetch=True, hosts=[host.name])
    assert library.image(f"{host.url}/wp-content/uploads/2013/05/a.jpg") is None
    assert codes(library) == ["page"]
    assert list(settings.WORDPRESS_MEDIA["folder"].iterdir()) == []


@pytest.mark.once
def test_a_host_in_a_private_network_is_asked_only_if_it_is_named(host):
    host.files["/wp-content/uploads/2013/05/a.jpg"] = picture()
    library = Library(SOURCE, host.url, fetch=True)
    assert library.image(f"{host.url}/wp-content/uploads/2013/05/a.jpg") is None
    assert codes(library) == ["private_address"] and host.asked == []


@pytest.mark.once
def test_a_host_that_comes_back_gives_what_it_owed(host, settings):
    settings.WORDPRESS_MEDIA |= {"failures": 1, "away": 1}
    host.files["/a.pdf"] = files.pdf("Nolikums")
    host.behaviours["/b.pdf"] = [503] * 2
    library = Library(SOURCE, host.url, fetch=True, hosts=[host.name])
    assert library.document("/b.pdf") is None
    assert library.document("/a.pdf") is None
    assert codes(library) == ["busy", "host_away"]
    assert library.problem_of("/a.pdf").code == "host_away"
    time.sleep(1.05)
    assert library.document("/a.pdf")
    assert codes(library) == ["busy"] and library.problem_of("/a.pdf") is None


# A dry run


@pytest.mark.once
def test_a_dry_run_says_what_is_wrong_and_writes_nothing(old, host):
    old("2013/05/a.jpg", picture("PNG"))
    old("2013/05/b.pdf", PAGE)
    library = Library(SOURCE, SITE, old.folder, dry=True)
    assert library.image(f"{UPLOADS}/2013/05/a.jpg") == 0
    assert library.document(f"{UPLOADS}/2013/05/b.pdf") is None
    assert codes(library) == ["renamed", "page"]
    fetching = Library(SOURCE, host.url, fetch=True, hosts=[host.name], dry=True)
    assert fetching.document(f"{host.url}/c.pdf") == 0 and host.asked == []
    assert stored() == [] and Collection.objects.count() == 1
    assert not Image.objects.exists() and not ImportedFile.objects.exists()


# In a bucket


@pytest.mark.once
def test_files_go_into_a_bucket_and_leave_nothing_there_when_they_fail(library, old, settings):
    options = {"bucket_name": "files", "file_overwrite": False, **LOGIN}
    old("2013/05/a.jpg", picture())
    address = f"{UPLOADS}/2013/05/a.jpg"
    with serve() as service:
        bucket = make_bucket(service)
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "config.bucket.BucketStorage",
                "OPTIONS": options | {"endpoint_url": service},
            }
        }
        with pytest.raises(RuntimeError), transaction.atomic():
            library.image(address)
            raise RuntimeError
        image = Image.objects.get(pk=library.image(address))
        assert [each.key for each in bucket.objects.all()] == [image.file.name]
        assert bucket.Object(image.file.name).content_length == image.file_size
        bucket.objects.delete()
        bucket.delete()
        old("2013/05/b.pdf", files.pdf("Nolikums"))
        with pytest.raises(MediaError):  # the bucket is gone
            library.document(f"{UPLOADS}/2013/05/b.pdf")
    assert Document.objects.count() == 0
