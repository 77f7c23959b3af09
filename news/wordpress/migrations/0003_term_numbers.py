from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wordpress", "0002_who_decides")]

    operations = [
        migrations.AddField(
            "termmapping", "number", models.BigIntegerField(editable=False, null=True)
        ),
    ]
