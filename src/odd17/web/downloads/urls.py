"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from .views import distribution_download, level_file, map_download, profile_download

urlpatterns = [
    path("fichiers/<str:level>.<str:extension>", level_file, name="level_file"),
    path("fichiers/cartes/<str:level>/<slug:subject>.<str:extension>", map_download, name="map_file"),
    path("fichiers/profils/<str:identifier>.<str:extension>", profile_download, name="profile_file"),
    path(
        "fichiers/repartitions/<slug:identifier>/<slug:peer_set>.<str:extension>",
        distribution_download,
        name="distribution_file",
    ),
]
