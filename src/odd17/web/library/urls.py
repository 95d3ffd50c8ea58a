"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from .feeds import library_feed
from .views import library, library_suggestions, resource, resource_file

urlpatterns = [
    path("", library, name="library"),
    path("suggestions/", library_suggestions, name="library_suggestions"),
    path("flux/<slug:format>/", library_feed, name="library_feed"),
    path("<int:number>/fichier/", resource_file, name="resource_file"),
    path("<int:number>-<slug:words>/", resource, name="resource"),
]
