"""Roles and a workflow, so that a fresh database is an editorial office.

Wagtail's own groups and its workflow, which nobody has used yet, make room for them.
"""

from django.conf import settings
from django.db import migrations

HOME_DEPTH = 2
SOURCE, TARGET = "lv", "en"

EDITOR, CHIEF = "Redaktors", "Galvenais redaktors"
TRANSLATOR, ADMINISTRATOR = "Tulkotājs", "Administrators"
STOCK_GROUPS = ("Editors", "Moderators")
WORKFLOW, TASK = "Izskatīšana", "Galvenā redaktora apstiprinājums"
STOCK_WORKFLOW = "Moderators approval"

WRITE = ("add", "change")
MANAGE = ("add", "change", "delete")
RECORDS = (
    ("home", "partner"),
    ("news", "topic"),
    ("people", "municipality"),
    ("people", "region"),
    ("people", "seat"),
)
TEXTS = ("home", "sitetexts")
REDIRECTS = ("wagtailredirects", "redirect")
PROMOTIONS = ("wagtailsearchpromotions", "searchpromotion")
OFFICE = (
    ("auth", "group"),
    ("auth", "user"),
    ("wagtailcore", "locale"),
    ("wagtailcore", "site"),
    ("wagtailcore", "task"),
    ("wagtailcore", "workflow"),
)


def rights(actions, *models):
    """Return permissions as (app, model, codename)."""
    return [(app, model, f"{action}_{model}") for app, model in models for action in actions]


ACCESS = [("wagtailadmin", "admin", "access_admin")]
SUBMIT_TRANSLATION = [("wagtail_localize", "translation", "submit_translation")]

GROUP_PERMISSIONS = {
    EDITOR: ACCESS + SUBMIT_TRANSLATION + rights(WRITE, *RECORDS),
    CHIEF: ACCESS + SUBMIT_TRANSLATION + rights(MANAGE, *RECORDS, TEXTS, REDIRECTS, PROMOTIONS),
    TRANSLATOR: ACCESS + SUBMIT_TRANSLATION + rights(("change",), *RECORDS, TEXTS),
    ADMINISTRATOR: ACCESS
    + SUBMIT_TRANSLATION
    + rights(MANAGE, *RECORDS, TEXTS, REDIRECTS, PROMOTIONS, *OFFICE)
    + rights(("change",), ("home", "sitesettings")),
}

EDIT_PAGES = ("add_page", "change_page")
RUN_PAGES = (*EDIT_PAGES, "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
# Of the tree of a language, or of everything (None).
PAGE_PERMISSIONS = {
    EDITOR: {SOURCE: EDIT_PAGES},
    CHIEF: {SOURCE: RUN_PAGES, TARGET: RUN_PAGES},
    TRANSLATOR: {TARGET: ("change_page",)},
    ADMINISTRATOR: {None: RUN_PAGES},
}

FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))
COLLECTION = (("wagtailcore", "collection"),)
# Of all collections.
COLLECTION_PERMISSIONS = {
    EDITOR: rights(("add", "choose"), *FILES),
    CHIEF: rights(("add", "change", "choose"), *FILES) + rights(MANAGE, *COLLECTION),
    TRANSLATOR: rights(("choose",), *FILES),
    ADMINISTRATOR: rights(("add", "change", "choose"), *FILES) + rights(MANAGE, *COLLECTION),
}


def permission(apps, app, model, codename):
    """Return the permission, which Django itself would make only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(app_label=app, model=model)
    found, _created = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name(codename)}
    )
    return found


def name(codename):
    """Return the name that Django gives the permission, more or less; nobody reads it."""
    return f"Can {codename.replace('_', ' ')}"


def make_groups(apps):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    trees = {
        page.locale.language_code: page
        for page in Page.objects.filter(depth=HOME_DEPTH).select_related("locale")
    }
    trees[None] = Page.objects.get(depth=1)
    all_collections = Collection.objects.get(depth=1)
    for role, wanted in GROUP_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([permission(apps, *right) for right in wanted])
        for language, codenames in PAGE_PERMISSIONS[role].items():
            for codename in codenames:
                GroupPagePermission.objects.get_or_create(
                    group=group,
                    page=trees[language],
                    permission=permission(apps, "wagtailcore", "page", codename),
                )
        for right in COLLECTION_PERMISSIONS[role]:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=all_collections, permission=permission(apps, *right)
            )
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()


def make_workflow(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")

    retire_stock_workflow(apps)
    content_type, _created = ContentType.objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task = GroupApprovalTask.objects.create(name=TASK, content_type=content_type, active=True)
    task.groups.set(Group.objects.filter(name__in=(CHIEF, ADMINISTRATOR)))
    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    root = Page.objects.get(depth=1)
    if not WorkflowPage.objects.filter(page=root).exists():
        WorkflowPage.objects.create(workflow=workflow, page=root)


def retire_stock_workflow(apps):
    """Take Wagtail's workflow off the page tree; what went through it stays recorded."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowPage.objects.filter(workflow__name=STOCK_WORKFLOW).delete()
    for model in (Workflow, Task):
        model.objects.filter(name=STOCK_WORKFLOW).update(active=False)


def give_people_a_language(apps):
    """Do for the people who are there already what editorial.signals does for new ones."""
    User = apps.get_model(settings.AUTH_USER_MODEL)
    UserProfile = apps.get_model("wagtailusers", "UserProfile")
    for user in User.objects.filter(wagtail_userprofile=None):
        UserProfile.objects.create(user=user, preferred_language=SOURCE)
    UserProfile.objects.filter(preferred_language="").update(preferred_language=SOURCE)


def make_roles(apps, schema_editor):
    make_groups(apps)
    make_workflow(apps)
    give_people_a_language(apps)


def remove_roles(apps, schema_editor):
    """Remove the workflow and the groups without members, and put Wagtail's own back to work."""
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Workflow.objects.filter(name=WORKFLOW).delete()
    Task.objects.filter(name=TASK).delete()
    Group.objects.filter(name__in=GROUP_PERMISSIONS, user=None).delete()
    for stock in STOCK_GROUPS:
        Group.objects.get_or_create(name=stock)
    for model in (Workflow, Task):
        model.objects.filter(name=STOCK_WORKFLOW).update(active=True)
    root = Page.objects.get(depth=1)
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW):
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("home", "0003_languages_and_home_pages"),
        ("news", "0001_initial"),
        ("people", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
