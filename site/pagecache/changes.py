"""Notices each change of what visitors see, where it passes: in the statements to the database.

So none is missed that sends no signal: bulk updates, moves in the page tree, rows of relations. The
note is written in the transaction of the change itself: both are committed, or neither is.
"""

import re
import secrets
from functools import cache

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Sum

# Of these apps and models visitors see nothing. All others count, those of later apps too.
UNSEEN_APPS = {
    "accounts",
    "admin",
    "auth",
    "contenttypes",
    "django_tasks_database",
    "editorial",
    "pagecache",
    "recovery",
    "sessions",
    "sight",
    "taggit",
    "wagtail_localize",
    "wagtailadmin",
    "wagtailembeds",
    "wagtailforms",
    "wagtailsearch",  # the index; search.SearchDocument, which is written with it, counts
    "wagtailusers",
    "wordpress",  # what was read of an old site; its pages are news and home
}
UNSEEN_MODELS = {
    "search.UnansweredQuery",
    "translation.POFile",
    "translation.POUpload",
    "translation.Term",
    "wagtailcore.APIToken",
    "wagtailcore.Collection",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "wagtailcore.Task",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowState",
    "wagtailcore.WorkflowTask",
    "wagtailimages.Rendition",  # made while a page is rendered; a new picture changes its image
    "wagtailsearchpromotions.Query",
    "wagtailsearchpromotions.QueryDailyHits",
}
# By table the columns that change without visitors seeing anything: a draft, a lock, a schedule;
# the bookkeeping of a translation's status.
UNSEEN_COLUMNS = {
    "wagtailcore_page": {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by_id",
    },
    "translation_translationstatus": {"is_counted", "target_id", "target_page_id"},
}

TABLE = "pagecache_change"
WRITE = re.compile(
    r'\s*(?:INSERT (?:OR \w+ )?INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I
)
ASSIGNMENTS = re.compile(r'\s*UPDATE "\w+" SET (.*?)(?: WHERE .*)?$', re.S)
COLUMN = re.compile(r'"(\w+)" = ')
TOKEN_BITS = 40  # eight million changes until their sum needs more than 63

_is_paused = False


@cache
def seen_tables() -> frozenset[str]:
    """The tables whose rows visitors may see something of."""
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in UNSEEN_APPS and model._meta.label not in UNSEEN_MODELS
    )


def is_seen(sql: str) -> bool:
    """Tell whether a statement may change what visitors see."""
    write = WRITE.match(sql)
    if not write or write[1] not in seen_tables():
        return False
    unseen, assignments = UNSEEN_COLUMNS.get(write[1]), ASSIGNMENTS.match(sql)
    if not unseen or not assignments:
        return True
    columns = set(COLUMN.findall(assignments[1]))
    return not columns or not columns <= unseen


def watch_connection(connection, **kwargs):
    """Let every statement of the site's own connection pass ``watch``."""
    if connection.alias == DEFAULT_DB_ALIAS and watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def watch(execute, sql, params, many, context):
    connection = context["connection"]
    if _is_paused or not isinstance(sql, str) or not is_seen(sql) or is_noted(connection):
        return execute(sql, params, many, context)
    if connection.in_atomic_block:
        result = execute(sql, params, many, context)
        note(connection)
        return result
    if connection.vendor == "sqlite" and " RETURNING " in sql:
        # Its rows are read after this: no transaction can end before. See ``follow_new_row``.
        return execute(sql, params, many, context)
    with transaction.atomic(connection.alias):
        result = execute(sql, params, many, context)
        note(connection)
    return result


def follow_new_row(sender, using, created, **kwargs):
    """Note a row that SQLite inserted outside of any transaction, the one case left."""
    connection = connections[using]
    if (
        created
        and connection.vendor == "sqlite"
        and not connection.in_atomic_block
        and not _is_paused
        and sender._meta.db_table in seen_tables()
    ):
        with transaction.atomic(using):
            note(connection)


def note(connection):
    """Write a row in the running transaction, the only one unless a savepoint is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (token) VALUES (%s)",  # noqa: S608 - a constant
            [secrets.randbits(TOKEN_BITS)],
        )
    transaction.on_commit(announce, using=connection.alias)


def is_noted(connection) -> bool:
    """Tell whether the running transaction has its row.

    Django forgets what is to be done on commit exactly when a rollback takes away the row.
    """
    return any(function is announce for _savepoints, function, _robust in connection.run_on_commit)


def announce():
    """Called after a commit of this process, which need not wait until it asks again."""
    from . import generation

    generation.clock.expect_change()


def pause(**kwargs):
    """While tables are made, that of the notes may be missing."""
    global _is_paused
    _is_paused = True


def resume(using=DEFAULT_DB_ALIAS, **kwargs):
    """After migrations, which may have changed anything; not when they took away our table."""
    global _is_paused
    if using != DEFAULT_DB_ALIAS:
        return
    _is_paused = TABLE not in connections[using].introspection.table_names()
    if not _is_paused:
        with transaction.atomic(using):
            note(connections[using])


def fold() -> int:
    """Replace all rows by one with the same sum; return how many went. For the worker."""
    from .models import Change

    with transaction.atomic():
        keys = list(Change.objects.select_for_update().order_by("-pk").values_list("pk", flat=True))
        if len(keys) < 2:
            return 0
        rows = Change.objects.filter(pk__in=keys)
        total = rows.aggregate(total=Sum("token"))["total"]
        deleted, _details = rows.exclude(pk=keys[0]).delete()
        Change.objects.filter(pk=keys[0]).update(token=int(total))
    return deleted
