"""Which indicators enter the index of a peer set, in which period, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.kernel import Period, Reason, ReasonCode
from odd17.core.territories.levels import Level

from .consistency import Check, failures

MIN_PEERS = 2
"""A comparison needs at least two peers with a value."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How an indicator stands in one peer set.

    ``period`` is the newest in which a peer has a value, None where none has; ``values`` counts the peers that have one
    in it. ``levels`` are all at which the release has values. ``not_scored`` is None where the indicator enters.
    ``anew`` are the periods with which the series begins anew, by the catalogue.
    """

    indicator: str
    domain: str
    period: str | None
    periods: tuple[str, ...]  # all that have a value among the peers, oldest first
    values: int
    levels: tuple[str, ...]
    not_scored: Reason | None
    anew: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON values."""
        reason = self.not_scored
        return {
            "indicator": self.indicator,
            "domain": self.domain,
            "period": self.period,
            "periods": list(self.periods),
            "values": self.values,
            "levels": list(self.levels),
            "not_scored": None if reason is None else {"code": reason.code.value, "params": dict(reason.params)},
            **({"anew": list(self.anew)} if self.anew else {}),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Entry:
        """The entry that ``to_dict`` wrote."""
        reason = values["not_scored"]
        return cls(
            indicator=values["indicator"],
            domain=values["domain"],
            period=values["period"],
            periods=tuple(values["periods"]),
            values=values["values"],
            levels=tuple(values["levels"]),
            not_scored=None if reason is None else Reason(ReasonCode(reason["code"]), reason["params"]),
            anew=tuple(values.get("anew", ())),
        )


def newest(periods: Sequence[str]) -> str | None:
    """The newest of these periods; None where there is none.

    >>> newest(["2018", "2019-Q1", "2014/2018"])
    '2019-Q1'
    """
    return max(periods, key=Period.parse, default=None)


def levels_with_values(observations: pl.LazyFrame) -> dict[str, tuple[str, ...]]:
    """The levels at which each indicator has a value, from the country down."""
    found = (
        observations.filter(pl.col("value").is_not_null()).select("indicator", "level").unique().collect().iter_rows()
    )
    order = [level.value for level in Level]
    levels: dict[str, list[str]] = {}
    for indicator, level in found:
        levels.setdefault(indicator, []).append(level)
    return {indicator: tuple(sorted(names, key=order.index)) for indicator, names in levels.items()}


def select(
    observations: pl.LazyFrame,
    indicators: Mapping[str, Indicator],
    levels: Mapping[str, Sequence[str]],
    level: Level,
    checks: Sequence[Check],
) -> tuple[Entry, ...]:
    """How each indicator of a domain stands among peers, in the order of ``indicators``; the profile has no entry.

    ``observations`` are those of the peers alone; ``levels`` says where each indicator has values in the whole release
    and ``level`` is that of the peers; ``checks`` are those of the release.
    """
    counted = (
        observations.filter(pl.col("value").is_not_null())
        .group_by("indicator", "period")
        .agg(values=pl.len(), low=pl.col("value").min(), high=pl.col("value").max())
        .collect()
    )
    found: dict[str, dict[str, tuple[int, float, float]]] = {}
    for indicator, period, *facts in counted.iter_rows():
        found.setdefault(indicator, {})[period] = (facts[0], facts[1], facts[2])
    failed = failures(checks, level)
    return tuple(
        _entry(indicator, found.get(indicator.id, {}), levels.get(indicator.id, ()), level, failed)
        for indicator in indicators.values()
        if indicator.domain is not None
    )


def _entry(
    indicator: Indicator,
    found: Mapping[str, tuple[int, float, float]],
    levels: Sequence[str],
    level: Level,
    failed: Mapping[tuple[str, str], Check],
) -> Entry:
    periods = tuple(sorted(found, key=Period.parse))
    period = newest(periods)
    count, low, high = found[period] if period is not None else (0, 0.0, 0.0)
    reason: Reason | None = None
    if period is None:
        reason = no_value(levels, level)
    elif indicator.direction is Direction.UNKNOWN:
        reason = Reason(ReasonCode.DIRECTION_UNKNOWN)
    elif (indicator.id, period) in failed:
        reason = failed[indicator.id, period].reason
    elif count < MIN_PEERS:
        reason = Reason(ReasonCode.TOO_FEW_PEERS, {"count": count})
    elif low == high:
        reason = Reason(ReasonCode.CONSTANT)
    return Entry(indicator.id, indicator.domain or "", period, periods, count, tuple(levels), reason)


def in_frame(
    entries: Sequence[Entry], indicators: Mapping[str, Indicator], frame: FrameDefinition
) -> tuple[Entry, ...]:
    """``entries`` in which an indicator with values that ``frame`` does not name is shown and not scored."""
    reason = Reason(ReasonCode.NOT_IN_FRAME, {"frame": frame.id})
    return tuple(
        replace(entry, not_scored=reason)
        if entry.period is not None and frame.weight_of(indicators[entry.indicator]) is None
        else entry
        for entry in entries
    )


def no_value(levels: Sequence[str], level: Level) -> Reason:
    """Why an indicator with values at ``levels`` has none among peers of ``level``."""
    if not levels:
        return Reason(ReasonCode.NO_FIGURE)
    if level.value in levels:  # other peers of the level have one: overseas regions beside the metropolitan ones
        return Reason(ReasonCode.NO_FIGURE_HERE)
    return Reason(ReasonCode.NO_FIGURE_AT_LEVEL, {"levels": list(levels)})
