"""Addresses of accounts."""

from __future__ import annotations

from allauth.account import urls as signing_in
from allauth.mfa import urls as second_factor
from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .views import account, erase, export

urlpatterns = [
    path("", account, name="account"),
    path("mes-donnees.json", export, name="account_export"),
    path("effacer/", erase, name="account_erase"),
    # addresses, keys and codes of a person: no browser nor proxy keeps them
    path("", include(decorate_urlpatterns(signing_in.urlpatterns, never_cache))),
    path("double-facteur/", include(decorate_urlpatterns(second_factor.urlpatterns, never_cache))),
]
