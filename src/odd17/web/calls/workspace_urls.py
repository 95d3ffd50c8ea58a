"""Addresses of calls in the workspace of their alliance, for members."""

from __future__ import annotations

from django.urls import path

from .views.workspace import call_in, calls_of, close, decide, publish

urlpatterns = [
    path("<int:number>/appels/", calls_of, name="alliance_calls"),
    path("<int:number>/appels/nouveau/", publish, name="alliance_call_publish"),
    path("<int:number>/appels/<int:call>/", call_in, name="alliance_call"),
    path("<int:number>/appels/<int:call>/fermer/", close, name="alliance_call_close"),
    path("<int:number>/appels/<int:call>/reponses/<int:answer>/", decide, name="alliance_call_decide"),
]
