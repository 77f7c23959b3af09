"""Words of the admin that upstream has in English only, without a way to translate them.

Delete a line here when upstream marks its words (tests/browser/test_admin_in_latvian.py walks the
admin without it).
"""

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.utils.version import get_main_version


def translate():
    """Give upstream's columns names that can be translated, and dates in numbers."""
    from wagtail.admin.views.pages.search import SearchView
    from wagtail.models import Locale, Page
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm
    from wagtail_localize import models as localize_models
    from wagtail_localize.views import edit_translation

    SearchView.verbose_name_plural = _("pages")
    columns = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
    for column in IndexView.columns:
        column.label = columns.get(column.name, column.label)
    for module in (localize_models, edit_translation):
        module.DATE_FORMAT = "%d.%m.%Y."  # for strftime, whose months are English
    Locale._meta.verbose_name = _("language")
    localize_models.Translation._meta.verbose_name = _("translation")
    rights = {codename: label for codename, _short, label in Page.permission_types}
    fields = PagePermissionsForm.base_fields
    fields["page"].label = _("Page")
    fields["permissions"].label_from_instance = lambda right: rights[right.codename]


def name_news_of_wagtail(request, menu_items):
    """Name the news of the version in each person's language.

    Wagtail does so once, in the language of whoever asks first after the start.
    """
    for item in menu_items:
        if item.name.startswith("whats-new-in-wagtail-"):
            item.label = _news_of_wagtail()


def _translated_news():
    words = "What's new in Wagtail %(version)s"  # in the catalogue of Wagtail's own words
    return gettext(words) % {"version": get_main_version(include_patch=False)}


_news_of_wagtail = lazy(_translated_news, str)
