"""Twins: the territories of the same level whose profile is nearest, whatever their fragilities.

Only what never enters an index is compared (people, their density, their change), so that the fragilities of twins may
be set side by side: two places alike in those and unlike in health have something to tell one another. Distances are
Euclidean over standardised variables; counts and densities are compared by their logarithm, since what makes two towns
alike is a ratio and not a number of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.population_change import POPULATION_CHANGE
from odd17.core.indicators.stage import FloatArray
from odd17.core.kernel import Message, UsageError
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

MOST: Final = 50
"""Twins that may be asked for."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A line of the profile that twins are sought by: ``logged`` where its logarithm is compared."""

    key: str
    weight: float
    logged: bool


VARIABLES: Final = (
    Variable("population", 1.0, True),
    Variable("density", 1.0, True),
    Variable(POPULATION_CHANGE, 1.0, False),
)
"""What is compared, each with its weight in the squared distance: equal, for want of a reason for other weights."""


@dataclass(frozen=True, slots=True)
class Gap:
    """How a twin differs in one variable: both values, and the difference in standard deviations of the level."""

    variable: Variable
    here: float
    there: float
    deviations: float


@dataclass(frozen=True, slots=True)
class Twin:
    """A near territory, at a ``distance`` in standard deviations; ``gaps`` are why, the nearest variable first."""

    territory: Territory
    distance: float
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """The twins of a territory, nearest first, among ``compared`` others of its level that have what it has.

    ``lacking`` are the variables that it has no value of: they are not compared.
    """

    release: str
    territory: Territory
    twins: tuple[Twin, ...]
    compared: int
    variables: tuple[Variable, ...]
    lacking: tuple[Variable, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """The profile of every territory of a level: ``values`` as they are read, ``scaled`` as they are compared.

    Both are territories × ``VARIABLES``; NaN where there is no value.
    """

    ids: tuple[str, ...]
    place: Mapping[str, int]
    values: FloatArray
    scaled: FloatArray


def profiles_of(level: Level, cog: Cog, changes: pl.DataFrame) -> Profiles:
    """The profiles of ``level``; ``changes`` has ``territory`` and ``value``, the change in population in percent.

    A density is that of a true contour; a population of zero has no logarithm, and is a missing value.
    """
    rows = cog.table.filter(pl.col("level") == level.value).select("id", "population", "area_km2", "has_true_contour")
    rows = rows.join(changes.select(id="territory", change="value"), on="id", how="left", maintain_order="left")
    area = pl.when(pl.col("has_true_contour") & (pl.col("area_km2") > 0)).then("area_km2")
    table = rows.select(pl.col("population").cast(pl.Float64), density=pl.col("population") / area, change="change")
    values: FloatArray = table.to_numpy().astype(np.float64)
    scaled = values.copy()
    for at, variable in enumerate(VARIABLES):
        column = scaled[:, at]
        if variable.logged:
            column = np.log(np.where(column > 0, column, np.nan))
        present = column[~np.isnan(column)]
        spread = present.std(ddof=1) if len(present) > 1 else 0.0
        scaled[:, at] = (column - present.mean()) / spread if spread > 0 else np.nan
    ids = tuple(rows["id"].to_list())
    return Profiles(ids, {id: at for at, id in enumerate(ids)}, values, scaled)


def find_twins(territory: Territory, profiles: Profiles, cog: Cog, *, release: str, count: int = 5) -> Twins:
    """The ``count`` nearest of its level; equals in the order of the level.

    Raises UsageError for a territory that has no other at its level, or another number than 1 to ``MOST``.
    """
    if not 1 <= count <= MOST:
        raise UsageError(Message("Ask for 1 to {most} twins, not {count}.", most=MOST, count=count))
    if territory.level.is_single or territory.id not in profiles.place:
        raise UsageError(Message("{territory} has no twin: nothing else is of its level.", territory=territory.id))
    at = profiles.place[territory.id]
    mine = profiles.scaled[at]
    known = np.flatnonzero(~np.isnan(mine))
    variables = tuple(VARIABLES[column] for column in known)
    lacking = tuple(variable for variable in VARIABLES if variable not in variables)
    if not variables:
        return Twins(release, territory, (), 0, (), lacking)
    weights = np.array([variable.weight for variable in variables])
    gaps = profiles.scaled[:, known] - mine[known]
    distance = np.sqrt((gaps * gaps) @ (weights / weights.sum()))
    distance[at] = np.nan  # not a twin of itself
    others = np.flatnonzero(~np.isnan(distance))
    # all that are as near as the last one asked for, then sorted: equals keep their order
    kept = min(count, len(others))
    limit = np.partition(distance[others], kept - 1)[kept - 1] if kept else 0.0
    near = others[distance[others] <= limit]
    near = near[np.argsort(distance[near], kind="stable")][:kept]
    twins = tuple(
        Twin(
            cog[profiles.ids[row]],
            float(distance[row]),
            tuple(
                sorted(
                    (
                        Gap(
                            variable,
                            float(profiles.values[at, column]),
                            float(profiles.values[row, column]),
                            float(profiles.scaled[row, column] - mine[column]),
                        )
                        for variable, column in zip(variables, known.tolist(), strict=True)
                    ),
                    key=lambda gap: abs(gap.deviations),
                )
            ),
        )
        for row in near.tolist()
    )
    return Twins(release, territory, twins, len(others), variables, lacking)
