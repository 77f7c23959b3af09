"""An editorial office with one of everything, and what people try to do in it.

``DEEDS`` is the permission matrix: test_permission_matrix.py proves each line, and prints
docs/permissions.md from them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.test import TestCase
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_factories import ImageFactory
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from editorial import roles
from home.models import SiteTexts
from news.models import Topic
from tests.factories import (
    ContentPageFactory,
    FormFieldFactory,
    FormPageFactory,
    SiteTextsFactory,
    TopicFactory,
)
from tests.translating import translate
from translation.models import POUpload, Term, TranslationStatus

EDITOR, CHIEF, TRANSLATOR, ADMIN = roles.ROLES
STRANGER, VISITOR = "signed in, no role", "not signed in"
PEOPLE = (*roles.ROLES, STRANGER, VISITOR)

ALL = frozenset(roles.ROLES)
RUN = frozenset({CHIEF, ADMIN})  # who answers for what is published
WRITE_LV = RUN | {EDITOR}
WRITE_EN = RUN | {TRANSLATOR}
OFFICE = frozenset({ADMIN})
NOBODY = frozenset()
WRITE = {"lv": WRITE_LV, "en": WRITE_EN}
BOTH = ("lv", "en")

DRAFT = {"lv": "Nepublicēts nodoms", "en": "Unpublished thought"}


class Office:
    """Pages (public, draft, in review), a record and files, in both languages where there are."""

    def __init__(self, home_lv, home_en, person):
        self.person = person
        self.home = {"lv": home_lv, "en": home_en}
        self.place = {"lv": ContentPageFactory(parent=home_lv, title="Vieta", slug="vieta")}
        self.place["en"] = translate(self.place["lv"], {"Vieta": "Place", "vieta": "place"})
        public = ContentPageFactory(parent=home_lv, title="Kārtība", slug="kartiba")
        public.save_revision()
        self.public = {"lv": public, "en": translate(public, {"Kārtība": "Order"})}
        self.draft = {
            language: ContentPageFactory(parent=home, title=DRAFT[language], live=False)
            for language, home in self.home.items()
        }
        for draft in self.draft.values():
            draft.save_revision(log_action=True)
        self.form = {language: FormPageFactory(parent=home) for language, home in self.home.items()}
        for form in self.form.values():
            FormFieldFactory(page=form, label="Vārds", clean_name="vards")
        topic = TopicFactory(name="Budžets", slug="budzets")
        self.topic = {"lv": topic, "en": translate(topic, {"Budžets": "Budget"})}
        texts = SiteTextsFactory()
        self.texts = {"lv": texts, "en": translate(texts, {})}
        self.image = ImageFactory(title="Foto", collection=Collection.get_first_root_node())
        self.document = get_document_model().objects.create(
            title="Fails", file=ContentFile(b"1", name="fails.txt")
        )

    @property
    def translation(self):
        return Translation.objects.get(source__object_id=self.public["lv"].translation_key)

    def submit(self, language):
        """Have a page submitted for review by somebody else."""
        page = self.public[language]
        author = self.person(EDITOR if language == "lv" else TRANSLATOR, f"author-{language}")
        page.save_revision(user=author)
        page.get_workflow().start(page, author)
        page.refresh_from_db()
        return page


@dataclass(frozen=True)
class Deed:
    """Something that somebody tries: ``do(office, client, language)`` says whether it was done."""

    name: str
    do: Callable
    may: dict[str, frozenset]
    group: str

    def __str__(self):
        return self.name


DEEDS: list[Deed] = []
GROUPS = ("Pages", "Translation", "Records", "The API of the admin", "The office")


def deed(name, group, may, languages=BOTH):
    """Register a deed: who may, by language, or for all of them."""
    by_language = may if isinstance(may, dict) else dict.fromkeys(languages, may)

    def register(do):
        DEEDS.append(Deed(name, do, by_language, group))
        return do

    return register


# How a deed is known to be done


def opens(client, name, *args, **query) -> bool:
    """Whether an address shows a page: not a refusal (403, 404) or the way back."""
    return client.get(reverse(name, args=args), query).status_code == 200


def shows(client, text, name, *args, **query) -> bool:
    response = client.get(reverse(name, args=args), query)
    return response.status_code == 200 and text in response.content.decode()


def post(client, name, *args, data=None):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(reverse(name, args=args), data or {})


def now(instance):
    """Return the object as the database has it; none when it is gone."""
    return type(instance)._default_manager.filter(pk=instance.pk).first()


def form_of(page, **fields):
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "lead": "",
        "body": streamfield([]),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return nested_form_data(data | fields)


# Pages


@deed("See a draft in the page explorer", "Pages", WRITE)
def see_draft(office, client, language):
    home = office.home[language]
    return shows(client, DRAFT[language], "wagtailadmin_explore", home.pk)


def finds_draft(client, language, name):
    searched, found = DRAFT[language].split()  # what is searched for stands in the page anyway
    return shows(client, found, name, q=searched)


@deed("Find a draft by searching in the admin", "Pages", WRITE)
def find_draft(office, client, language):
    return finds_draft(client, language, "wagtailadmin_pages:search")


@deed("Find a draft in the page chooser", "Pages", WRITE)
def choose_draft(office, client, language):
    return finds_draft(client, language, "wagtailadmin_choose_page_search")


@deed("See a draft in lists by type and in reports", "Pages", WRITE)
def see_draft_in_reports(office, client, language):
    by_type = shows(client, DRAFT[language], "wagtailadmin_pages:type_use", "home", "contentpage")
    history = shows(client, DRAFT[language], "wagtailadmin_reports:site_history")
    aging = shows(client, DRAFT[language], "wagtailadmin_reports:aging_pages")
    return by_type or history or aging


@deed("Read a draft at its own address", "Pages", WRITE)
def read_draft(office, client, language):
    return opens(client, "wagtailadmin_pages:view_draft", office.draft[language].pk)


@deed("Open the editor", "Pages", WRITE)
def open_editor(office, client, language):
    return opens(client, "wagtailadmin_pages:edit", office.public[language].pk)


@deed("Save a draft", "Pages", WRITE)
def save_draft(office, client, language):
    page = office.draft[language]
    post(client, "wagtailadmin_pages:edit", page.pk, data=form_of(page, title="Cits"))
    return now(page).get_latest_revision_as_object().title == "Cits"


@deed("Preview unsaved changes", "Pages", WRITE)
def preview(office, client, language):
    page = office.draft[language]
    response = post(
        client, "wagtailadmin_pages:preview_on_edit", page.pk, data=form_of(page, title="Cits")
    )
    return response.status_code == 200 and response.json()["is_valid"]


@deed("Create a page", "Pages", {"lv": WRITE_LV, "en": RUN})
def create(office, client, language):
    data = form_of(office.draft[language], title="Jauna", slug="jauna")
    post(
        client,
        "wagtailadmin_pages:add",
        "home",
        "contentpage",
        office.place[language].pk,
        data=data,
    )
    return Page.objects.child_of(office.place[language]).filter(slug="jauna").exists()


@deed("Copy a page", "Pages", {"lv": WRITE_LV, "en": RUN})
def copy(office, client, language):
    page = office.public[language]
    data = {
        "new_title": "Kopija",
        "new_slug": "kopija",
        "new_parent_page": office.home[language].pk,
    }
    post(client, "wagtailadmin_pages:copy", page.pk, data=data)
    return Page.objects.filter(slug="kopija").exists()


@deed("Submit a page for review", "Pages", {"lv": WRITE_LV})
def submit(office, client, language):
    page = office.draft[language]
    data = form_of(page) | {"action-submit": "1"}
    post(client, "wagtailadmin_pages:edit", page.pk, data=data)
    return now(page).workflow_in_progress


@deed("Approve what was submitted", "Pages", RUN)
def approve(office, client, language):
    page = office.submit(language)
    state = page.current_workflow_task_state
    post(client, "wagtailadmin_pages:workflow_action", page.pk, "approve", state.pk)
    return not now(page).workflow_in_progress


@deed("Ask for changes", "Pages", RUN)
def reject(office, client, language):
    page = office.submit(language)
    state = page.current_workflow_task_state
    data = {"comment": "Nē"}
    post(client, "wagtailadmin_pages:workflow_action", page.pk, "reject", state.pk, data=data)
    return now(page).current_workflow_state.status == "needs_changes"


@deed("Publish", "Pages", RUN)
def publish(office, client, language):
    page = office.draft[language]
    data = form_of(page) | {"action-publish": "1"}
    post(client, "wagtailadmin_pages:edit", page.pk, data=data)
    return now(page).live


@deed("Unpublish", "Pages", RUN)
def unpublish(office, client, language):
    page = office.public[language]
    post(client, "wagtailadmin_pages:unpublish", page.pk)
    return not now(page).live


@deed("Unpublish in bulk", "Pages", RUN)
def unpublish_in_bulk(office, client, language):
    page = office.public[language]
    post_bulk(client, "unpublish", page)
    return not now(page).live


@deed("Delete what is public", "Pages", RUN)
def delete(office, client, language):
    page = office.public[language]
    post(client, "wagtailadmin_pages:delete", page.pk)
    return now(page) is None


@deed("Delete in bulk", "Pages", RUN)
def delete_in_bulk(office, client, language):
    page = office.public[language]
    post_bulk(client, "delete", page)
    return now(page) is None


@deed("Move what is public", "Pages", {"lv": RUN})
def move(office, client, language):
    page, place = office.public[language], office.place[language]
    post(client, "wagtailadmin_pages:move_confirm", page.pk, place.pk)
    return now(page).get_parent().pk == place.pk


@deed("Lock", "Pages", RUN)
def lock(office, client, language):
    page = office.public[language]
    post(client, "wagtailadmin_pages:lock", page.pk)
    return now(page).locked


@deed("Close a page to the public", "Pages", RUN)
def close(office, client, language):
    page = office.public[language]
    post(client, "wagtailadmin_pages:set_privacy", page.pk, data={"restriction_type": "login"})
    return page.get_view_restrictions().exists()


@deed("Read the history", "Pages", WRITE)
def history(office, client, language):
    return opens(client, "wagtailadmin_pages:history", office.draft[language].pk)


@deed("Compare versions", "Pages", WRITE)
def compare(office, client, language):
    page = office.draft[language]
    page.save_revision()
    return opens(client, "wagtailadmin_pages:revisions_compare", page.pk, "earliest", "latest")


@deed("Read an old version", "Pages", WRITE)
def read_revision(office, client, language):
    page = office.draft[language]
    return opens(
        client, "wagtailadmin_pages:revisions_view", page.pk, page.get_latest_revision().pk
    )


@deed("See where a page is used", "Pages", WRITE)
def usage(office, client, language):
    return opens(client, "wagtailadmin_pages:usage", office.draft[language].pk)


def post_bulk(client, action, *objects):
    kind = objects[0]._meta if not isinstance(objects[0], Page) else Page._meta
    ids = "&".join(f"id={thing.pk}" for thing in objects)
    address = reverse("wagtail_bulk_action", args=[kind.app_label, kind.model_name, action])
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"{address}?{ids}")


# Translation


def submits(client, page):
    target = Translation._meta.get_field("target_locale").related_model.objects.get(
        language_code="en"
    )
    post(client, "wagtail_localize:submit_page_translation", page.pk, data={"locales": target.pk})
    return TranslationSource.objects.filter(object_id=page.translation_key).exists()


@deed("Bring a public page to the translators", "Translation", ALL, ["lv"])
def submit_public(office, client, language):
    return submits(client, ContentPageFactory(parent=office.place["lv"], title="Jauna"))


@deed("Bring a draft to the translators", "Translation", WRITE_LV, ["lv"])
def submit_draft(office, client, language):
    return submits(client, office.draft["lv"])


@deed("Hand over a selection of pages to the translators", "Translation", ALL, ["lv"])
def hand_over(office, client, language):
    page = ContentPageFactory(parent=office.place["lv"], title="Jauna")
    status = TranslationStatus.objects.get(translation_key=page.translation_key)
    post(client, "translations:hand_over", data={"translations": status.pk})
    return TranslationSource.objects.filter(object_id=page.translation_key).exists()


@deed("Hand over drafts in a selection", "Translation", NOBODY, ["lv"])
def hand_over_drafts(office, client, language):
    draft = office.draft["lv"]
    status = TranslationStatus.objects.get(translation_key=draft.translation_key)
    post(client, "translations:hand_over", data={"translations": status.pk})
    return TranslationSource.objects.filter(object_id=draft.translation_key).exists()


@deed("Bring changes of the source to the translation", "Translation", ALL, ["lv"])
def update_translation(office, client, language):
    page = office.public["lv"]
    page.title = "Jauna kārtība"
    page.save_revision().publish()
    source = office.translation.source
    post(client, "wagtail_localize:update_translations", source.pk)
    return now(source).stringsegment_set.filter(string__data="Jauna kārtība").exists()


@deed("Publish a translation past its editor", "Translation", NOBODY, ["en"])
def publish_by_update(office, client, language):
    page = office.public["lv"]
    page.title = "Jauna kārtība"
    page.save_revision().publish()
    data = {"publish_translations": "on"}
    source = office.translation.source
    post(client, "wagtail_localize:update_translations", source.pk, data=data)
    return now(office.public["en"]).title == "Jauna kārtība"


@deed("Translate a text unit", "Translation", WRITE_EN, ["en"])
def translate_unit(office, client, language):
    translation = office.translation
    unit = translation.source.stringsegment_set.get(context__path="title")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, unit.pk])
    # Django's client encodes only the data of POST as a form.
    body = "value=Procedure"
    client.put(address, body, content_type="application/x-www-form-urlencoded")
    return StringTranslation.objects.filter(data="Procedure").exists()


@deed("Submit a translation for review", "Translation", WRITE_EN, ["en"])
def submit_translation(office, client, language):
    page = office.public["en"]
    post(client, "wagtailadmin_pages:edit", page.pk, data={"action": "submit"})
    return now(page).workflow_in_progress


@deed("Publish a translation", "Translation", RUN, ["en"])
def publish_translation(office, client, language):
    page = office.public["en"]
    page.unpublish()
    post(client, "wagtailadmin_pages:edit", page.pk, data={"action": "publish"})
    return now(page).live


@deed("Preview a translation", "Translation", WRITE_EN, ["en"])
def preview_translation(office, client, language):
    return opens(client, "wagtail_localize:preview_translation", office.translation.pk)


@deed("Download a PO file", "Translation", WRITE_EN, ["en"])
def download_po(office, client, language):
    return opens(client, "wagtail_localize:download_pofile", office.translation.pk)


@deed("Upload a PO file", "Translation", WRITE_EN, ["en"])
def upload_po(office, client, language):
    translation = office.translation
    po = translation.export_po()
    po.find("Kārtība").msgstr = "Procedure"
    file = ContentFile(str(po).encode(), name="en.po")
    post(client, "wagtail_localize:upload_pofile", translation.pk, data={"file": file})
    for upload in POUpload.objects.all():
        client.post(reverse("po:apply", args=[upload.pk]))
    return StringTranslation.objects.filter(data="Procedure").exists()


@deed("Stop a translation", "Translation", RUN, ["en"])
def stop_translation(office, client, language):
    post(client, "wagtail_localize:stop_translation", office.translation.pk)
    return not office.translation.enabled


@deed("Make a translation an alias of its source", "Translation", NOBODY, ["en"])
def convert_to_alias(office, client, language):
    page = office.public["en"]
    post(client, "wagtail_localize:convert_to_alias", page.pk)
    return now(page).alias_of_id is not None


# Records


def record(kind, name):
    return f"wagtailsnippets_{kind._meta.app_label}_{kind._meta.model_name}:{name}"


@deed("See the list of topics", "Records", WRITE)
def list_topics(office, client, language):
    name = office.topic[language].name
    return shows(client, name, record(Topic, "list"), locale=language)


@deed("Change a topic", "Records", WRITE)
def change_topic(office, client, language):
    topic = office.topic[language]
    if language == "en":  # a translation: its name is a text unit
        translation = Translation.objects.get(source__object_id=topic.translation_key)
        unit = translation.source.stringsegment_set.get(context__path="name")
        names = translation.pk, unit.pk
        address = reverse("wagtail_localize:edit_string_translation", args=names)
        client.put(address, "value=Cits", content_type="application/x-www-form-urlencoded")
        post(client, record(Topic, "edit"), topic.pk, data={"action": "publish"})
    else:
        data = {"name": "Cits", "slug": topic.slug, "tone": topic.tone, "description": ""}
        post(client, record(Topic, "edit"), topic.pk, data=data)
    return now(topic).name == "Cits"


@deed("Add a topic", "Records", {"lv": WRITE_LV, "en": RUN})
def add_topic(office, client, language):
    address = reverse(record(Topic, "add")) + f"?locale={language}"
    tone = office.topic["lv"].tone
    client.post(address, {"name": "Jauna", "slug": "jauna", "tone": tone, "description": ""})
    return Topic.objects.filter(slug="jauna").exists()


@deed("Delete a topic", "Records", RUN)
def delete_topic(office, client, language):
    post(client, record(Topic, "delete"), office.topic[language].pk)
    return now(office.topic[language]) is None


@deed("Delete topics in bulk", "Records", RUN)
def delete_topics(office, client, language):
    post_bulk(client, "delete", office.topic[language])
    return now(office.topic[language]) is None


@deed("Read the history of a topic", "Records", WRITE)
def history_of_topic(office, client, language):
    return opens(client, record(Topic, "history"), office.topic[language].pk)


@deed("Bring a topic to the translators", "Records", ALL, ["lv"])
def submit_topic(office, client, language):
    topic = TopicFactory(name="Jauna", slug="jauna")
    data = {"locales": office.home["en"].locale_id}
    name = "wagtail_localize:submit_snippet_translation"
    post(client, name, "news", "topic", topic.pk, data=data)
    return TranslationSource.objects.filter(object_id=topic.translation_key).exists()


@deed("Change the texts of the site", "Records", {"lv": RUN, "en": WRITE_EN})
def open_site_texts(office, client, language):
    return opens(client, record(SiteTexts, "edit"), office.texts[language].pk)


@deed("Keep the glossary", "Translation", WRITE_EN, ["en"])
def add_term(office, client, language):
    data = {"source": "dome", "target": "council", "forbidden": "", "note": ""}
    post(client, "glossary:add", data=data)
    return Term.objects.filter(source="dome").exists()


@deed("See how translations stand", "Translation", ALL, ["en"])
def see_translations(office, client, language):
    return shows(client, "Kārtība", "translations:index")


@deed("See drafts of the source among translations", "Translation", WRITE_LV, ["lv"])
def see_untranslated_drafts(office, client, language):
    return shows(client, DRAFT["lv"], "translations:index")


# The API of the admin


@deed("Read a draft", "The API of the admin", WRITE)
def read_by_api(office, client, language):
    return opens(client, "wagtailadmin_api:pages:detail", office.draft[language].pk)


@deed("List drafts", "The API of the admin", WRITE)
def list_by_api(office, client, language):
    response = client.get(reverse("wagtailadmin_api:pages:listing"), {"limit": 20})
    if response.status_code != 200:
        return False
    return DRAFT[language] in {page["title"] for page in json.loads(response.content)["items"]}


def act_by_api(client, page, action, **data):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(
            reverse("wagtailadmin_api:pages:action", args=[page.pk, action]),
            json.dumps(data),
            content_type="application/json",
        )


@deed("Publish", "The API of the admin", RUN)
def publish_by_api(office, client, language):
    act_by_api(client, office.draft[language], "publish")
    return now(office.draft[language]).live


@deed("Unpublish", "The API of the admin", RUN)
def unpublish_by_api(office, client, language):
    act_by_api(client, office.public[language], "unpublish")
    return not now(office.public[language]).live


@deed("Delete", "The API of the admin", RUN)
def delete_by_api(office, client, language):
    act_by_api(client, office.public[language], "delete")
    return now(office.public[language]) is None


@deed("Copy", "The API of the admin", {"lv": WRITE_LV, "en": RUN})
def copy_by_api(office, client, language):
    data = {"copy_revisions": False, "keep_live": False, "slug": "kopija", "recursive": False}
    act_by_api(client, office.public[language], "copy", **data)
    return Page.objects.filter(slug="kopija").exists()


@deed("Return to an old version", "The API of the admin", WRITE)
def revert_by_api(office, client, language):
    page = office.draft[language]
    old = page.get_latest_revision()
    page.save_revision()
    before = page.revisions.count()
    act_by_api(client, page, "revert_to_page_revision", revision_id=old.pk)
    return page.revisions.count() > before


@deed("Make an alias", "The API of the admin", NOBODY)
def alias_by_api(office, client, language):
    act_by_api(client, office.public[language], "create_alias", update_slug="alias")
    target = {"lv": "en", "en": "lv"}[language]
    data = {"locale": target, "copy_parents": True, "alias": True}
    act_by_api(client, office.draft[language], "copy_for_translation", **data)
    return Page.objects.filter(alias_of__isnull=False).exists()


# The office


def office_page(name, may, *addresses, query=None):
    """Register that an address of the office opens for some."""

    @deed(name, "The office", may, ["lv"])
    def opens_all(office, client, language):
        return all(opens(client, address, **(query or {})) for address in addresses)


office_page("Sign in to the admin", ALL, "wagtailadmin_home")
office_page(
    "Manage users and groups", OFFICE, "wagtailusers_users:index", "wagtailusers_groups:index"
)
office_page("Manage sites and languages", OFFICE, "wagtailsites:index", "wagtaillocales:index")
office_page(
    "Manage workflows", OFFICE, "wagtailadmin_workflows:index", "wagtailadmin_workflows:task_index"
)
office_page("Manage collections", RUN, "wagtailadmin_collections:index")
office_page("Manage redirects", RUN, "wagtailredirects:index")
office_page("Recommend search results", RUN, "wagtailsearchpromotions:index")
office_page("Read what visitors searched for in vain", RUN, "unanswered:index")
office_page(
    "Decide on items of the old site",
    RUN,
    "wordpress:index",
    "wordpress:runs",
    "old_site_categories:index",
)


@deed("Change the settings of the site", "The office", OFFICE, ["lv"])
def settings(office, client, language):
    site = Site.objects.get(is_default_site=True)
    return opens(client, "wagtailsettings:edit", "home", "sitesettings", site.pk)


@deed("Make a user", "The office", OFFICE, ["lv"])
def make_user(office, client, language):
    data = {
        "username": "jauns",
        "email": "jauns@example.org",
        "first_name": "Jauns",
        "last_name": "Cilvēks",
        "password1": "ļoti-garā-parole-7",
        "password2": "ļoti-garā-parole-7",
        "is_superuser": "on",
    }
    post(client, "wagtailusers_users:add", data=data)
    return bool(type(office.person(EDITOR, "probe")).objects.filter(username="jauns"))


@deed("Read what people send by forms", "The office", RUN, ["lv", "en"])
def submissions(office, client, language):
    return opens(client, "wagtailforms:list_submissions", office.form[language].pk)


@deed("Add images and documents", "The office", WRITE_LV, ["lv"])
def add_files(office, client, language):
    return opens(client, "wagtailimages:add") and opens(client, "wagtaildocs:add")


@deed("Choose images and documents", "The office", ALL, ["lv"])
def choose_files(office, client, language):
    return shows(client, "Foto", "wagtailimages_chooser:choose") and shows(
        client, "Fails", "wagtaildocs_chooser:choose"
    )


@deed("Change an image of somebody else", "The office", RUN, ["lv"])
def change_image(office, client, language):
    return opens(client, "wagtailimages:edit", office.image.pk)


@deed("Delete a document of somebody else", "The office", RUN, ["lv"])
def delete_document(office, client, language):
    post(client, "wagtaildocs:delete", office.document.pk)
    return now(office.document) is None
