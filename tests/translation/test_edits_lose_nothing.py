"""Whatever an editor does to a page, every text that stays as it was keeps its translation."""

import itertools
import uuid

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import (
    AgendaItemFactory,
    ConferencePageFactory,
    ContentPageFactory,
    GoalFactory,
    GoalsPageFactory,
    InsightLibraryPageFactory,
    MeetingPageFactory,
    MeetingsPageFactory,
)
from tests.translation.editing import block_data, editor_data

OPERATIONS = ["change", "insert", "delete", "move", "duplicate", "repeat_id"]
OPERATIONS += ["change_row", "add_row", "delete_row", "move_rows"]
OPERATIONS += ["publish", "sync", "translate", "revert", "copy"]
steps = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 99), st.integers(0, 99)),
    min_size=2,
    max_size=9,
)


class Workshop:
    """A page with every kind of block and with rows, and what people do to it.

    No two texts are alike, so a text tells which block it stands in. ``translated`` remembers the
    texts that translators have seen; wherever one of them stands, its translation must be.
    """

    def __init__(self, client, page, rows, row_text):
        self.client, self.rows, self.row_text = client, rows, row_text
        self.numbers = itertools.count(1)
        self.key, self.model = page.pk, type(page)
        self.english = Locale.objects.get(language_code="en")
        self.translated = set()
        page = self.load()
        stream = self.model.body.field.stream_block
        page.body = stream.to_python([self.new_block(stream, kind) for kind in KINDS])
        page.save()
        page.save_revision().publish()
        self.run("sync", 0, 0)
        self.run("translate", 0, 0)

    def load(self):
        return self.model.objects.get(pk=self.key)

    def latest(self):
        return self.load().get_latest_revision_as_object()

    def text(self):
        return f"teksts {next(self.numbers)}"

    def new_block(self, stream, kind):
        return {"type": kind, "value": KINDS[kind](self.text), "id": str(uuid.uuid4())}

    # What an editor sees and sends

    def save(self, data, url_name="edit", args=(), **more):
        url = reverse(f"wagtailadmin_pages:{url_name}", args=[self.key, *args])
        response = self.client.post(url, data | more)
        if response.status_code != 302:
            form = response.context["form"]
            raise AssertionError([form.errors, {k: f.errors for k, f in form.formsets.items()}])

    def edit_body(self, change):
        """Change the body as the raw list of blocks, and send it as the editor would."""
        page = self.latest()
        raw = page.body.get_prep_value()
        change(raw, page.body.stream_block)
        value = page.body.stream_block.to_python(raw)
        data = {k: v for k, v in editor_data(page).items() if not k.startswith("body-")}
        self.save(data | block_data(page.body.stream_block, "body", value))

    # Operations

    def run(self, operation, a, b):
        getattr(self, operation)(a, b)

    def change(self, a, b):
        def change(raw, stream):
            texts = list(places(raw))
            if texts:
                holder, key, value = texts[a % len(texts)]
                holder[key] = replace_one(value, self.text(), b)

        self.edit_body(change)

    def insert(self, a, b):
        kind = list(KINDS)[b % len(KINDS)]
        self.edit_body(lambda raw, s: raw.insert(a % (len(raw) + 1), self.new_block(s, kind)))

    def delete(self, a, b):
        self.edit_body(lambda raw, s: raw and raw.pop(a % len(raw)))

    def move(self, a, b):
        self.edit_body(lambda raw, s: raw and raw.insert(b % len(raw), raw.pop(a % len(raw))))

    def duplicate(self, a, b):
        """As the editor's button does: a new id."""

        def change(raw, stream):
            if raw:
                kind = raw[a % len(raw)]["type"]
                raw.insert(a % len(raw) + 1, self.new_block(stream, kind))

        self.edit_body(change)

    def repeat_id(self, a, b):
        """As careless code does: another block with the id of one before."""
        page = self.latest()
        raw = page.body.get_prep_value()
        if raw:
            original = raw[a % len(raw)]
            copy = self.new_block(page.body.stream_block, original["type"])
            raw.append(copy | {"id": original["id"]})
            page.body = page.body.stream_block.to_python(raw)
            page.save_revision()

    def row_numbers(self, data):
        return range(int(data[f"{self.rows}-INITIAL_FORMS"]))

    def change_row(self, a, b):
        data = editor_data(self.latest())
        if numbers := self.row_numbers(data):
            data[f"{self.rows}-{numbers[a % len(numbers)]}-{self.row_text}"] = self.text()
        self.save(data)

    def add_row(self, a, b):
        data = editor_data(self.latest())
        number = len(self.row_numbers(data))
        row = {"id": "", "ORDER": a, "DELETE": "", self.row_text: self.text()}
        row |= ROW_FIELDS[self.rows](next(self.numbers))
        data |= {f"{self.rows}-{number}-{name}": value for name, value in row.items()}
        self.save(data | {f"{self.rows}-TOTAL_FORMS": number + 1})

    def delete_row(self, a, b):
        data = editor_data(self.latest())
        numbers = self.row_numbers(data)
        if len(numbers) > 1:
            data[f"{self.rows}-{a % len(numbers)}-DELETE"] = "on"
        self.save(data)

    def move_rows(self, a, b):
        data = editor_data(self.latest())
        for number in self.row_numbers(data):
            data[f"{self.rows}-{number}-ORDER"] = (number * 7 + a) % 11 + 1
        self.save(data)

    def publish(self, a, b):
        self.save(editor_data(self.latest()) | {"action-publish": "1"})

    def sync(self, a, b):
        """As „Sync translated pages“ does."""
        source, _created = TranslationSource.update_or_create_from_instance(self.load())
        Translation.objects.get_or_create(source=source, target_locale=self.english)

    def translate(self, a, b):
        """Translators write what is missing, and publish."""
        source = TranslationSource.objects.get_for_instance(self.load())
        for segment in source.stringsegment_set.select_related("string", "context"):
            text = segment.string.data
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=self.english,
                defaults={"data": text.replace("teksts", "text"), "translation_type": "manual"},
            )
            if "teksts" in text:
                self.translated.add(text)

    def revert(self, a, b):
        revisions = list(self.load().revisions.order_by("pk"))
        revision = revisions[a % len(revisions)]
        self.save(editor_data(revision.as_object()), "revisions_revert", [revision.pk])

    def copy(self, a, b):
        """Copy the page, publish the copy and send it to translators: its own matter."""
        page = self.load()
        copy = page.copy(
            update_attrs={"slug": f"kopija-{next(self.numbers)}", "title": "Kopija"},
            keep_live=False,
        )
        copy.get_latest_revision().publish()
        source, _created = TranslationSource.update_or_create_from_instance(
            self.model.objects.get(pk=copy.pk)
        )
        assert source.object_id != page.translation_key

    # What must hold

    def check(self):
        self.run("publish", 0, 0)
        self.run("sync", 0, 0)
        source = TranslationSource.objects.get_for_instance(self.load())
        segments = source.stringsegment_set.annotate_translation(self.english)
        lost = [
            (text, path)
            for text, path, translation in segments.values_list(
                "string__data", "context__path", "translation"
            )
            if text in self.translated and translation is None
        ]
        assert not lost
        translation = Translation.objects.get(source=source)
        translation.save_target(publish=False)
        page = translation.get_target_instance().get_latest_revision_as_object().to_json()
        for text in segments.values_list("string__data", flat=True):
            if text in self.translated:
                assert text.replace("teksts", "text") in page


