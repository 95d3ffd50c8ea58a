"""What if the weights, the scale or the mean were others? The whole index again under a reader's own choices.

It is made of the domains that have an indicator among the peers, so that it can be tried before every domain has
figures. It is set beside the same index under the frame's choices; where all 16 domains have an indicator, that is the
published one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl

from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.normalise import Normalise
from odd17.core.indicators.pipeline import Fit, run
from odd17.core.indicators.rank import rank_table
from odd17.core.indicators.stage import Inputs
from odd17.core.indicators.step import Step
from odd17.core.kernel import Message, UsageError

from .rank_intervals import standardised

SCALES: Final = ("minmax", "zscore", "rank")
"""Scales that a reader may choose."""

MEANS: Final = ("arithmetic", "geometric")
"""Means that a reader may choose."""

HEAVIEST: Final = 100.0
"""The largest weight that a reader may give."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A reader's choices: ``weights`` by domain and dimension (those left out keep the frame's), a scale and a mean.

    Raises UsageError for an unknown scale or mean, and for a weight that is not between 0 and ``HEAVIEST``.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    scale: str = "minmax"
    mean: str = "arithmetic"

    def __post_init__(self) -> None:
        for given, known in ((self.scale, SCALES), (self.mean, MEANS)):
            if given not in known:
                raise UsageError(
                    Message("{given!r} is unknown: choose one of {known}.", given=given, known=list(known))
                )
        for node, weight in self.weights.items():
            if not (math.isfinite(weight) and 0 <= weight <= HEAVIEST):
                raise UsageError(
                    Message(
                        "the weight of {node!r} lies between 0 and {heaviest:g}, not {weight!r}.",
                        node=node,
                        heaviest=HEAVIEST,
                        weight=weight,
                    )
                )


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """The ranks under a reader's choices beside those under the frame's.

    ``table`` has a row a peer that has a score either way, in the order of the new ranks: ``territory``, ``before``,
    ``after``, ``shift`` (before - after: above 0 where the territory becomes more fragile), ``low`` and ``high`` (its
    published interval), and ``beyond``: whether the new rank lies outside it, null where either is missing. ``domains``
    entered; ``whole`` tells whether all of the frame's did, and ``unmoved`` how many ranks stay. Of the ``bounded``
    peers with an interval, which holds ``level`` of the ranks, ``beyond`` have their new rank outside.
    """

    peer_set: str
    choices: Choices
    table: pl.DataFrame
    domains: tuple[str, ...]
    whole: bool
    unmoved: int
    mean_shift: float
    bounded: int
    beyond: int
    level: float


def try_out(fit: Fit, log: Mapping[str, Any], choices: Choices, published: pl.DataFrame | None = None) -> WhatIf:
    """The index of ``fit`` (a peer set's, from its method log) again under ``choices``.

    ``published`` are the peers' scores of the whole index (columns of ``SCORES``), where the release has some.
    Raises UsageError for a weight of a node that the frame lacks, or where every domain with a figure weighs nothing.
    """
    known = {node.code for node in fit.frame.nodes if node.level > 1 and node.code != OVERALL}
    for node in choices.weights:
        if node not in known:
            raise UsageError(Message("{node!r} is not a domain or a dimension of the frame.", node=node))
    before = _ranks(fit, _part(fit.frame, {}), Choices())
    frame = _part(fit.frame, choices.weights)
    after = _ranks(fit, frame, choices)
    table = before.rename({"rank": "before"}).join(
        after.rename({"rank": "after"}), on="territory", how="full", coalesce=True
    )
    table = table.filter(pl.col("before").is_not_null() | pl.col("after").is_not_null())
    table = table.with_columns(shift=pl.col("before") - pl.col("after")).sort("after", "territory", nulls_last=True)
    table = _beyond(table, published)
    domains = tuple(node.code for node in frame.nodes if node.level == 2)
    every = sum(node.level == 2 for node in fit.frame.nodes)
    filled = sum(node.level == 2 and bool(fit.frame.children[node.code]) for node in fit.frame.nodes)
    mean = table["shift"].abs().mean()
    return WhatIf(
        peer_set=log["peer_set"],
        choices=choices,
        table=table,
        domains=domains,
        whole=filled == every,
        unmoved=int((table["shift"] == 0).sum()),
        mean_shift=float(mean) if isinstance(mean, float) else 0.0,
        bounded=int(table["beyond"].count()),
        beyond=int(table["beyond"].sum()),
        level=float(log["uncertainty"]["level"]),
    )


def _beyond(table: pl.DataFrame, published: pl.DataFrame | None) -> pl.DataFrame:
    """The table with each peer's published interval, and whether its new rank lies outside."""
    if published is None:
        none = pl.lit(None, pl.Int32)
        return table.with_columns(low=none, high=none, beyond=pl.lit(None, pl.Boolean))
    bounds = published.select("territory", low="rank_low", high="rank_high")
    found = table.join(bounds, on="territory", how="left", maintain_order="left")
    return found.with_columns(beyond=(pl.col("after") < pl.col("low")) | (pl.col("after") > pl.col("high")))


def _part(frame: Frame, weights: Mapping[str, float]) -> Frame:
    """The frame under other weights, without what weighs nothing and without nodes that hold no indicator."""
    own = {node.code: weights.get(node.code, node.weight) for node in frame.nodes}
    kept: set[str] = {code for code in frame.indicators if own[code] > 0}
    for code in frame.aggregates:
        if own[code] > 0 and any(child in kept for child in frame.children[code]):
            kept.add(code)
    for code in reversed(frame.aggregates):  # what lies under a node that weighs nothing is left out with it
        if code not in kept:
            kept.difference_update(frame.children[code])
    if OVERALL not in kept:
        raise UsageError("Every domain with a figure weighs nothing: give one a weight.")
    return Frame(tuple(replace(node, weight=own[node.code]) for node in frame.nodes if node.code in kept))


def _ranks(fit: Fit, frame: Frame, choices: Choices) -> pl.DataFrame:
    raw = fit.inputs.raw
    columns = [at for at, code in enumerate(raw.columns) if code in frame.by_code]
    inputs = Inputs(replace(raw, columns=tuple(raw.columns[at] for at in columns), values=raw.values[:, columns]), {})
    share = next(step.min_available for step in fit.steps if isinstance(step, Aggregate))
    scales: dict[str, Normalise] = {"minmax": Normalise("minmax", low=1.0, high=100.0), "rank": Normalise("rank")}
    scale = scales.get(choices.scale) or standardised(inputs.raw.values, frame)
    steps: tuple[Step, ...] = (scale, Aggregate(choices.mean, min_available=share))
    stage = run(frame, steps, inputs).stages[-1]
    return rank_table(stage).select(territory="unit", rank=OVERALL)
