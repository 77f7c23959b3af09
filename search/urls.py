from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import SearchView, suggestions

urlpatterns = [
    path(_("search/"), SearchView.as_view(), name="search"),
    path(_("search/suggestions/"), suggestions, name="search_suggestions"),
]
