"""Both languages and a home page in each, so that a fresh database is a working site."""

import string

from django.db import migrations
from treebeard.numconv import NumConv

TITLES = {"lv": "Sākums", "en": "Home"}
ROOT_PATH = "0001"
STEP = 4
BASE36 = NumConv(string.digits + string.ascii_uppercase)


def create_home_pages(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")

    content_type, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    # Wagtail's own first migration makes a page that welcomes the developer.
    Page.objects.filter(depth=2, content_type__model="page").delete()

    root = Page.objects.get(path=ROOT_PATH)
    source = None
    taken = list(Page.objects.filter(depth=2).values_list("path", flat=True))
    number = max((BASE36.str2int(path[STEP:]) for path in taken), default=0)
    for language, title in TITLES.items():
        locale, _created = Locale.objects.get_or_create(language_code=language)
        number += 1
        page = HomePage(
            title=title,
            draft_title=title,
            slug=language,
            url_path=f"/{language}/",
            content_type=content_type,
            path=ROOT_PATH + BASE36.int2str(number).rjust(STEP, "0"),
            depth=2,
            numchild=0,
            live=True,
            locale=locale,
        )
        if source:
            page.translation_key = source.translation_key
        page.save()
        source = source or page
    root.numchild = Page.objects.filter(depth=2).count()
    root.save()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page_id": source.pk, "hostname": "localhost"}
    )


def delete_home_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    apps.get_model("home", "HomePage").objects.all().delete()  # sites go with their root pages
    root = Page.objects.get(path=ROOT_PATH)
    root.numchild = Page.objects.filter(depth=2).count()
    root.save()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_latvian_collation"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_home_pages, delete_home_pages)]
