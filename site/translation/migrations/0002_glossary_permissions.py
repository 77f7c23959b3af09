"""Those who translate keep the glossary: chief editors, translators and administrators."""

from django.db import migrations

ROLES = ("Galvenais redaktors", "Tulkotājs", "Administrators")
ACTIONS = ("add", "change", "delete")


def permissions(apps):
    """Return the permissions, which Django itself would make only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(
        app_label="translation", model="term"
    )
    return [
        Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_term",
            defaults={"name": f"Can {action} glossary term"},
        )[0]
        for action in ACTIONS
    ]


def grant(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions(apps))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_roles_and_workflow"),
        ("translation", "0001_glossary_term"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
