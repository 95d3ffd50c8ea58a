"""The addresses of orientation, of the matrix of access and of requests; what only e-mails have is secret."""

from __future__ import annotations

from django.urls import path

from .desk_views import waiting, waiting_one
from .request_views import confirm, data, erase, follow, make
from .views import access, thread, thread_step, where_to_start

urlpatterns = [
    path("par-ou-commencer/", where_to_start, name="orientation"),
    path("fil/", thread, name="thread"),
    path("fil/<slug:slug>/", thread_step, name="thread_step"),
    path("ressources/acces/", access, name="access"),
    path("ressources/demander/<slug:id>/", make, name="request_make"),
    path("ressources/demandes/confirmer/<str:token>/", confirm, name="request_confirm"),
    path("ressources/demandes/<str:token>/", follow, name="access_request"),
    path("ressources/demandes/<str:token>/effacer/", erase, name="request_erase"),
    path("ressources/demandes/<str:token>/mes-donnees.json", data, name="request_data"),
    path("ressources/demandes-recues/", waiting, name="request_desk"),
    path("ressources/demandes-recues/<int:number>/", waiting_one, name="request_desk_one"),
]
