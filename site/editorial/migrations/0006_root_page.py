from django.db import migrations, models

from config.operations import AddIndexUpstream


class Migration(migrations.Migration):
    """For the root page, which each view of the admin's explorer asks for (treebeard).

    Of all depths an index would do harm: where PostgreSQL plans a list of articles for any
    parameters, it takes the depth for the best that it can go by, and reads all pages of it.
    """

    atomic = False

    dependencies = [("editorial", "0005_pages_by_revision")]

    operations = [
        AddIndexUpstream(
            "wagtailcore",
            "page",
            models.Index(fields=["depth"], condition=models.Q(depth=1), name="editorial_root_page"),
        ),
    ]
