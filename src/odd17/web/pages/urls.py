"""The public pages' addresses."""

from __future__ import annotations

from django.urls import path

from .views.about import about
from .views.compare import compare
from .views.data import data
from .views.domains import domain, domains
from .views.home import home
from .views.indicators import indicator, indicators
from .views.map import one_map
from .views.method import method
from .views.releases import release_list
from .views.search import search, suggestions
from .views.territory import territory

urlpatterns = [
    path("", home, name="home"),
from .views.what_if import what_if
    path("recherche/", search, name="search"),
    path("recherche/suggestions/", suggestions, name="suggestions"),
    path("territoires/<path:reference>/", territory, name="territory"),
    path("domaines/", domains, name="domains"),
    path("domaines/<slug:slug>/", domain, name="domain"),
    path("cartes/<str:level>/<slug:subject>/", one_map, name="map"),
    path("indicateurs/", indicators, name="indicators"),
    path("indicateurs/<slug:identifier>/", indicator, name="indicator"),
    path("comparer/", compare, name="compare"),
    path("methode/", method, name="method"),
    path("donnees/", data, name="data"),
    path("publications/", release_list, name="releases"),
    path("a-propos/", about, name="about"),
]
    path("et-si/", what_if, name="what_if"),
