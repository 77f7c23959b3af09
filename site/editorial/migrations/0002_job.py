from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_roles_and_workflow")]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
            ],
        ),
    ]
