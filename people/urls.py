"""Addresses of cards of contact, in every language; they stay when pages move."""

from django.urls import path

from . import views

urlpatterns = [path("people/<uuid:key>.vcf", views.card, name="contact_card")]