def table(text):
    cells = [[text(), text()], [text(), "12"]]
    return {"data": cells, "table_caption": text(), "first_row_is_table_header": True}


def text_of(text):
    paragraphs = "".join(f"<p>{text()}</p>" for _paragraph in range(3))
    return f"{paragraphs}<ul><li>{text()}</li></ul>"


KINDS = {
    "heading": lambda text: text(),
    "text": text_of,
    "quote": lambda text: {"text": text(), "attribution": text()},
    "figure": lambda text: {
        "image": {"image": Workshop.image.pk, "decorative": False, "alt_text": text()},
        "caption": text(),
        "credit": text(),
    },
    "video": lambda text: {"url": "https://youtu.be/dQw4w9WgXcQ", "title": text()},
    "note": lambda text: {"title": text(), "text": f"<p>{text()}</p>"},
    "documents": lambda text: {
        "title": text(),
        "documents": [
            {"type": "item", "value": Workshop.document.pk, "id": str(uuid.uuid4())}
            for _item in range(2)
        ],
    },
    "table": table,
    "legacy": lambda text: (
        f'<table><tbody><tr><td colspan="2">{text()}</td></tr>'
        f"<tr><td>{text()}</td><td><ul><li>{text()}</li></ul></td></tr></tbody></table>"
    ),
}
ROW_FIELDS = {
    "goals": lambda number: {"number": f"2.{number}.1"[:8], "explanation": ""},
    "agenda": lambda number: {"speaker": "", "offset": ""},
    "insights": lambda number: {
        "explanation": "",
        "reference": "",
        "topic_links-TOTAL_FORMS": 0,
        "topic_links-INITIAL_FORMS": 0,
    },
}


def places(value):
    """Find where texts stand in a raw value: what holds each, its key there, and itself."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in items:
        if isinstance(child, dict | list):
            yield from places(child)
        elif isinstance(child, str) and "teksts" in child:
            yield value, key, child


def replace_one(value, new, number):
    """Replace one of the texts in a string, which may be rich text with several."""
    parts = value.split("teksts ")
    position = 1 + number % (len(parts) - 1)
    parts[position] = new.removeprefix("teksts ") + parts[position].lstrip("0123456789")
    return "teksts ".join(parts)


@pytest.fixture
def files(db, home_lv):
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    Workshop.image = get_image_model().objects.create(title="A", file=get_test_image_file())
    Workshop.document = get_document_model().objects.create(
        title="A", file=ContentFile(b"A", name="a.txt")
    )


def goals_page(home):
    page = GoalsPageFactory(parent=ContentPageFactory(parent=home))
    for number in range(1, 4):
        GoalFactory(page=page, number=f"1.{number}", text=f"teksts merkis {number}")
    return page


def meeting_page(home):
    page = MeetingPageFactory(parent=MeetingsPageFactory(parent=home))
    for number in range(1, 4):
        AgendaItemFactory(page=page, title=f"teksts jautajums {number}")
    return page


def conference_page(home):
    library = InsightLibraryPageFactory(parent=home)
    return ConferencePageFactory(
        parent=library, insights=[f"teksts atzina {number}" for number in range(3)]
    )


@pytest.mark.once  # what editors do meets no difference between the databases
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make_page", "rows", "row_text"),
    [
        (goals_page, "goals", "text"),
        (meeting_page, "agenda", "title"),
        (conference_page, "insights", "text"),
    ],
    ids=["goals", "meeting", "conference"],
)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_no_translation_is_lost_by_an_edit(
    admin_client, home_lv, files, make_page, rows, row_text, steps
):
    from django.db import transaction

    with transaction.atomic():
        workshop = Workshop(admin_client, make_page(home_lv), rows, row_text)
        for operation, a, b in steps:
            workshop.run(operation, a, b)
        workshop.check()
        transaction.set_rollback(True)
