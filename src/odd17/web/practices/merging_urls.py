"""Addresses of likely duplicates, among those of the desk."""

from __future__ import annotations

from django.urls import path

from .merging_views import decide, duplicate, duplicates

urlpatterns = [
    path("practices/duplicates/", duplicates, name="practice_duplicates"),
    path("practices/duplicates/<int:first>/<int:second>/", duplicate, name="practice_duplicate"),
    path("practices/duplicates/<int:first>/<int:second>/decide/", decide, name="practice_decide"),
]
