"""The admin's views of an uploaded PO file: what came of it, and what to do with it."""

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.generic.base import ContextMixin
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import DraftStateMixin

from .models import POFile, POUpload
from .po.importing import apply
from .po.places import place_of
from .po.reasons import MEANINGS, Result, text_sentence
from .po.targets import edit_urls
from .po_views import POIndexView, POUploadView, TranslatorMixin

FILES_A_PAGE = 20
TEXTS_A_FILE = 15  # shown with the file; more on a page of their own
TEXTS_A_PAGE = 50
QUIET = (Result.UNCHANGED, Result.EMPTY)  # counted, and listed on the file's own page only
COLOURS = {
    Result.ACCEPTED: "w-status--primary",
    Result.APPLIED: "w-status--primary",
}


class UploadMixin(TranslatorMixin):
    """A view of an upload that is open to the person."""

    @cached_property
    def upload(self) -> POUpload:
        uploads = POUpload.objects.select_related("user").filter(is_checked=True)
        upload = get_object_or_404(uploads, pk=self.kwargs["pk"])
        if not upload.is_open_to(self.request.user):
            raise PermissionDenied
        return upload

    def get_breadcrumbs_items(self):
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("po:index"), "label": POIndexView.page_title},
            {"url": reverse("po:upload"), "label": POUploadView.page_title},
        ]


class POUploadDetailView(UploadMixin, WagtailAdminTemplateMixin, ContextMixin, View):
    """What became of each file and text, with what to do next."""

    template_name = "translation/po/detail.html"
    header_icon = "upload"

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return self.upload.name

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.upload.name}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = self.request.GET.get("show")
        files = self.upload.files.select_related(
            "translation__source__specific_content_type", "translation__target_locale"
        ).order_by("-unreadable", "-broken", "-foreign", "title", "name", "pk")
        if shown in Result.values:
            files = files.filter(**{f"{shown}__gt": 0})
        page = WagtailPaginator(files, FILES_A_PAGE).get_page(self.request.GET.get("p"))
        urls = edit_urls([file.translation for file in page if file.translation])
        to_apply = self.upload.files.to_apply()
        context |= {
            "upload": self.upload,
            "shown": shown if shown in Result.values else "",
            "counts": [
                _counted(kind, number) for kind, number in self.upload.counts.items() if number
            ],
            **_paginated(page),
            "files": [_shown_file(file, shown, urls) for file in page],
            "to_apply": to_apply.count(),
            "was_applied": self.upload.files.exclude(applied_at=None).exists(),
        }
        return context


class POFileView(UploadMixin, WagtailAdminTemplateMixin, ContextMixin, View):
    """All texts of one uploaded file."""

    template_name = "translation/po/file.html"
    header_icon = "doc-full"

    def get(self, request, pk, file_pk):
        return self.render_to_response(self.get_context_data())

    @cached_property
    def file(self) -> POFile:
        files = self.upload.files.select_related(
            "translation__source__specific_content_type", "translation__target_locale"
        )
        return get_object_or_404(files, pk=self.kwargs["file_pk"])

    def get_page_title(self):
        return self.file.title or self.file.name

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("po:detail", args=[self.upload.pk]), "label": self.upload.name},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = WagtailPaginator(self.file.texts, TEXTS_A_PAGE).get_page(self.request.GET.get("p"))
        texts = [_shown_text(text, self.file) for text in page]
        context |= {"file": self.file, "texts": texts, **_paginated(page)}
        return context


def _paginated(page) -> dict:
    pages = page.paginator.get_elided_page_range(page.number)
    return {"page_obj": page, "elided_page_range": pages}


def _counted(kind: Result, number: int) -> dict:
    return {
        "kind": kind.value,
        "label": kind.label,
        "number": number,
        "meaning": MEANINGS[kind],
        "colour": COLOURS.get(kind, ""),
    }


def _shown_file(file: POFile, shown: str, urls: dict[int, str]) -> dict:
    translation = file.translation
    texts = [text for text in file.texts if text["result"] not in QUIET or text["result"] == shown]
    if shown in Result.values:
        texts = [text for text in texts if text["result"] == shown]
    result = file.result
    return {
        "file": file,
        "id": f"file-{file.pk}",
        "heading": file.title or file.name,
        "language": translation.target_locale.get_display_name() if translation else "",
        "language_code": translation.target_locale.language_code if translation else "",
        "has_no_drafts": translation and not issubclass(_model_of(translation), DraftStateMixin),
        "edit_url": urls.get(file.translation_id),
        "result": result.label,
        "colour": COLOURS.get(result, ""),
        "texts": [_shown_text(text, file) for text in texts[:TEXTS_A_FILE]],
        "counts": [_counted(kind, getattr(file, kind)) for kind in Result if getattr(file, kind)],
        "all": len(file.texts),
    }


def _model_of(translation):
    return translation.source.specific_content_type.model_class()


def _shown_text(text: dict, file: POFile) -> dict:
    result = Result(text["result"])
    model = file.translation and _model_of(file.translation)
    place = place_of(model, text["field"]).label if model and text["field"] else ""
    is_new = result in (Result.ACCEPTED, Result.APPLIED)
    return {
        "place": place,
        "source": text["source"],
        "text": text["text"],
        "old": text["old"] if text["old"] != text["text"] else None,
        "is_new": is_new and not text["old"],
        "result": result.label,
        "colour": COLOURS.get(result, ""),
        "sentence": text_sentence(text["reason"], text["params"]) if text["reason"] else "",
    }


class POApplyView(UploadMixin, View):
    """Applies what was accepted; after ``PO_APPLY_SECONDS`` a further click goes on."""

    http_method_names = ["post"]

    def post(self, request, pk):
        upload = self.upload
        until = timezone.now() + datetime.timedelta(seconds=settings.PO_APPLY_SECONDS)
        done = apply(upload, request.user, until)
        if done["texts"]:
            messages.success(request, _applied(done))
        else:
            messages.warning(request, _("Nothing was applied."))
        return redirect("po:detail", upload.pk)


def _applied(done) -> str:
    texts = ngettext("%(number)s text", "%(number)s texts", done["texts"]) % {
        "number": done["texts"]
    }
    pages = ngettext(
        "Applied to the draft of %(number)s page: %(texts)s.",
        "Applied to the drafts of %(number)s pages: %(texts)s.",
        done["pages"],
    )
    return pages % {"number": done["pages"], "texts": texts}


class PODiscardView(UploadMixin, View):
    """Forgets an upload. What was applied stays."""

    http_method_names = ["post"]

    def post(self, request, pk):
        next_url = self.upload.return_to or reverse("po:index")
        self.upload.delete()
        messages.success(request, _("The upload was discarded."))
        return redirect(next_url)
