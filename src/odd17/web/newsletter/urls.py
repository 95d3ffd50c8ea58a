"""Addresses of the newsletter; those that only e-mails have are secret."""

from __future__ import annotations

from django.urls import path

from .views.desk import sending, sendings
from .views.letters import letter, sign_up, thanks
from .views.links import confirm, data, leave, subscription

urlpatterns = [
    path("", sign_up, name="newsletter"),
    path("merci/", thanks, name="newsletter_thanks"),
    path("numeros/<int:number>/", letter, name="newsletter_letter"),
    path("confirmer/<str:link>/", confirm, name="newsletter_confirm"),
    path("abonnement/<str:token>/", subscription, name="newsletter_subscription"),
    path("abonnement/<str:token>/mes-donnees.json", data, name="newsletter_data"),
    path("quitter/<str:token>/", leave, name="newsletter_leave"),
    path("envois/", sendings, name="newsletter_sendings"),
    path("envois/<int:number>/", sending, name="newsletter_sending"),
]
