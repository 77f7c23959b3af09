from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import SearchView

urlpatterns = [path(_("search/"), SearchView.as_view(), name="search")]
