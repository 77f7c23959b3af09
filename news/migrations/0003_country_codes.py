"""Countries of conferences: names written by hand become codes of ISO 3166-1.

Drafts and what translators were given hold copies of a page, so those are converted too. A name
that nobody knows stays in sight: it moves behind the city, and the editor chooses the country anew.
"""

import json

from django.db import migrations

from news import countries

OTHER_NAMES = {
    "CZ": ("Czech Republic", "Čehijas Republika"),
    "GB": ("Great Britain", "Lielbritānija", "UK"),
    "PS": ("Palestine", "Palestīna"),
    "US": ("ASV", "USA"),
    "XK": ("Kosova", "Kosovo", "Kosova*"),
}


def codes_by_name():
    known = {}
    for language in ("lv", "en"):
        known |= {name.casefold(): code for code, name in countries.names(language).items()}
    return known | {name.casefold(): code for code in OTHER_NAMES for name in OTHER_NAMES[code]}


def to_code(place, known):
    """Return a page's city and country after the change; both as they are if it was made."""
    city, country = place["city"], place["country"]
    if country in known.values() or not country:
        return {"city": city, "country": country}
    code = known.get(country.strip().casefold(), "")
    return {"city": city if code else f"{city}, {country}"[:100], "country": code}


def convert(apps, change):
    """Write ``change(place, language)`` wherever a conference page is kept."""
    ConferencePage = apps.get_model("news", "ConferencePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Revision = apps.get_model("wagtailcore", "Revision")
    TranslationSource = apps.get_model("wagtail_localize", "TranslationSource")
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    for page in ConferencePage.objects.only("city", "country", "locale_id").iterator():
        place = {"city": page.city, "country": page.country}
        new = change(place, languages[page.locale_id])
        if new != place:
            ConferencePage.objects.filter(pk=page.pk).update(**new)
    content_type = ContentType.objects.filter(app_label="news", model="conferencepage").first()
    if content_type is None:
        return
    for revision in Revision.objects.filter(content_type=content_type).iterator():
        place = {name: revision.content.get(name, "") for name in ("city", "country")}
        language = languages.get(revision.content.get("locale"), "lv")
        revision.content |= change(place, language)
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    sources = TranslationSource.objects.filter(specific_content_type=content_type)
    for source in sources.iterator():
        content = json.loads(source.content_json)
        place = {name: content.get(name, "") for name in ("city", "country")}
        content |= change(place, languages[source.locale_id])
        sources.filter(pk=source.pk).update(content_json=json.dumps(content))


def names_to_codes(apps, schema_editor):
    known = codes_by_name()
    convert(apps, lambda place, language: to_code(place, known))
    # A code is not translated: what translators had written would overwrite it.
    StringSegment = apps.get_model("wagtail_localize", "StringSegment")
    StringSegment.objects.filter(
        source__specific_content_type__app_label="news",
        source__specific_content_type__model="conferencepage",
        context__path="country",
    ).delete()


def codes_to_names(apps, schema_editor):
    """The names are offered to translators again when a page is synchronised next."""
    convert(
        apps,
        lambda place, language: place | {"country": countries.name(place["country"], language)},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_picture_is_decorative"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(names_to_codes, codes_to_names)]
