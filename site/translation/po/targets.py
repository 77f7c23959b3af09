"""The pages that uploaded files belong to, as they are now."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation, get_edit_url

from .reasons import LOCKED
from .selection import editable_by, existing
from .texts import Text, texts_of


@dataclass
class Target:
    """A translation with its texts.

    ``problem`` says why it cannot be changed: a key of ``reasons.FILES`` and its parameters.
    ``instance`` is the translated page (not specific) or record.
    """

    translation: Translation
    model: type[Model]
    instance: Model | None
    problem: tuple[str, dict]
    texts: dict[tuple[str, str], Text] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.translation.source.object_repr

    def what_became_of(self, context: str, source: str) -> str:
        """Return why a text that a file has is not found: a key of ``reasons.TEXTS``."""
        if any(text.source == source for text in self.texts.values()):
            return "moved"
        if any(text.context == context for text in self.texts.values()):
            return "changed"
        return "gone"


def targets(uuids: list[uuid.UUID], user, for_update=False) -> dict[uuid.UUID, Target]:
    """Return the translations of these ids; the number of queries does not grow with them.

    ``for_update`` locks them and their texts for the rest of the transaction.
    """
    query = Translation.objects.filter(uuid__in=uuids).select_related(
        "source__specific_content_type", "target_locale"
    )
    if for_update:
        query = query.select_for_update(of=("self",))
    translations = list(query)
    texts = texts_of(translations, for_update)
    mine = set(
        editable_by(user)
        .filter(pk__in=[each.pk for each in translations])
        .values_list("pk", flat=True)
    )
    objects = _objects(translations)
    locked = _locked(objects, user)
    found = {}
    for translation in translations:
        model = translation.source.specific_content_type.model_class()
        source = objects[model].get((translation.source.object_id, translation.source.locale_id))
        instance = objects[model].get((translation.source.object_id, translation.target_locale_id))
        problem = ("", {})
        if source is None or instance is None:
            problem = ("deleted", {})
        elif translation.pk not in mine:
            problem = ("not_yours", {"language": str(translation.target_locale.get_display_name())})
        elif not translation.enabled:
            problem = ("stopped", {})
        elif isinstance(instance, Page) and instance.pk in locked:
            problem = (LOCKED, {})
        own = {(text.context, text.source): text for text in texts[translation.pk]}
        found[translation.uuid] = Target(translation, model, instance, problem, own)
    return found


def edit_urls(translations: list[Translation]) -> dict[int, str]:
    """Return the addresses in the admin of translated pages and records, by translation."""
    objects = _objects(translations)
    found = {}
    for translation in translations:
        model = translation.source.specific_content_type.model_class()
        key = (translation.source.object_id, translation.target_locale_id)
        if instance := objects[model].get(key):
            found[translation.pk] = get_edit_url(instance)
    return found


def _objects(translations) -> dict[type[Model], dict]:
    """Return originals and translations by model, key and locale."""
    keys = defaultdict(set)
    for translation in translations:
        keys[translation.source.specific_content_type.model_class()].add(
            translation.source.object_id
        )
    return {model: existing(model, wanted) for model, wanted in keys.items()}


def _locked(objects, user) -> set[int]:
    """Return the pages that the user cannot change now: only those asked that may be locked."""
    pages = {
        page.pk: page
        for model, found in objects.items()
        if issubclass(model, Page)
        for page in found.values()
    }
    of_pages = {
        "base_content_type": ContentType.objects.get_for_model(Page),
        "object_id__in": [str(key) for key in pages],
    }
    under_review = WorkflowState.objects.active().filter(**of_pages)
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False, **of_pages)
    suspects = {key for key, page in pages.items() if page.locked}
    for found in (under_review, scheduled):
        suspects.update(int(key) for key in found.values_list("object_id", flat=True))
    return {key for key in suspects if pages[key].permissions_for_user(user).page_locked()}
