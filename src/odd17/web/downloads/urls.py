"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from .views import level_file

urlpatterns = [
    path("fichiers/<str:level>.<str:extension>", level_file, name="level_file"),
]
