"""What of the database is the site's content, and what is not.

Everything is content that is not named here: a new model or field is exported and loaded without
anybody having to think of it.
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from treebeard.models import Node
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, Revision, Site

# What people are and do: their accounts, what they sent, the history of who did what.
PEOPLE = {
    *("accounts.Attempts", "accounts.Authenticator", "accounts.RecoveryCodes", "accounts.Session"),
    *("auth.User", "auth.User_groups", "auth.User_user_permissions", "sessions.Session"),
    *("search.UnansweredQuery", "wagtailsearchpromotions.QueryDailyHits"),
    *("translation.POFile", "translation.POUpload"),
    *("wagtailadmin.EditingSession", "wagtailadmin.FormState"),
    *("wagtailcore.APIToken", "wagtailcore.Comment", "wagtailcore.CommentReply"),
    *("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription"),
    *("wagtailcore.TaskState", "wagtailcore.UploadedFile", "wagtailcore.WorkflowState"),
    *("wagtailforms.FormSubmission", "wagtailusers.UserProfile"),
}
# Who may do what. Every site has groups and a workflow of its own, by migration.
RIGHTS = {
    *("auth.Group", "auth.Group_permissions", "auth.Permission"),
    *("wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups"),
    *("wagtailcore.GroupCollectionPermission", "wagtailcore.GroupPagePermission"),
    *("wagtailcore.GroupSitePermission", "wagtailcore.Task", "wagtailcore.Workflow"),
    *("wagtailcore.WorkflowContentType", "wagtailcore.WorkflowPage", "wagtailcore.WorkflowTask"),
}
# What is computed from the content: made anew after loading, or when somebody asks for it.
DERIVED = {
    *("editorial.Finding", "editorial.InternalLink"),
    *("search.AttachmentText", "search.DocumentVector", "search.SearchDocument"),
    *("search.WordForm", "translation.TranslationStatus", "wagtailcore.ReferenceIndex"),
    *("wagtailembeds.Embed", "wagtailimages.Rendition"),
    *("wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry"),
}
# What a machine keeps for itself.
MACHINE = {
    *("contenttypes.ContentType", "django_tasks_database.DBTaskResult", "editorial.Job"),
    *("pagecache.Change", "pagecache.PurgeOrder", "recovery.BackupRun", "sight.Heartbeat"),
    "wagtailadmin.Admin",
}
LEFT_OUT = PEOPLE | RIGHTS | DERIVED | MACHINE

# What stands in the lines of others: revisions with their page, tags with what has them.
NESTED = {"wagtailcore.Revision", "taggit.TaggedItem"}

# Of a record, what is told otherwise: the place in the tree by the order and the parent.
PLACE = {"path", "depth", "numchild", "url_path"}
# Of an edit of a page, what belongs to the page whatever the edit says (wagtail's
# Page.with_content_json), and what publishing sets anew.
OF_PAGE = {
    *("alias_of", "draft_title", "expired", "first_published_at", "has_unpublished_changes"),
    *("last_published_at", "latest_revision", "latest_revision_created_at", "live"),
    *("live_revision", "locale", "locked", "locked_at", "translation_key"),
}


@cache
def is_left_out(model: type[models.Model]) -> bool:
    return model._meta.label in LEFT_OUT


@cache
def base_of(model: type[models.Model]) -> type[models.Model]:
    """Return the model whose table knows all objects of a kind: ``Page`` for each type of page."""
    return lineage(model._meta.concrete_model)[0]


@cache
def lineage(model: type[models.Model]) -> tuple[type[models.Model], ...]:
    """Return the models that hold a row for an object of a model, the topmost first."""
    parents = [parent for parent in model._meta.get_parent_list() if not parent._meta.abstract]
    return (*reversed(parents), model)


@cache
def prefix_of(model: type[models.Model]) -> str:
    """Return what the keys of a model begin with."""
    short = {
        Page: "page",
        get_image_model(): "image",
        get_document_model(): "document",
        Locale: "locale",
        Site: "site",
        Group: "group",
        ContentType: "type",
        Revision: "revision",
        Collection: "collection",
    }
    model = base_of(model)
    return short.get(model, model._meta.label_lower)


@cache
def kinds() -> dict[str, type[models.Model]]:
    """Return the models that have a file of their own, by its name, in the order of loading."""
    first = {
        "locales.jsonl": Locale,
        "collections.jsonl": Collection,
        "images.jsonl": get_image_model(),
        "documents.jsonl": get_document_model(),
        "pages.jsonl": Page,
        "sites.jsonl": Site,
        "redirects.jsonl": Redirect,
    }
    others = [model for model in _content_models() if model not in first.values()]
    others.sort(key=lambda model: model._meta.label_lower)
    return first | {f"{model._meta.label_lower}.jsonl": model for model in others}


def _content_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        meta = model._meta
        is_row_of_other = issubclass(model, Page) or meta.label in LEFT_OUT | NESTED
        if meta.managed and not meta.proxy and not is_row_of_other and not parental_key(model):
            yield model


def page_models() -> list[type[Page]]:
    models_ = [model for model in apps.get_models() if issubclass(model, Page) and model != Page]
    return sorted(models_, key=lambda model: model._meta.label_lower)


def is_setting(model: type[models.Model]) -> bool:
    """Tell whether a model's rows appear by themselves, as soon as somebody looks at the site."""
    return issubclass(model, (BaseSiteSetting, BaseGenericSetting))


def parental_key(model: type[models.Model]) -> ParentalKey | None:
    """Return the field by which a row belongs to another one, in whose line it stands."""
    fields = (field for field in model._meta.local_fields if isinstance(field, ParentalKey))
    return next(fields, None)


@cache
def children_of(model: type[models.Model]) -> dict[str, tuple[type[models.Model], models.Field]]:
    """Return the models of an object's rows and their key to it, by the name of the relation."""
    return {
        relation.get_accessor_name(): (relation.related_model, relation.field)
        for relation in get_all_child_relations(model)
        if not is_left_out(relation.related_model)
    }


@cache
def fields_of(model: type[models.Model]) -> dict[str, models.Field]:
    """Return the fields whose values a line tells, by name."""
    return {field.name: field for field in model._meta.concrete_fields if _is_told(model, field)}


def _is_told(model, field) -> bool:
    if field.primary_key or isinstance(field, ParentalKey):
        return False
    if field.name in PLACE and issubclass(model, Node):
        return False
    target = field.related_model if field.remote_field else None
    if target is ContentType:
        return not issubclass(model, Page)  # its line says the type
    return target is None or not is_left_out(target)


@cache
def relations_of(model: type[models.Model]) -> dict[str, models.ManyToManyField]:
    """Return the fields that name many others, by name."""
    return {
        field.name: field
        for field in model._meta.many_to_many
        if not isinstance(field, TaggableManager) and field.remote_field.through._meta.auto_created
    }


@cache
def has_tags(model: type[models.Model]) -> bool:
    return any(isinstance(field, TaggableManager) for field in model._meta.many_to_many)
