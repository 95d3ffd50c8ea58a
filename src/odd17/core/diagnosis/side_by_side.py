"""Two to four territories side by side, by domain and figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Domain, Message, UsageError

from .reading import Diagnosis, Figure, Score
from .told_apart import told_apart


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An indicator across the territories; None where a territory's level has no figure of it."""

    indicator: Indicator
    cells: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A domain across the territories: their scores (each among its own peers) and the figures behind them.

    ``open_orders`` are the pairs of columns whose territories the ranks cannot tell apart.
    """

    domain: Domain
    scores: tuple[Score, ...]
    figures: tuple[FigureRow, ...]
    open_orders: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two to four diagnoses in columns; every row of ``domains`` has one cell a diagnosis, in the same order.

    ``same_peers`` tells whether the scores may be compared: they are relative to the peer set.
    """

    release: str
    diagnoses: tuple[Diagnosis, ...]
    domains: tuple[DomainRow, ...]
    same_peers: bool


def check_comparable(territories: Sequence[str]) -> None:
    """Raise UsageError unless these are two to four different territories."""
    if not 2 <= len(territories) <= 4:
        raise UsageError(
            Message("Choose two to four territories to compare: {territories} given.", territories=len(territories))
        )
    if len(set(territories)) < len(territories):
        raise UsageError(
            Message("Choose different territories to compare: {territories} given.", territories=list(territories))
        )


def open_orders(scores: Sequence[Score]) -> tuple[tuple[int, int], ...]:
    """The pairs of ``scores`` (by position) whose ranks are not told apart."""
    pairs = combinations(enumerate(score.rank for score in scores), 2)
    return tuple(
        (at, other)
        for (at, one), (other, two) in pairs
        if one is not None and two is not None and told_apart(one, two) is False
    )


def lay_side_by_side(diagnoses: Sequence[Diagnosis]) -> SideBySide:
    """The diagnoses in columns; raises UsageError unless there are two to four of different territories."""
    check_comparable([diagnosis.territory.id for diagnosis in diagnoses])
    rows = []
    for readings in zip(*(diagnosis.domains for diagnosis in diagnoses), strict=True):
        found = [{figure.indicator.id: figure for figure in reading.figures} for reading in readings]
        indicators = {figure.indicator.id: figure.indicator for reading in readings for figure in reading.figures}
        figures = tuple(
            FigureRow(indicator, tuple(figures.get(id) for figures in found)) for id, indicator in indicators.items()
        )
        scores = tuple(reading.score for reading in readings)
        rows.append(DomainRow(readings[0].domain, scores, figures, open_orders(scores)))
    peers = {diagnosis.peers for diagnosis in diagnoses}
    return SideBySide(diagnoses[0].release, tuple(diagnoses), tuple(rows), len(peers) == 1 and None not in peers)
