"""Addresses of learning; those of progress are secret."""

from __future__ import annotations

from django.urls import path

from .views.certificate import certificate
from .views.follow import data, erase, keep, overview, quiz, step
from .views.read import begin, catalogue, module, module_step

urlpatterns = [
    path("", catalogue, name="learning"),
    path("suivi/<str:token>/", overview, name="learning_progress"),
    path("suivi/<str:token>/etapes/<slug:id>/", step, name="learning_progress_step"),
    path("suivi/<str:token>/quiz/", quiz, name="learning_quiz"),
    path("suivi/<str:token>/attestation/", certificate, name="learning_certificate"),
    path("suivi/<str:token>/garder/", keep, name="learning_keep"),
    path("suivi/<str:token>/effacer/", erase, name="learning_erase"),
    path("suivi/<str:token>/mes-donnees.json", data, name="learning_data"),
    path("<slug:id>/", module, name="learning_module"),
    path("<slug:id>/commencer/", begin, name="learning_begin"),
    path("<slug:id>/etapes/<slug:step>/", module_step, name="learning_step"),
]
