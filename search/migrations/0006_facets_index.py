from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_word_beginnings")]

    operations = [
        migrations.AddIndex(
            "searchdocument",
            models.Index(
                fields=["language"],
                include=["id", "kind", "date", "topics"],
                name="search_document_facets",
            ),
        ),
    ]
