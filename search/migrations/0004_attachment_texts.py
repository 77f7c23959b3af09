import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_unanswered_query"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="AttachmentText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_hash", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("partly", "Only partly read"),
                            ("too_large", "Too large"),
                            ("encrypted", "Encrypted"),
                            ("broken", "Damaged"),
                            ("too_costly", "Takes too long or too much memory"),
                            ("no_text", "Without text"),
                            ("unknown", "A format that is not read"),
                        ],
                        db_index=True,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("read_at", models.DateTimeField(auto_now=True, verbose_name="read at")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachment_text",
                        to="wagtaildocs.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an attachment",
                "verbose_name_plural": "texts of attachments",
            },
        ),
    ]
