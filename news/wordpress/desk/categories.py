"""What the categories and tags of the old site become: an editor chooses topics for them."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from ..models import TermMapping


class TermFilterSet(WagtailFilterSet):
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
    list_display = ["name", "taxonomy", "topic", "is_ignored", "source"]
    filterset_class = TermFilterSet
    search_fields = ["name", "slug"]
    search_backend_name = None
    form_fields = ["topic", "is_ignored"]
    copy_view_enabled = False


register_permission_policy(TermMapping, ChangeOnly(TermMapping))
