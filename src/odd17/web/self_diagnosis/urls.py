"""Addresses of self-diagnosis; those of answers and groups are secret."""

from __future__ import annotations

from django.urls import path, re_path

from .views.answer import again, answer, document, erase, finish, result
from .views.choose import begin, begin_panel, choose, origin
from .views.mirror import leave, mirror, requests
from .views.panel import panel
from .views.versions import schema, text, versions

urlpatterns = [
    path("", choose, name="self_diagnosis"),
    path("questionnaires/", versions, name="self_diagnosis_versions"),
    path("questionnaires/schema.json", schema, name="self_diagnosis_schema"),
    re_path(
        r"^questionnaires/(?P<id>[a-z][a-z-]{0,60})-(?P<version>[1-9]\d{0,4})\.yml$", text, name="self_diagnosis_text"
    ),
    path("miroirs/", requests, name="self_diagnosis_mirrors"),
    path("groupes/<str:token>/", panel, name="self_diagnosis_panel"),
    path("reponses/<str:token>/", answer, name="self_diagnosis_answer"),
    path("reponses/<str:token>/resultat/", result, name="self_diagnosis_result"),
    path("reponses/<str:token>/terminer/", finish, name="self_diagnosis_finish"),
    path("reponses/<str:token>/recommencer/", again, name="self_diagnosis_again"),
    path("reponses/<str:token>/effacer/", erase, name="self_diagnosis_erase"),
    path("reponses/<str:token>/miroir/", mirror, name="self_diagnosis_mirror"),
    path("reponses/<str:token>/miroir/quitter/", leave, name="self_diagnosis_leave"),
    re_path(r"^reponses/(?P<token>[\w-]+)/resultat\.(?P<format>pdf|docx)$", document, name="self_diagnosis_document"),
    path("<slug:id>/", origin, name="self_diagnosis_origin"),
    path("<slug:id>/commencer/", begin, name="self_diagnosis_begin"),
    path("<slug:id>/groupe/", begin_panel, name="self_diagnosis_begin_panel"),
]
