"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from .crossing import crossing_table, peer_crossing_table, perceptions_table
from .crossing_drawings import (
    domain_gaps_download,
    gaps_download,
    quadrants_download,
    shares_download,
    systemic_download,
)
from .drawings import course_download, distribution_download, map_download, profile_download, ranks_download
from .levels import level_file
from .reports import report_file
from .tables import course_table, diagnosis_table, indicator_table, ranking_table, ranks_table, what_if_table

urlpatterns = [
    path("fichiers/<str:level>.<str:extension>", level_file, name="level_file"),
    path("fichiers/cartes/<str:level>/<slug:subject>.<str:extension>", map_download, name="map_file"),
    path("fichiers/profils/<str:identifier>.<str:extension>", profile_download, name="profile_file"),
    path("fichiers/rangs/<str:identifier>.<str:extension>", ranks_download, name="ranks_file"),
    path("fichiers/rangs/<str:identifier>/<slug:format>", ranks_table, name="ranks_table"),
    path("fichiers/evolutions/<str:identifier>/<slug:indicator>.<str:extension>", course_download, name="course_file"),
    path("fichiers/evolutions/<str:identifier>/<slug:indicator>/<slug:format>", course_table, name="course_table"),
    path(
        "fichiers/repartitions/<slug:identifier>/<slug:peer_set>.<str:extension>",
        distribution_download,
        name="distribution_file",
    ),
    path("fichiers/rapports/<str:identifier>.pdf", report_file, name="report_file"),
    path("fichiers/diagnostics/<str:identifier>/<slug:format>", diagnosis_table, name="diagnosis_table"),
    path("fichiers/classements/<slug:node>/<slug:peer_set>/<slug:format>", ranking_table, name="ranking_table"),
    path("fichiers/croisements/<str:identifier>/<slug:format>", crossing_table, name="crossing_table"),
    path(
        "fichiers/croisements/<slug:node>/<slug:peer_set>/<slug:format>",
        peer_crossing_table,
        name="peer_crossing_table",
    ),
    path("fichiers/ecarts/<str:identifier>/<slug:year>.<str:extension>", gaps_download, name="gaps_file"),
    path(
        "fichiers/ecarts-par-domaine/<slug:node>/<slug:peer_set>/<slug:year>.<str:extension>",
        domain_gaps_download,
        name="domain_gaps_file",
    ),
    path("fichiers/vue-systemique/<slug:sight>.<str:extension>", systemic_download, name="systemic_file"),
    path("fichiers/quadrants/<str:identifier>/<slug:actor>.<str:extension>", quadrants_download, name="quadrants_file"),
    path(
        "fichiers/parts/<slug:actor>/<str:identifier>/<slug:subject>.<str:extension>",
        shares_download,
        name="shares_file",
    ),
    path("fichiers/regards/<slug:format>", perceptions_table, name="perceptions_table"),
    path("fichiers/et-si/<slug:format>", what_if_table, name="what_if_table"),
    path("fichiers/indicateurs/<slug:identifier>/<slug:level>/<slug:format>", indicator_table, name="indicator_table"),
]
