"""The public pages' addresses."""

from __future__ import annotations

from django.urls import path

from .views.about import about
from .views.compare import compare
from .views.coverage import coverage, without_figure
from .views.data import data
from .views.domains import domain, domains
from .views.home import home
from .views.indicators import indicator, indicators
from .views.map import one_map
from .views.method import method
from .views.pull import pull_progress
from .views.regards import actor, actors, regards
from .views.releases import release_list
from .views.schemas import schemas
from .views.search import search, suggestions
from .views.territory import territory
from .views.what_if import what_if

urlpatterns = [
    path("", home, name="home"),
    path("recherche/", search, name="search"),
    path("recherche/suggestions/", suggestions, name="suggestions"),
    path("territoires/<path:reference>/", territory, name="territory"),
    path("domaines/", domains, name="domains"),
    path("domaines/<slug:slug>/", domain, name="domain"),
    path("regards/", regards, name="views"),
    path("acteurs/", actors, name="actors"),
    path("acteurs/<slug:slug>/", actor, name="actor"),
    path("cartes/<str:level>/<slug:subject>/", one_map, name="map"),
    path("indicateurs/", indicators, name="indicators"),
    path("indicateurs/<slug:identifier>/", indicator, name="indicator"),
    path("indicateurs/<slug:identifier>/sans-chiffre/<str:level>/", without_figure, name="without_figure"),
    path("couverture/", coverage, name="coverage"),
    path("apports/", pull_progress, name="pull_progress"),
    path("schemas/", schemas, name="schemas"),
    path("comparer/", compare, name="compare"),
    path("methode/", method, name="method"),
    path("et-si/", what_if, name="what_if"),
    path("donnees/", data, name="data"),
    path("publications/", release_list, name="releases"),
    path("a-propos/", about, name="about"),
]
