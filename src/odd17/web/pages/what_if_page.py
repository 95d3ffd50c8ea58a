"""What the page "what if" shows: a form whose address says every choice, and the ranks that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from odd17.core.diagnosis.what_if import HEAVIEST, MEANS, SCALES, Choices, WhatIf
from odd17.core.kernel import Dimension, Domain, Provenance, UsageError, dimensions, domains
from odd17.core.territories.territory import Territory
from odd17.workflows.figure_sources import figure_sources
from odd17.workflows.releases import Release
from odd17.workflows.what_if import peer_sets_to_try, what_if

from .drawings import File, table_files
from .language import language

SHOWN = 50
"""Rows of each table: the most fragile under the choices, and the largest moves."""

_SCALES = {
    "minmax": gettext_noop("min-max: from the least to the most fragile"),
    "zscore": gettext_noop("standardised: in standard deviations"),
    "rank": gettext_noop("ranks: only the order counts"),
}
_MEANS = {
    "arithmetic": gettext_noop("arithmetic: a low value makes up for a high one"),
    "geometric": gettext_noop("geometric: a low score pulls the whole down more"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WeightField:
    """A weight to fill in, as the reader wrote it; ``usual`` is the frame's. ``empty``: no indicator is behind it."""

    id: str
    name: str
    written: str
    usual: float
    empty: bool


@dataclass(frozen=True, slots=True)
class WeightGroup:
    """A dimension's weight, and those of its domains."""

    dimension: WeightField
    domains: tuple[WeightField, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A territory, its two ranks and its published interval; ``beyond`` tells whether the new rank lies outside."""

    territory: Territory
    before: int | None
    after: int | None
    shift: int | None
    low: int | None
    high: int | None
    beyond: bool | None


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """All that the template needs; ``found`` is None where the choices make no index, and ``problem`` says why."""

    peer_set: str | None
    peer_sets: tuple[str, ...]
    scales: tuple[Option, ...]
    means: tuple[Option, ...]
    groups: tuple[WeightGroup, ...]
    problem: str | None
    found: WhatIf | None
    first: tuple[Moved, ...]
    moves: tuple[Moved, ...]
    ranked: int
    cited: tuple[Provenance, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: the choices, or the ``problem`` that keeps them from being any."""

    peer_set: str | None
    scale: str
    mean: str
    choices: Choices | None
    problem: str | None


def asked_choices(release: Release, asked: Mapping[str, str]) -> Asked:
    """The choices of an address: ``pairs``, ``echelle``, ``moyenne``, and a weight by domain or dimension."""
    available = peer_sets_to_try(release)
    peer_set = asked.get("pairs") or next(iter(available), None)
    scale, mean = asked.get("echelle") or SCALES[0], asked.get("moyenne") or MEANS[0]
    problem, choices = None, None
    if peer_set is None or peer_set not in available:
        problem = _("No indicator enters the scores of these territories in this release.")
    elif scale not in SCALES or mean not in MEANS:
        problem = _("This scale or this mean is unknown: choose one of the list.")
    else:
        weights, wrong = _weights(release, asked)
        if wrong is not None:
            problem = _("The weight of “{name}” is a number from 0 to {most}.").format(name=wrong, most=int(HEAVIEST))
        else:
            choices = Choices(weights, scale, mean)
    return Asked(peer_set, scale, mean, choices, problem)


def what_if_page(release: Release, asked: Mapping[str, str]) -> WhatIfPage:
    """The page for an address (see `asked_choices`)."""
    available = peer_sets_to_try(release)
    told = asked_choices(release, asked)
    peer_set, scale, mean, problem, found = told.peer_set, told.scale, told.mean, told.problem, None
    if told.choices is not None and peer_set is not None:
        try:
            found = what_if(release, peer_set, told.choices)
        except UsageError:
            problem = _("Nothing is left to weigh: give a weight to a domain that has figures.")
    rows = () if found is None else tuple(_moved(release, row) for row in found.table.head(SHOWN).iter_rows(named=True))
    moves = () if found is None else tuple(_moved(release, row) for row in _largest(found).iter_rows(named=True))
    return WhatIfPage(
        peer_set=peer_set,
        peer_sets=available,
        scales=tuple(Option(value, _(label), value == scale) for value, label in _SCALES.items()),
        means=tuple(Option(value, _(label), value == mean) for value, label in _MEANS.items()),
        groups=_groups(release, asked, peer_set if peer_set in available else None),
        problem=problem,
        found=found,
        first=rows,
        moves=moves,
        ranked=0 if found is None else int(found.table["after"].count()),
        cited=() if found is None else _cited(release, found),
        files=() if found is None else table_files("what_if_table", query=_query(found)),
    )


def _cited(release: Release, found: WhatIf) -> tuple[Provenance, ...]:
    """The sources of the figures that are ranked."""
    behind = figure_sources(release)
    return tuple(dict.fromkeys(source for domain in found.domains for source in behind.get(domain, ())))


def _query(found: WhatIf) -> str:
    """The choices as the end of an address."""
    weights = {node: f"{weight:g}" for node, weight in sorted(found.choices.weights.items())}
    asked = {"pairs": found.peer_set, "echelle": found.choices.scale, "moyenne": found.choices.mean, **weights}
    return f"?{urlencode(asked)}"


def _largest(found: WhatIf) -> pl.DataFrame:
    """The rows that move most, whichever way."""
    moved = found.table.filter(pl.col("shift") != 0)
    return moved.sort(pl.col("shift").abs(), "territory", descending=[True, False]).head(SHOWN)


def _weights(release: Release, asked: Mapping[str, str]) -> tuple[dict[str, float], str | None]:
    """The weights that differ from the frame's, or the name of the first that is no weight."""
    found: dict[str, float] = {}
    names: dict[str, Domain | Dimension] = {item.id: item for item in (*dimensions(), *domains())}
    for node in (*release.frame.dimensions, *release.frame.domains):
        written = asked.get(node.id, "").strip().replace(",", ".")
        if not written:
            continue
        try:
            weight = float(written)
        except ValueError:
            weight = -1.0
        if not 0 <= weight <= HEAVIEST:
            return {}, str(names[node.id].name.in_language(language()))
        if weight != node.weight:
            found[node.id] = weight
    return found, None


def _groups(release: Release, asked: Mapping[str, str], peer_set: str | None) -> tuple[WeightGroup, ...]:
    usual = {node.id: node.weight for node in (*release.frame.dimensions, *release.frame.domains)}
    entries = [] if peer_set is None else release.method_log(peer_set)["indicators"]
    filled = {entry["domain"] for entry in entries if entry["not_scored"] is None}

    def field(item: Domain | Dimension, empty: bool) -> WeightField:
        written = asked.get(item.id, "").strip()[:20] or f"{usual[item.id]:g}"
        return WeightField(item.id, item.name.in_language(language()), written, usual[item.id], empty)

    return tuple(
        WeightGroup(
            field(dimension, not any(item.id in filled for item in domains() if item.dimension == dimension.id)),
            tuple(field(item, item.id not in filled) for item in domains() if item.dimension == dimension.id),
        )
        for dimension in dimensions()
    )


def _moved(release: Release, row: Mapping[str, Any]) -> Moved:
    facts = {name: row[name] for name in ("before", "after", "shift", "low", "high", "beyond")}
    return Moved(release.cog[row["territory"]], **facts)
