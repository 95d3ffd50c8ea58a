"""The addresses of orientation."""

from __future__ import annotations

from django.urls import path

from .views import thread, thread_step, where_to_start

urlpatterns = [
    path("par-ou-commencer/", where_to_start, name="orientation"),
    path("fil/", thread, name="thread"),
    path("fil/<slug:slug>/", thread_step, name="thread_step"),
]
