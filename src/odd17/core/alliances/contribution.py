"""What a figure of a territory did before, during and after an alliance, beside its twins: seen, never proved.

Twins are places alike in what never enters an index; what they did over the same periods says what happened anyway.
It does not say what the alliance caused: nobody drew by lot where it would act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Final

from odd17.core.diagnosis.course import Point
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.series_break import SeriesBreak, begun_anew
from odd17.core.kernel import DataError, ObsStatus, Period
from odd17.core.territories.territory import Territory

FEWEST: Final = 3
"""Twins with a change, under which nothing is said of where the territory stands among them."""


class Phase(StrEnum):
    """Where a period lies."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Hindrance(StrEnum):
    """Why a phase has no change."""

    NO_FIGURE = "no_figure"  # no period of the phase has one
    ONE_PERIOD = "one_period"  # one has, and none before it to start from
    BREAK = "break"  # the series begins anew between


class Standing(StrEnum):
    """Where a change stands among those of the twins."""

    ABOVE = "above"
    AMONG = "among"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Dated:
    """A period with its figures. ``straddles``: it counts as during, and holds months of before or after too."""

    point: Point
    phase: Phase
    straddles: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """The changes of the ``n`` twins that have one: the lowest, the middle, the highest."""

    low: float
    middle: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a phase changed: from its last figure before (else its first) to its last, here and at each twin.

    ``others`` follow the order of the twins, None for one without both figures or with a break between. Without a
    ``change``, ``hindrance`` says why. ``shares_months``: the two periods overlap, so that little of it is new.
    """

    phase: Phase
    since: str | None = None
    until: str | None = None
    change: float | None = None
    others: tuple[float | None, ...] = ()
    hindrance: Hindrance | None = None
    shares_months: bool = False

    @property
    def beside(self) -> Beside | None:
        """The twins' changes; None where none of them has one."""
        known = [one for one in self.others if one is not None]
        return Beside(min(known), median(known), max(known), len(known)) if known else None

    @property
    def standing(self) -> Standing | None:
        """Where the change stands among the twins'; None where fewer than ``FEWEST`` have one."""
        beside = self.beside
        if self.change is None or beside is None or beside.n < FEWEST:
            return None
        if self.change > beside.high:
            return Standing.ABOVE
        return Standing.BELOW if self.change < beside.low else Standing.AMONG


@dataclass(frozen=True, slots=True)
class Contribution:
    """A figure before, during and, where the alliance ended, after it.

    ``periods``, oldest first, are all in which something is known of it here; ``stretches`` one a phase.
    """

    begun: date
    ended: date | None
    periods: tuple[Dated, ...]
    stretches: tuple[Stretch, ...]

    @property
    def with_figure(self) -> tuple[Dated, ...]:
        """The periods that have a figure here."""
        return tuple(one for one in self.periods if one.point.estimate.value is not None)

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to draw: at least two periods with a figure."""
        return len(self.with_figure) > 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``release`` knows of an indicator of ``territory`` before, during and after, beside its ``twins``."""

    release: str
    territory: Territory
    twins: tuple[Territory, ...]
    indicator: Indicator
    found: Contribution


def phase_of(period: str, begun: date, ended: date | None) -> tuple[Phase, bool]:
    """Where a period lies, and whether it holds months of another phase too; by the month.

    >>> phase_of("2018", date(2019, 3, 1), None), phase_of("2019", date(2019, 3, 1), None)
    ((<Phase.BEFORE: 'before'>, False), (<Phase.DURING: 'during'>, True))
    """
    told = Period.parse(period)
    first = begun.year * 12 + begun.month - 1
    if told.end <= first:
        return Phase.BEFORE, False
    last = None if ended is None else ended.year * 12 + ended.month - 1
    if last is not None and told.start > last:
        return Phase.AFTER, False
    return Phase.DURING, told.start < first or (last is not None and told.end > last + 1)


def contribution(
    points: Sequence[Point], begun: date, ended: date | None = None, known_breaks: Sequence[SeriesBreak] = ()
) -> Contribution:
    """The figure of ``points``, in any order, whose ``others`` are the twins'; ``ended`` None: it still acts.

    Raises DataError where it would end before it began.
    """
    if ended is not None and ended < begun:
        raise DataError("it would end before it began", value=str(ended), remedy="correct one of the two days")
    ordered = sorted(points, key=lambda one: Period.parse(one.period))
    anew = begun_anew([one.period for one in ordered], known_breaks)
    periods = tuple(
        Dated(replace(one, anew=True) if one.period in anew else one, *phase_of(one.period, begun, ended))
        for one in ordered
    )
    phases = (Phase.BEFORE, Phase.DURING) if ended is None else tuple(Phase)
    return Contribution(begun, ended, periods, tuple(_stretch(periods, phase) for phase in phases))


def _stretch(periods: Sequence[Dated], phase: Phase) -> Stretch:
    valued = [at for at, one in enumerate(periods) if one.point.estimate.value is not None]
    inside = [at for at in valued if periods[at].phase is phase]
    if not inside:
        return Stretch(phase, hindrance=Hindrance.NO_FIGURE)
    until = inside[-1]
    earlier = [at for at in valued if at < inside[0]]
    since = earlier[-1] if earlier else inside[0]
    if phase is Phase.BEFORE:
        since = inside[0]
    breaks = [at for at in range(since + 1, until + 1) if periods[at].point.breaks]
    if breaks:
        since = next(at for at in valued if at >= breaks[-1])
    if since >= until:
        return Stretch(phase, hindrance=Hindrance.BREAK if breaks else Hindrance.ONE_PERIOD)
    spanned = [one.point for one in periods[since : until + 1]]
    first, last = spanned[0], spanned[-1]
    shares = Period.parse(first.period).end > Period.parse(last.period).start
    change = _between(first.estimate.value, last.estimate.value)
    others = tuple(_twin(spanned, at) for at in range(len(first.others)))
    return Stretch(phase, first.period, last.period, change, others, None, shares)


def _twin(spanned: Sequence[Point], at: int) -> float | None:
    if any(point.others[at].obs_status is ObsStatus.BREAK for point in spanned[1:]):
        return None
    return _between(spanned[0].others[at].value, spanned[-1].others[at].value)


def _between(before: float | None, now: float | None) -> float | None:
    return None if before is None or now is None else now - before
