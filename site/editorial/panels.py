"""The panels of the dashboard: the guide, what waits for me, what needs attention, my drafts."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.forms import Media
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel
from wagtail.models import GroupApprovalTask, WorkflowState, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from translation.models import Publication

from . import attention, guides
from .models import Finding

# The filters of the report of translations that find the same.
WITHOUT_TRANSLATION = "?" + urlencode(
    {"publication": (Publication.NONE, Publication.DRAFT), "is_published": True}, doseq=True
)


class GuidePanel(Component):
    """A greeting that leads to the guide, until it is dismissed."""

    name = "guide"
    order = 100
    template_name = "editorial/panels/guide.html"

    def get_context_data(self, parent_context):
        return {"guide": guides.for_user(parent_context["request"].user)}

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        profile = getattr(user, "wagtail_userprofile", None)
        if profile and profile.dismissibles.get(guides.for_user(user).dismissible_id):
            return ""
        return super().render_html(parent_context)


class WaitingPanel(WorkflowObjectsToModeratePanel):
    """What waits for my approval: Wagtail's panel, and a word where nothing does."""

    order = 150
    template_name = "editorial/panels/waiting.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        tasks = GroupApprovalTask.objects.filter(active=True, groups__in=user.groups.all())
        return context | {"approves": user.is_superuser or tasks.exists()}


@dataclass(frozen=True)
class Matter:
    """A kind of thing that needs attention: how many there are, and the report that lists them.

    ``label`` takes a number and names so many of them, without the number.
    """

    name: str
    icon: str
    label: Callable
    queryset: Callable
    url_name: str
    query: str = ""
    concerns: Callable = lambda user: True

    @property
    def url(self) -> str:
        return reverse(self.url_name) + self.query


MATTERS = [
    Matter(
        "review",
        "time",
        lambda count: ngettext("page to review", "pages to review", count),
        attention.pages_to_review,
        "pages_to_review:index",
    ),
    Matter(
        "untranslated",
        "wagtail-localize-language",
        lambda count: ngettext(
            "page or record without English", "pages and records without English", count
        ),
        attention.without_translation,
        "translations:index",
        WITHOUT_TRANSLATION,
    ),
    Matter(
        "pictures",
        "image",
        lambda count: ngettext(
            "image without alternative text", "images without alternative text", count
        ),
        lambda user: attention.findings(user).filter(kind=Finding.Kind.PICTURE),
        "findings:index",
        f"?kind={Finding.Kind.PICTURE}",
    ),
    Matter(
        "recordings",
        "media",
        lambda count: ngettext(
            "recording without a transcript", "recordings without a transcript", count
        ),
        attention.recordings_without_transcript,
        "recordings_without_transcript:index",
        concerns=attention.writes_originals,
    ),
    Matter(
        "links",
        "link",
        lambda count: ngettext("broken internal link", "broken internal links", count),
        attention.broken_links,
        "broken_links:index",
    ),
]


class AttentionPanel(Component):
    """How much needs attention of what I may change: a number each, which leads to its report."""

    name = "attention"
    order = 200
    template_name = "editorial/panels/attention.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        tiles = []
        for matter in MATTERS:
            if not matter.concerns(user):
                continue
            count = matter.queryset(user).count()
            tiles.append({"matter": matter, "count": count, "label": matter.label(count)})
        return {"tiles": tiles, "is_any": any(tile["count"] for tile in tiles)}

    def render_html(self, parent_context=None):
        if not page_permission_policy.user_has_permission(parent_context["request"].user, "change"):
            return ""
        return super().render_html(parent_context)

    @property
    def media(self):
        return Media(css={"all": ["css/admin/desk.css"]})


class DraftsPanel(Component):
    """Pages with unpublished changes that I own or changed last, but for those on their way."""

    name = "drafts"
    order = 250
    template_name = "editorial/panels/drafts.html"
    LONGEST = 8  # pages

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        submitted = WorkflowState.objects.active().filter(
            base_content_type=get_default_page_content_type(),
            object_id=Cast(OuterRef("pk"), CharField()),
        )
        drafts = (
            attention.pages_of(user)
            .filter(Q(owner=user) | Q(latest_revision__user=user), ~Exists(submitted))
            .filter(has_unpublished_changes=True)
            .order_by("-latest_revision_created_at", "-pk")
        )
        pages = drafts.specific(defer=True).annotate_approved_schedule().prefetch_workflow_states()
        return {"pages": pages[: self.LONGEST], "request": parent_context["request"]}


class PublishedEditsPanel(RecentEditsPanel):
    """Wagtail's panel of my last edits, but for the drafts, which have a panel of their own."""

    order = 300

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        edits = context["last_edits"]
        context["last_edits"] = [edit for edit in edits if not edit[1].has_unpublished_changes]
        return context


def arrange(panels: list):
    """Make Wagtail's panels of the dashboard ours, in the order in which a day begins."""
    ours = {"workflow_objects_to_moderate": WaitingPanel(), "recent_edits": PublishedEditsPanel()}
    panels[:] = [ours.get(getattr(panel, "name", ""), panel) for panel in panels]
    panels += [GuidePanel(), AttentionPanel(), DraftsPanel()]
