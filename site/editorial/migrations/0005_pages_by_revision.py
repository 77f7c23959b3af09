from django.db import migrations, models

from config.operations import AddIndexUpstream


class Migration(migrations.Migration):
    """For the admin's listings: the latest pages come first, whatever number there is."""

    atomic = False

    dependencies = [
        ("editorial", "0004_job_outcome"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        AddIndexUpstream(
            "wagtailcore",
            "page",
            # As Wagtail orders them (wagtail.admin.views.pages.listing).
            models.Index(
                models.F("latest_revision_created_at").desc(nulls_last=True),
                name="editorial_pages_by_revision",
            ),
        ),
    ]
