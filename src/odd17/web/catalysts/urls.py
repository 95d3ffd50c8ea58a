"""Addresses of catalysts."""

from __future__ import annotations

from django.urls import path

from .views import directory, entry

urlpatterns = [
    path("", directory, name="catalysts"),
    path("<slug:id>/", entry, name="catalyst"),
]
