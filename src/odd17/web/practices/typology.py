"""The words of partnerships explained, each with its practices: types of alliance, trades, innovation path."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from odd17.core.alliances.path import Stage, path
from odd17.core.kernel import AllianceType, Family, Word, alliance_types, families, stages, trades
from odd17.web.pages.page_cache import page_of_release

from .models import Practice
from .selectors import published
from .version import practices_version

_SHOWN = 6
"""Practices shown under a word; search has the others."""

CONTRACTS = ("exchange", "between", "alliance")


@dataclass(frozen=True, slots=True)
class Explained:
    """A word, and the first practices that are classed under it: the most told before those that are only cited."""

    word: Word
    practices: tuple[Practice, ...]
    more: bool


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
        ExplainedFamily(family, tuple(_explained(item, "alliance_type") for item in _of(family)))
        for family in families()
    ]
    axis = [(contract, [item for item in alliance_types() if item.contract == contract]) for contract in CONTRACTS]
    return render(request, "practices/alliances.html", {"families": shown, "axis": axis})


@page_of_release(also=practices_version)
def catalyst_trades(request: HttpRequest) -> HttpResponse:
    """The four trades of territorial catalysts."""
    shown = [_explained(item, "trade") for item in trades()]
    return render(request, "practices/trades.html", {"trades": shown})


@page_of_release(also=practices_version)
def innovation_path(request: HttpRequest) -> HttpResponse:
    """The three stages of the innovation path."""
    told = {item.id: item for item in path()}
    shown = [ExplainedStage(_explained(item, "stage"), told[item.id]) for item in stages()]
    return render(request, "practices/path.html", {"stages": shown})


def _of(family: Family) -> list[AllianceType]:
    return [item for item in alliance_types() if item.family == family.id]


def _explained(word: Word, column: str) -> Explained:
    found = published().filter(**{column: word.id}).order_by("cited", "-last_published_at", "pk")
    first = list(found.prefetch_related("partners")[: _SHOWN + 1])
    return Explained(word, tuple(first[:_SHOWN]), len(first) > _SHOWN)
