from django.db import migrations, models


def name_topics(apps, schema_editor):
    """Give topics that were kept as slugs alone a name until their page is published again."""
    documents = apps.get_model("search", "SearchDocument").objects
    for document in documents.exclude(topics=[]).iterator():
        document.topics = {slug: slug for slug in document.topics}
        document.save(update_fields=["topics"])
    documents.filter(topics=[]).update(topics={})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AlterField("searchdocument", "topics", models.JSONField(default=dict)),
        migrations.RunPython(name_topics, migrations.RunPython.noop),
    ]
