"""Items of the admin's menus."""

from wagtail.admin.menu import MenuItem

from .permissions import may_publish


class PublisherMenuItem(MenuItem):
    """Leads to what is for those who answer for the site."""

    def is_shown(self, request):
        return may_publish(request.user)
