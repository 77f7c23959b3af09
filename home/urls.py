"""Addresses of the association's data, in every language; they stay when pages move."""

from django.urls import path

from . import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("meetings.ics", views.meetings_calendar, name="meetings_calendar"),
    path("meetings/<uuid:key>.ics", views.meeting_calendar, name="meeting_calendar"),
]
