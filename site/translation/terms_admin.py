"""The glossary in the admin, kept by those who translate."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import FileExtensionValidator
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from home.spreadsheets import escaped

from .models import Term
from .terms_csv import COLUMNS, import_terms

GLOSSARY = pgettext_lazy("of terms", "Glossary")


def may_import(user) -> bool:
    """Tell whether a user may both add terms and change them."""
    return user.has_perms(["translation.add_term", "translation.change_term"])


class TermIndexView(generic.IndexView):
    page_title = GLOSSARY
    add_item_label = gettext_lazy("Add a term")
    export_headings = {name: name for name in COLUMNS}  # as the import wants them
    custom_field_preprocess = {name: {"csv": escaped} for name in COLUMNS}

    def get_base_queryset(self):
        return Term.objects.alphabetical()

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if may_import(self.request.user):
            url = reverse("glossary:import")
            buttons.append(Button(_("Import terms"), url=url, icon_name="upload", priority=50))
        return buttons


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "Columns: source (Latvian), target (English), forbidden (translations to avoid, "
            "separated by semicolons), note. The export of the list has this form. Terms that the "
            "glossary has already are changed, others are added; none is deleted."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        validators=[FileExtensionValidator(["csv", "txt"])],
    )


class TermImportView(WagtailAdminTemplateMixin, FormView):
    """Takes the terms of a CSV file, all of them or none."""

    form_class = ImportForm
    template_name = "translation/admin/import_terms.html"
    page_title = gettext_lazy("Import terms")
    header_icon = "upload"
    success_url = reverse_lazy("glossary:index")

    def dispatch(self, request, *arguments, **keywords):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *arguments, **keywords)

    def get_breadcrumbs_items(self):
        index = {"url": reverse("glossary:index"), "label": GLOSSARY}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.page_title}]

    def form_valid(self, form):
        try:
            added, changed = import_terms(form.cleaned_data["file"].read(), self.request.user)
        except forms.ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        messages.success(self.request, self._sentence(added, changed))
        return redirect(self.get_success_url())

    def _sentence(self, added, changed):
        return " ".join(
            [
                ngettext("%(count)s term was added.", "%(count)s terms were added.", added)
                % {"count": added},
                ngettext("%(count)s term was changed.", "%(count)s terms were changed.", changed)
                % {"count": changed},
            ]
        )


class TermViewSet(ModelViewSet):
    model = Term
    name = "glossary"
    icon = "list-ul"
    menu_label = GLOSSARY
    menu_order = 340
    add_to_admin_menu = True
    index_view_class = TermIndexView
    list_display = [
        TitleColumn(
            "source",
            label=gettext_lazy("in Latvian"),
            sort_key="source",
            get_url=lambda term: reverse("glossary:edit", args=[term.pk]),
        ),
        "target",
        "forbidden",
        "note",
    ]
    list_export = COLUMNS
    list_per_page = 50
    export_filename = "glossary"
    search_fields = ["source", "target", "forbidden", "note"]
    search_backend_name = None
    copy_view_enabled = False

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("import/", TermImportView.as_view(), name="import"),
        ]
