"""Those who answer for what is published decide on items and categories of the old site."""

from django.db import migrations

ROLES = ("Galvenais redaktors", "Administrators")


PERMISSIONS = {
    "importeditem": ("decide_importeditem", "Can decide on items of the old site"),
    "termmapping": ("change_termmapping", "Can change category of the old site"),
}


def permissions(apps):
    """Return the permissions, which Django itself would make only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for model, (codename, name) in PERMISSIONS.items():
        content_type, _created = ContentType.objects.get_or_create(
            app_label="wordpress", model=model
        )
        found, _created = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        yield found


def grant(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions(apps))


def revoke(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    safe_because = {
        "RunPython grant": "the old code does not know these rights, and it is two rows"
    }

    dependencies = [
        ("editorial", "0001_roles_and_workflow"),
        ("wordpress", "0001_items_files_and_runs"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
