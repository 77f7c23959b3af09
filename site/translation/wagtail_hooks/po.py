"""Translations as PO files: the pages under Reports, and the log."""

from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from home.retention import Retained

from .. import po_upload_views, po_views, selection
from ..access import is_translator
from ..models import POUpload
from ..po.importing import LOG_ACTION

po_urls = [
    path("", po_views.POIndexView.as_view(), name="index"),
    path("results/", po_views.POIndexView.as_view(results_only=True), name="results"),
    path("download/", po_views.PODownloadView.as_view(), name="download"),
    path("download/selected/", po_views.POSelectionView.as_view(), name="download_selected"),
    path("upload/", po_views.POUploadView.as_view(), name="upload"),
    path("<int:pk>/", po_upload_views.POUploadDetailView.as_view(), name="detail"),
    path("<int:pk>/files/<int:file_pk>/", po_upload_views.POFileView.as_view(), name="file"),
    path("<int:pk>/apply/", po_upload_views.POApplyView.as_view(), name="apply"),
    path("<int:pk>/discard/", po_upload_views.PODiscardView.as_view(), name="discard"),
]
# These stand before wagtail-localize's own, at the same addresses, so that its names lead to them.
localize_urls = [
    path("<int:translation_id>/pofile/download/", po_views.download_one),
    path("<int:translation_id>/pofile/upload/", po_views.upload_one),
]


@hooks.register("register_admin_urls", order=-1)
def register_po_urls():
    return [
        path("reports/po/", include((po_urls, "po"))),
        path("localize/translate/", include(localize_urls)),
    ]


class POMenuItem(MenuItem):
    def is_shown(self, request):
        return is_translator(request.user)


@hooks.register("register_reports_menu_item")
def register_po_menu_item():
    return POMenuItem(
        po_views.POIndexView.page_title,
        reverse("po:index"),
        name="po-files",
        icon_name=po_views.POIndexView.header_icon,
        order=950,
    )


@hooks.register(selection.HOOK)
def offer_download():
    return selection.SelectionAction(
        _("Download PO files"),
        "po:download_selected",
        "download",
        is_shown=is_translator,
        order=200,
    )


@hooks.register("register_log_actions")
def register_po_log_action(actions):
    @actions.register_action(LOG_ACTION)
    class ImportFormatter(LogFormatter):
        label = _("Import translations")

        def format_message(self, log_entry):
            number = log_entry.data.get("texts", 0)
            return ngettext(
                "PO file “%(file)s” imported: %(number)s text",
                "PO file “%(file)s” imported: %(number)s texts",
                number,
            ) % {"file": log_entry.data.get("file", ""), "number": number}


@hooks.register("register_retained_data")
def name_what_is_kept():
    return [
        Retained(
            "po_uploads",
            _("Uploads of PO files"),
            ("translation.POUpload", "translation.POFile"),
            get_days=lambda: settings.PO_UPLOAD_DAYS,
            purge=lambda: POUpload.objects.old().delete()[0],
        )
    ]
