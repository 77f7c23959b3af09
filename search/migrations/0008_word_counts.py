from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0007_document_vectors")]

    operations = [
        migrations.AlterField("wordform", "documents", models.IntegerField()),
    ]
