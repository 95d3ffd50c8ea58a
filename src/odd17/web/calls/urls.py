"""Addresses of calls: the list, each call and answering are public; what only e-mails have is secret."""

from __future__ import annotations

from django.urls import path, re_path

from .views.answering import answer, confirm, data, erase, follow
from .views.public import CallsFeed, call, call_file, calls

urlpatterns = [
    path("", calls, name="calls"),
    path("flux.xml", CallsFeed(), name="calls_feed"),
    path("<int:number>/", call, name="call"),
    re_path(r"^(?P<number>\d+)/appel\.(?P<format>pdf|docx)$", call_file, name="call_file"),
    path("<int:number>/repondre/", answer, name="call_answer_make"),
    path("reponses/confirmer/<str:token>/", confirm, name="call_confirm"),
    path("reponses/<str:token>/", follow, name="call_answer"),
    path("reponses/<str:token>/effacer/", erase, name="call_answer_erase"),
    path("reponses/<str:token>/mes-donnees.json", data, name="call_answer_data"),
]
