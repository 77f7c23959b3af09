"""A site with nothing but one empty view: what Django itself costs."""

from django.http import HttpResponse
from django.urls import path


def empty(request):
    return HttpResponse("")


urlpatterns = [path("", empty), path("-/empty/", empty)]
