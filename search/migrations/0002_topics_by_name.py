from django.db import migrations, models


def clear(apps, schema_editor):
    """Documents have other kinds now and topics by name: `build_search` writes them anew."""
    for name in ("SearchDocument", "WordForm"):
        apps.get_model("search", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AlterField("searchdocument", "topics", models.JSONField(default=dict)),
        migrations.RunPython(clear, migrations.RunPython.noop),
    ]
