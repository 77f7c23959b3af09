"""Those who answer for what is published decide on doubtful items of the old site."""

from django.db import migrations

ROLES = ("Galvenais redaktors", "Administrators")


def permission(apps):
    """Return the permission, which Django itself would make only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _created = ContentType.objects.get_or_create(
        app_label="wordpress", model="importeditem"
    )
    found, _created = Permission.objects.get_or_create(
        content_type=content_type,
        codename="decide_importeditem",
        defaults={"name": "Can decide on items of the old site"},
    )
    return found


def grant(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(permission(apps))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(permission(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_roles_and_workflow"),
        ("wordpress", "0001_items_files_and_runs"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
