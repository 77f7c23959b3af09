"""One item to look at, and deciding: on it, or on many at once."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..models import ImportedItem
from . import words
from .actions import ACTIONS, left_over
from .comparing import compared
from .listing import (
    CHECKBOX,
    EVERYTHING,
    DecidersMixin,
    ItemListView,
    filters_of,
    found,
    list_url,
    selected,
)
from .reading import read

State = ImportedItem.State
LONGEST_NAME = 60  # characters of a title in a message


class ItemView(DecidersMixin, WagtailAdminTemplateMixin, TemplateView):
    """An item as a visitor would read it, beside what makes it doubtful."""

    template_name = "wordpress/item.html"
    header_icon = "clipboard-list"

    @cached_property
    def row(self) -> ImportedItem:
        rows = ImportedItem.objects.select_related("decided_by", "page")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self):
        return self.row.title or _("(without a title)")

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": list_url(self.request), "label": ItemListView.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        reasons = words.reasons_of(self.row)
        shown, original = Shown(self.row), self._original(reasons)
        if original:
            shown.text, original.text = compared(shown.text, original.text)
        return context | {
            "row": self.row,
            "shown": shown,
            "reasons": reasons,
            "score": words.percent(self.row.score),
            "original": original,
            "is_marked": original and "<mark>" in shown.text.html + original.text.html,
            "error": self._error(),
            "missing": self.row.account.get("missing", ()) if self.row.page else (),
            "actions": [action for action in ACTIONS.values() if _is_possible(action, self.row)],
            "filters_of_address": filters_of(self.request),
            "previous_url": self._url(neighbour(self.request, self.row, is_next=False)),
            "next_url": self._url(neighbour(self.request, self.row)),
            "list_url": list_url(self.request),
            "place": self._place(),
        }

    def _error(self) -> str:
        error = self.row.account.get("error", "") if self.row.state == State.FAILED else ""
        return error.rstrip(".")

    def _original(self, reasons):
        repeats = [reason for reason in reasons if reason.code in words.REPEATS]
        numbers = [reason.original for reason in repeats if reason.original]
        titles = [reason.detail for reason in repeats if reason.detail]
        rows = ImportedItem.objects.of(self.row.source).exclude(pk=self.row.pk)
        rows = rows.filter(Q(post_id__in=numbers) | Q(title__in=titles)) if repeats else rows.none()
        original = rows.order_by("date", "pk").select_related("page").first()
        return original and Shown(original, is_other=True)

    def _url(self, row):
        return row and reverse("wordpress:item", args=[row.pk]) + filters_of(self.request)

    def _place(self):
        rows = found(self.request)
        return {
            "is_listed": rows.filter(pk=self.row.pk).exists(),
            "number": rows.filter(_before(self.row)).count() + 1,
            "all": rows.count(),
        }


class Shown:
    """An item with what is shown of it."""

    def __init__(self, row, is_other=False):
        self.row, self.item, self.is_other = row, row.item, is_other
        self.text = read(self.item)
        self.type = words.of_type(row.type)
        self.terms = ", ".join(term.name for term in self.item.terms)
        self.is_protected = bool(self.item.password)


def _is_possible(action, row) -> bool:
    return ImportedItem.objects.filter(action.condition, pk=row.pk).exists()


# The most doubtful first, as ``ImportedItemQuerySet.doubtful`` has them.
def _before(row) -> Q:
    return Q(score__gt=row.score) | Q(score=row.score, pk__gt=row.pk)


def _after(row) -> Q:
    return Q(score__lt=row.score) | Q(score=row.score, pk__lt=row.pk)


def neighbour(request, row, is_next=True) -> ImportedItem | None:
    """Return the next item of those that the filters in the address find, or the one before."""
    rows = found(request).only("pk", "score")
    if is_next:
        return rows.filter(_after(row)).order_by("-score", "-pk").first()
    return rows.filter(_before(row)).order_by("score", "pk").first()


class DecideView(DecidersMixin, WagtailAdminTemplateMixin, TemplateView):
    """Decides on what was selected in the list, once the person has seen how many that are.

    The number is asked for again: what the filters find may be more by then.
    """

    http_method_names = ["post"]
    template_name = "wordpress/confirm.html"
    header_icon = "clipboard-list"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.action = ACTIONS.get(kwargs["action"])
        if self.action is None:
            raise Http404

    def post(self, request, action):
        self.items = selected(request)
        # Of what the filters find, only what can be decided; of what was ticked, all.
        if request.POST.get(EVERYTHING):
            self.items = self.items.filter(self.action.condition)
        self.count = self.items.count()
        if not self.count:
            messages.warning(request, _("Nothing was selected to which this can be done."))
            return redirect(list_url(request))
        if request.POST.get("confirmed") != str(self.count):
            return self.render_to_response(self.get_context_data())
        outcome = self.action.run(self.items, request.user)
        tell(request, self.action, outcome)
        return redirect(list_url(request))

    def get_page_title(self):
        return self.action.question % {"count": self.count}

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": list_url(self.request), "label": ItemListView.page_title},
            {"url": "", "label": self.action.label},
        ]

    def get_context_data(self, **kwargs):
        possible = self.items.filter(self.action.condition)
        rows = possible.order_by("-score", "-pk").only("title", "type", "post_id")
        post = self.request.POST
        return super().get_context_data(**kwargs) | {
            "action": self.action,
            "count": self.count,
            "has_changed": bool(post.get("confirmed")),
            "titles": [Truncator(row).chars(2 * LONGEST_NAME) for row in rows[:10]],
            "keys": [key for key in post.getlist(CHECKBOX) if key.isdecimal()],
            "everything": bool(post.get(EVERYTHING)),
            "filters_of_address": filters_of(self.request),
            "list_url": list_url(self.request),
        }


class DecideOneView(DecidersMixin, View):
    """Decides on the item that the person is looking at, and goes on to the next one."""

    http_method_names = ["post"]

    def post(self, request, pk, action):
        row = get_object_or_404(ImportedItem, pk=pk)
        if action not in ACTIONS:
            raise Http404
        action = ACTIONS[action]
        here = reverse("wordpress:item", args=[pk]) + filters_of(request)
        outcome = action.run(ImportedItem.objects.filter(pk=pk), request.user)
        if not outcome.decided:
            self._say_why_not(outcome, pk)
            return redirect(here)
        text = _("“%(title)s”: %(decision)s") % {
            "title": Truncator(row).chars(LONGEST_NAME),
            "decision": action.done_to_one,
        }
        messages.success(request, text, buttons=[messages.button(here, _("Show"))])
        if action.name == "reopen":
            return redirect(here)
        following = neighbour(request, row)
        if following is None:
            return redirect(list_url(request))
        return redirect(reverse("wordpress:item", args=[following.pk]) + filters_of(request))

    def _say_why_not(self, outcome, pk):
        row = ImportedItem.objects.select_related("decided_by").get(pk=pk)
        if outcome.kept or not row.decided_by:
            text = " ".join(left_over(outcome))
        else:
            text = _("%(person)s has decided on this item already: %(decision)s.") % {
                "person": row.decided_by.get_full_name() or row.decided_by.get_username(),
                "decision": row.get_decision_display(),
            }
        messages.warning(self.request, text)


def tell(request, action, outcome):
    """Say what became of a decision on several items."""
    if outcome.decided:
        messages.success(request, action.done % {"count": outcome.decided})
    for sentence in left_over(outcome):
        messages.warning(request, sentence)
