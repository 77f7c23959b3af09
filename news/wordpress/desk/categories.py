"""What the categories and tags of the old site become: an editor chooses topics for them."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from ..models import TermMapping
from . import words

KINDS = [(name, words.TAXONOMIES[name]) for name in ("category", "post_tag")]


class TermFilterSet(WagtailFilterSet):
    taxonomy = django_filters.ChoiceFilter(
        label=_("Kind"),
        choices=[(name, words.of_taxonomy(name)) for name in ("category", "post_tag")],
    )
    is_open = django_filters.BooleanFilter(
        label=_("Not decided yet"), method="only_open", field_name="topic"
    )

    class Meta:
        model = TermMapping
        fields = ["taxonomy"]

    def only_open(self, rows, name, value):
        undecided = {"topic": None, "is_ignored": False}
        return rows.filter(**undecided) if value else rows.exclude(**undecided)


class ChangeOnly(ModelPermissionPolicy):
    """Nobody adds or deletes what an export says."""

    def user_has_permission(self, user, action):
        return action == "change" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class TermMappingViewSet(ModelViewSet):
    """The list of what was met, and a form for each; rows come from the exports alone."""

    model = TermMapping
    name = "old_site_categories"
    url_prefix = "reports/old-site-categories"
    icon = "tag"
    list_display = [
        TitleColumn(
            "name",
            label=_("Name"),
            sort_key="name",
            get_url=lambda term: reverse("old_site_categories:edit", args=[term.pk]),
        ),
        Column("taxonomy", label=_("Kind"), accessor=lambda term: words.of_taxonomy(term.taxonomy)),
        Column("topic", label=_("Topic"), sort_key="topic__name"),
        BooleanColumn("is_ignored", label=_("Becomes nothing"), sort_key="is_ignored"),
        "source",
    ]
    filterset_class = TermFilterSet
    search_fields = ["name", "slug"]
    search_backend_name = None
    form_fields = ["topic", "is_ignored"]
    copy_view_enabled = False


register_permission_policy(TermMapping, ChangeOnly(TermMapping))
