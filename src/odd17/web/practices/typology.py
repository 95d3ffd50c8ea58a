"""The words of partnerships explained, each with its practices: types of alliance, trades, innovation path."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from odd17.core.alliances.path import Stage, path
from odd17.core.kernel import AllianceType, Family, Word, alliance_types, families, stages, trades
from odd17.core.practices.query import Facet, PracticeQuery, query_to
from odd17.web.pages.page_cache import page_of_release

from .models import Practice
from .selectors import published
from .version import practices_version

_SHOWN = 6
"""Practices shown under a word; search has the others."""

_COLUMNS = {Facet.TYPE: "alliance_type", Facet.TRADE: "trade", Facet.STAGE: "stage"}

CONTRACTS = ("exchange", "between", "alliance")


@dataclass(frozen=True, slots=True)
class Explained:
    """A word, and the first practices that are classed under it: the most told before those that are only cited.

    ``more`` is the query of a search that finds the others too, empty where there is none.
    """

    word: Word
    practices: tuple[Practice, ...]
    more: str


@dataclass(frozen=True, slots=True)
class ExplainedFamily:
    """A family and its types."""

    family: Family
    types: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class ExplainedStage:
    """A stage with what the report says goes with it."""

    explained: Explained
    stage: Stage


@page_of_release(also=practices_version)
def alliances(request: HttpRequest) -> HttpResponse:
    """The sixteen types along the axis from the exchange contract to the alliance contract."""
    shown = [
        ExplainedFamily(family, tuple(_explained(item, Facet.TYPE) for item in _of(family))) for family in families()
    ]
    axis = [(contract, [item for item in alliance_types() if item.contract == contract]) for contract in CONTRACTS]
    return render(request, "practices/alliances.html", {"families": shown, "axis": axis})


@page_of_release(also=practices_version)
def catalyst_trades(request: HttpRequest) -> HttpResponse:
    """The four trades of territorial catalysts."""
    shown = [_explained(item, Facet.TRADE) for item in trades()]
    return render(request, "practices/trades.html", {"trades": shown})


@page_of_release(also=practices_version)
def innovation_path(request: HttpRequest) -> HttpResponse:
    """The three stages of the innovation path."""
    told = {item.id: item for item in path()}
    shown = [ExplainedStage(_explained(item, Facet.STAGE), told[item.id]) for item in stages()]
    return render(request, "practices/path.html", {"stages": shown})


def _of(family: Family) -> list[AllianceType]:
    return [item for item in alliance_types() if item.family == family.id]


def _explained(word: Word, facet: Facet) -> Explained:
    found = published().filter(**{_COLUMNS[facet]: word.id}).order_by("cited", "-last_published_at", "pk")
    first = list(found[: _SHOWN + 1])
    more = urlencode(query_to(PracticeQuery(filters={facet: (word.id,)}))) if len(first) > _SHOWN else ""
    return Explained(word, tuple(first[:_SHOWN]), more)
