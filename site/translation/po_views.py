"""The admin's views of translations as PO files."""

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale
from wagtail_localize.models import Translation

from home.permissions import languages_of

from . import selection
from .access import is_translator
from .models import POFile, POUpload
from .po.exporting import archive, export
from .po.importing import try_out
from .po.reading import Refused
from .po.selection import editable_by, offered_to
from .po.targets import edit_urls

MOST_DIGITS = 19  # of a whole number in the database
MIME_TYPE = "text/x-gettext-translation"


class TranslatorMixin:
    """Only for those who work in a language that is translated into."""

    def dispatch(self, request, *args, **kwargs):
        if not is_translator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


# The list, and downloading


class CheckboxColumn(BaseColumn):
    header_template_name = "translation/po/checkbox_header.html"
    cell_template_name = "translation/po/checkbox_cell.html"


def _locales_of(request):
    return Locale.objects.filter(pk__in=languages_of(request.user))


class TranslationFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Translations"),
        choices=[("all", gettext_lazy("All, translated ones too"))],
        empty_label=gettext_lazy("Open: texts are not translated"),
        method="filter_state",
        widget=forms.RadioSelect,
    )
    language = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Language"),
        field_name="target_locale",
        queryset=_locales_of,
        empty_label=gettext_lazy("All languages"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Translation
        fields = []

    def filter_state(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data["state"] else queryset.filter(waiting__gt=0)


class POIndexView(TranslatorMixin, BaseListingView):
    """The translations a person works on, to choose from for downloading."""

    model = Translation
    page_title = gettext_lazy("PO files")
    header_icon = "download"
    template_name = "translation/po/index.html"
    results_template_name = "translation/po/index_results.html"
    index_url_name = "po:index"
    index_results_url_name = "po:results"
    verbose_name_plural = gettext_lazy("translations")
    filterset_class = TranslationFilterSet
    is_searchable = True
    search_fields = ["source__object_repr"]
    default_ordering = "title"
    paginate_by = 50
    columns = [
        CheckboxColumn("select"),
        TitleColumn(
            "title",
            label=gettext_lazy("Original"),
            sort_key="title",
            width="50%",
            get_url=lambda row: row.edit_url,
        ),
        Column("type", label=gettext_lazy("Type"), accessor=lambda row: _type_of(row)),
        Column(
            "language", label=gettext_lazy("Language"), accessor="target_locale.get_display_name"
        ),
        Column(
            "waiting",
            label=gettext_lazy("Not translated"),
            accessor=lambda row: _waiting(row),
            sort_key="waiting",
        ),
    ]

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Upload"), reverse("po:upload"), icon_name="upload", attrs={"class": ""})
        ]

    def get_base_queryset(self):
        return offered_to(self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "pk")

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        urls = edit_urls(rows)
        for row in rows:
            row.edit_url = urls.get(row.pk)
        return paginator, page, rows, is_paginated

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["found"] = self.request.GET.urlencode()
        context["waiting_uploads"] = (
            POUpload.objects.of(self.request.user)
            .filter(files__in=POFile.objects.to_apply())
            .distinct()[:5]
        )
        return context


def _type_of(row) -> str:
    return row.source.specific_content_type.model_class()._meta.verbose_name


def _waiting(row) -> str:
    return _("%(waiting)s of %(all)s") % {"waiting": row.waiting, "all": row.texts}


class PODownloadView(TranslatorMixin, View):
    """Sends a zip of translations.

    POST: either ``translations``, the primary keys (once or several times), or ``all`` and in the
    address the filters of the list. Those that the person may not change are left out.
    """

    http_method_names = ["post"]

    def post(self, request):
        queryset = self.get_queryset()
        keys = list(queryset.order_by("pk").values_list("pk", flat=True))
        if not keys:
            messages.warning(request, _("Choose at least one translation to download."))
            next_url = get_valid_next_url_from_request(request) or reverse("po:index")
            return redirect(next_url)
        name = timezone.localtime().strftime("translations-%Y-%m-%d-%H%M.zip")
        return StreamingHttpResponse(
            archive(keys, get_user_display_name(request.user), get_language()),
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def get_queryset(self):
        if "all" in self.request.POST:
            view = POIndexView()
            view.setup(self.request)
            return view.get_queryset()
        keys = _keys(self.request.POST.getlist("translations"))
        return editable_by(self.request.user).filter(enabled=True, pk__in=keys)


class POSelectionView(PODownloadView):
    """The same for what was selected in the report of translations (see ``selection``)."""

    def get_queryset(self):
        rows = selection.selected(self.request).order_by()
        mine = editable_by(self.request.user).filter(enabled=True)
        return mine.filter(pk__in=rows.values("translation"))


def _keys(values: list[str]) -> list[int]:
    """Return those values that a primary key can be."""
    return [int(value) for value in values if value.isdecimal() and len(value) < MOST_DIGITS]


def _translation_of(request, key) -> Translation:
    """Return a translation that the person may change."""
    translation = get_object_or_404(
        Translation.objects.select_related("source__specific_content_type", "target_locale"), pk=key
    )
    if not editable_by(request.user).filter(pk=key).exists():
        raise PermissionDenied
    return translation


def download_one(request, translation_id: int):
    """Send the PO file of one translation: in place of wagtail-localize's view."""
    translation = _translation_of(request, translation_id)
    [(name, content)] = export([translation], get_user_display_name(request.user))
    return HttpResponse(
        content,
        content_type=MIME_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# Uploading


class POUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PO file, or a zip of PO files as you downloaded it."),
        widget=forms.FileInput(attrs={"accept": ".po,.zip"}),
    )


class POUploadView(TranslatorMixin, WagtailAdminTemplateMixin, FormView):
    """Takes a file, tries it out and leads to what came of it."""

    form_class = POUploadForm
    template_name = "translation/po/upload.html"
    page_title = gettext_lazy("Upload translations")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("po:index"), "label": POIndexView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["uploads"] = POUpload.objects.of(self.request.user)[:20]
        context["days"] = settings.PO_UPLOAD_DAYS
        context["size"] = filesizeformat(settings.PO_UPLOAD_LIMITS["size"])
        return context

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            upload = try_out(self.request.user, file, file.name)
        except Refused as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect("po:detail", upload.pk)


def upload_one(request, translation_id: int):
    """Try out the file of one translation: in place of wagtail-localize's view, with its fields."""
    translation = _translation_of(request, translation_id)
    next_url = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    form = POUploadForm(request.POST, request.FILES)
    if request.method != "POST" or not form.is_valid():
        messages.error(request, _("Choose a PO file to upload."))
        return redirect(next_url)
    file = form.cleaned_data["file"]
    try:
        upload = try_out(request.user, file, file.name, only=translation, return_to=next_url)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(next_url)
    return redirect("po:detail", upload.pk)
