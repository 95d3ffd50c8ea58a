"""A programme: measures in dimensions, each with the months after which its first effects are expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from odd17.core.kernel import DataError, Message, Text
from odd17.core.kernel.months import months_after

LONGEST: Final = 1200
"""In months: effects due later are a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Level:
    """How far along a measure is. ``needs_reason``: nobody says this without saying why; ``done``: nothing is left."""

    id: str
    name: Text | str
    needs_reason: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Horizon:
    """Months after the programme's publication: when first effects are expected, and when all of them."""

    first: int
    full: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of the programme; ``horizon`` is that of its measures, None where none was promised."""

    id: str
    name: Text | str
    horizon: Horizon | None = None


@dataclass(frozen=True, slots=True)
class Workstream:
    """What cuts across dimensions: the measures that one team carries."""

    id: str
    name: Text | str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure. ``horizon`` None is that of its dimension; ``responsible`` are bodies; ``evidence`` addresses."""

    number: int
    label: Text | str
    dimension: str
    workstreams: tuple[str, ...] = ()
    horizon: Horizon | None = None
    responsible: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as published; ``levels`` go from the best to the worst. ``check_programme`` holds it to its rules."""

    id: str
    title: Text | str
    published: date
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    measures: tuple[Measure, ...]
    workstreams: tuple[Workstream, ...] = ()
    mention: str = ""  # the source, cited in full beside whatever is shown of the programme

    def measure(self, number: int) -> Measure:
        """The measure of this number; KeyError where there is none."""
        for one in self.measures:
            if one.number == number:
                return one
        raise KeyError(number)

    def level(self, id: str) -> Level:
        """The level of this identifier; KeyError where there is none."""
        for one in self.levels:
            if one.id == id:
                return one
        raise KeyError(id)

    def horizon(self, measure: Measure) -> Horizon | None:
        """The measure's own horizon, else its dimension's."""
        return measure.horizon or next(one.horizon for one in self.dimensions if one.id == measure.dimension)


def check_programme(programme: Programme, file: str | None = None) -> Programme:
    """``programme`` where it holds together.

    Raises DataError, naming ``file``, on: a programme without measures or levels; a number or an identifier given
    twice; a number under 1; a measure in no known dimension or workstream; a horizon that is negative or ends before
    it starts.
    """
    if not programme.measures or not programme.levels:
        raise DataError(
            "a programme has at least one measure and one level", file=file, remedy="add those that are missing"
        )
    for column, ids in (
        ("number", [one.number for one in programme.measures]),
        ("dimension", [one.id for one in programme.dimensions]),
        ("workstream", [one.id for one in programme.workstreams]),
        ("level", [one.id for one in programme.levels]),
    ):
        _refuse_twice(ids, column, file)
    dimensions = {one.id for one in programme.dimensions}
    workstreams = {one.id for one in programme.workstreams}
    for row, measure in enumerate(programme.measures, start=1):
        if measure.number < 1:
            raise DataError(
                "measures are numbered from 1", file=file, row=row, column="number", value=measure.number,
                remedy="give the measure its number",
            )  # fmt: skip
        _refuse_unknown([measure.dimension], dimensions, "dimension", row, file)
        _refuse_unknown(measure.workstreams, workstreams, "workstream", row, file)
        _refuse_horizon(measure.horizon, file, row)
    for dimension in programme.dimensions:
        _refuse_horizon(dimension.horizon, file)
    return programme


def expected_on(programme: Programme, day: date) -> tuple[Measure, ...]:
    """The measures whose first effects were due on ``day``, in the programme's order; never one without a horizon."""
    return tuple(one for one in programme.measures if (due := first_effects(programme, one)) and due <= day)


def first_effects(programme: Programme, measure: Measure) -> date | None:
    """The day on which first effects are due; None where none was promised."""
    horizon = programme.horizon(measure)
    return None if horizon is None else months_after(programme.published, horizon.first)


def full_effects(programme: Programme, measure: Measure) -> date | None:
    """The day on which all effects are due; None where none was promised."""
    horizon = programme.horizon(measure)
    return None if horizon is None else months_after(programme.published, horizon.full)


def _refuse_twice(ids: Iterable[object], column: str, file: str | None) -> None:
    met: set[object] = set()
    for row, value in enumerate(ids, start=1):
        if value in met:
            raise DataError(
                "given before: which one is meant cannot be told", file=file, row=row, column=column, value=value,
                remedy="give each its own",
            )  # fmt: skip
        met.add(value)


def _refuse_unknown(given: Iterable[str], known: set[str], column: str, row: int, file: str | None) -> None:
    for value in given:
        if value not in known:
            raise DataError(
                Message("the programme declares no such one: it has {known}", known=sorted(known)),
                file=file, row=row, column=column, value=value, remedy="correct it, or declare it",
            )  # fmt: skip


def _refuse_horizon(horizon: Horizon | None, file: str | None, row: int | None = None) -> None:
    if horizon is not None and not 0 <= horizon.first <= horizon.full <= LONGEST:
        raise DataError(
            Message("effects from {first} to {full} months make no sense", first=horizon.first, full=horizon.full),
            file=file, row=row, remedy="give two numbers of months, the smaller first",
        )  # fmt: skip
