"""Addresses of practices."""

from __future__ import annotations

from django.urls import path

from .views import practice

urlpatterns = [
    path("<int:number>-<slug:words>/", practice, name="practice"),
]
