"""Addresses of accounts."""

from __future__ import annotations

from django.urls import include, path

from .views import account, erase, export

urlpatterns = [
    path("", account, name="account"),
    path("mes-donnees.json", export, name="account_export"),
    path("effacer/", erase, name="account_erase"),
    path("", include("allauth.account.urls")),
    path("double-facteur/", include("allauth.mfa.urls")),
]
