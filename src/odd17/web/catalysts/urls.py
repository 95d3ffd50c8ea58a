"""Addresses of catalysts; what only e-mails have is secret."""

from __future__ import annotations

from django.urls import path

from .views.begin import begin, claim, confirm
from .views.desk import absences, take_out, waiting, waiting_one
from .views.directory import catalysts_file, directory, entry
from .views.mine import change, data, lost, mine, renew, withdraw
from .views.write import message, write

urlpatterns = [
    path("", directory, name="catalysts"),
    path("fichier/<str:format>/", catalysts_file, name="catalysts_file"),
    path("proposer/", begin, name="catalyst_begin"),
    path("confirmer/<str:token>/", confirm, name="catalyst_confirm"),
    path("reconduire/<str:token>/", renew, name="catalyst_renew"),
    path("message/<str:token>/", message, name="catalyst_message"),
    path("lien-prive/", lost, name="catalyst_lost"),
    path("mon-entree/<str:token>/", mine, name="catalyst_mine"),
    path("mon-entree/<str:token>/modifier/", change, name="catalyst_change"),
    path("mon-entree/<str:token>/retirer/", withdraw, name="catalyst_withdraw"),
    path("mon-entree/<str:token>/mes-donnees.json", data, name="catalyst_data"),
    path("moderation/", waiting, name="catalyst_desk"),
    path("moderation/<int:number>/", waiting_one, name="catalyst_desk_one"),
    path("moderation/<int:number>/retirer/", take_out, name="catalyst_take_out"),
    path("moderation/absences/", absences, name="catalyst_absences"),
    path("<slug:id>/", entry, name="catalyst"),
    path("<slug:id>/revendiquer/", claim, name="catalyst_claim"),
    path("<slug:id>/ecrire/", write, name="catalyst_write"),
]
