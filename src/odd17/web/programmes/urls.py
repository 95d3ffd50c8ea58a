"""Addresses of programmes."""

from __future__ import annotations

from django.urls import path, re_path

from .views import all_programmes, changes, file, measure, money, programme

urlpatterns = [
    path("", all_programmes, name="programmes"),
    path("<slug:id>/", programme, name="programme"),
    path("<slug:id>/mesures/<int:number>/", measure, name="programme_measure"),
    path("<slug:id>/changements/", changes, name="programme_changes"),
    path("<slug:id>/argent/", money, name="programme_money"),
    re_path(r"^(?P<id>[\w-]+)/bilan\.(?P<format>csv|json|pdf|docx)$", file, name="programme_file"),
]
