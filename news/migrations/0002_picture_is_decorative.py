from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="newspage",
            name="image_is_decorative",
            field=models.BooleanField(
                default=False,
                help_text="It says nothing that the text does not: no alternative text is needed.",
                verbose_name="image is decorative",
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="What the image shows, for people who can't see it.",
                max_length=255,
                verbose_name="alternative text",
            ),
        ),
    ]
