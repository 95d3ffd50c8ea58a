"""Addresses of practices."""

from __future__ import annotations

from django.urls import path

from .matching_views import practices_for
from .pictures import practice_picture
from .search_views import practice_suggestions, practices, practices_file
from .share import practice_share
from .typology import alliances, catalyst_trades, innovation_path
from .views import practice

urlpatterns = [
    path("", practices, name="practices"),
    path("suggestions/", practice_suggestions, name="practice_suggestions"),
    path("fichier/<str:format>/", practices_file, name="practices_file"),
    path("alliances/", alliances, name="alliance_types"),
    path("metiers/", catalyst_trades, name="catalyst_trades"),
    path("parcours/", innovation_path, name="innovation_path"),
    path("pour/", practices_for, name="practices_for"),
    path("pour/<str:reference>/", practices_for, name="practices_for_territory"),
    path("pour/<str:reference>/<slug:domain>/", practices_for, name="practices_for_domain"),
    path("<int:number>/partage.png", practice_share, name="practice_share"),
    path("<int:number>/images/<int:picture>.webp", practice_picture, name="practice_picture"),
    path("<int:number>-<slug:words>/", practice, name="practice"),
]
