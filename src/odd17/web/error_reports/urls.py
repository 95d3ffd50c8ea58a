"""Addresses of the form."""

from __future__ import annotations

from django.urls import path

from .views import report_error, report_thanks

urlpatterns = [
    path("signaler-une-erreur/", report_error, name="report_error"),
    path("signaler-une-erreur/merci/", report_thanks, name="report_thanks"),
]
