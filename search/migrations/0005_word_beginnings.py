from django.db import migrations, models


class Migration(migrations.Migration):
    """Have PostgreSQL look up beginnings of words in the index, which stays good for whole ones."""

    dependencies = [("search", "0004_attachment_texts")]

    operations = [
        migrations.RemoveIndex("wordform", name="search_form_folded"),
        migrations.AddIndex(
            "wordform",
            models.Index(
                fields=["language", "folded"],
                name="search_form_beginning",
                opclasses=["varchar_pattern_ops"] * 2,
            ),
        ),
    ]
