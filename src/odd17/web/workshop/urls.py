"""Addresses of the workshop."""

from __future__ import annotations

from django.urls import path

from .views import build, discard, example, one_upload, publish, template, undo, workshop

urlpatterns = [
    path("", workshop, name="workshop"),
    path("modele/dataset.yml", template, name="workshop_template"),
    path("modele/exemple.csv", example, name="workshop_example"),
    path("<str:key>/", one_upload, name="workshop_upload"),
    path("<str:key>/construire/", build, name="workshop_build"),
    path("<str:key>/publier/", publish, name="workshop_publish"),
    path("<str:key>/annuler/", undo, name="workshop_undo"),
    path("<str:key>/ecarter/", discard, name="workshop_discard"),
]
