"""The rule that turns the columns of sources into the figures of an indicator, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from odd17.core.kernel import Text
from odd17.core.territories.levels import Level

from .indicator import Indicator
from .series_break import SeriesBreak

COG = "cog"
"""The source that is always there: the communes with their ``population`` and ``area_km2``."""

PROMISED = 0.95
"""Share of the territories of a level that must have a row, unless a recipe says otherwise."""

Condition = tuple[str, tuple[str, ...]]
"""A column, and cells of it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One sum over the rows of a source: of every territory, the rows that ``where`` keeps.

    ``where`` says which cells of a column are kept, ``without`` which are not. ``columns`` are added
    together; where empty, the source's own column of values is read, and where ``count``, each row counts for one.
    ``times`` is a column by which each value is multiplied (for a weighted mean). ``below`` keeps the value where a
    column is under a limit, and reads zero elsewhere. ``sums`` says that several rows of a territory are meant to be
    added; otherwise a second row is an error, for a dimension was not held at its total. ``lag`` reads the figure of
    so many years earlier; ``subtract`` takes the term away from the others.
    """

    source: str
    where: tuple[Condition, ...] = ()
    without: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    count: bool = False
    times: str | None = None
    below: tuple[str, float] | None = None
    sums: bool = False
    lag: int = 0
    subtract: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the figures of an indicator are made: a ratio (or count) of parts, or values as published.

    A ratio is ``factor`` × the sum of the terms of ``numerator`` / the sum of those of ``denominator``, made from
    communes and recombined for every larger territory; without ``denominator`` it is a count. ``value`` is a figure
    that cannot be recombined: each level as published. Exactly one of ``numerator`` and ``value`` is there.
    ``coverage`` is the share of the territories of a level that must have a row, where it is not ``PROMISED``.
    """

    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] = ()
    value: Term | None = None
    factor: float = 1.0
    coverage: Mapping[Level, float] = field(default_factory=dict)

    def promised(self, level: Level) -> float:
        """The share of the territories of ``level`` that must have a row."""
        return self.coverage.get(level, PROMISED)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, the numerator's first."""
        return (*self.numerator, *self.denominator, *(() if self.value is None else (self.value,)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that must be fetched, the numerator's first."""
        return tuple(dict.fromkeys(term.source for term in self.terms if term.source != COG))

    def columns(self, source: str) -> frozenset[str]:
        """The source's own columns that the recipe reads, as it names them (``*`` stands for any text)."""
        found: set[str] = set()
        for term in self.terms:
            if term.source == source:
                found |= {column for column, _ in term.where + term.without} | set(term.columns)
                found |= {name for name in (term.times, term.below and term.below[0]) if name is not None}
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Gap:
    """A level at which a domain has no good open indicator, or only part of one, and why."""

    level: Level
    status: str  # none | partial
    why: Text


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An indicator of the catalogue with all that stands behind it.

    ``levels`` are those at which its figures are kept. ``confidence`` is high (columns read in code that runs, or in a
    recorded answer) or medium (one link of the chain was not seen). ``out_of_frame`` says why the current frame leaves
    it out, None where it is in.
    """

    indicator: Indicator
    recipe: Recipe
    levels: tuple[Level, ...]
    periodicity: str
    confidence: str
    why: Text
    misses: Text
    breaks: tuple[SeriesBreak, ...] = ()
    suppression: Text | None = None
    out_of_frame: Text | None = None


@dataclass(frozen=True, slots=True)
class DomainCatalogue:
    """The indicators of one domain, why these, what they miss together, and at which levels there is none."""

    domain: str
    why: Text
    misses: Text
    entries: tuple[CatalogueEntry, ...]
    coverage: tuple[Gap, ...] = ()
