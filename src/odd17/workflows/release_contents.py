"""What goes into a release: definitions that agree, observations of one vintage, no figure twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import DataError
from odd17.core.territories.cog import Cog
from odd17.store.inputs import Input


def defined(inputs: Sequence[Input]) -> dict[str, Indicator]:
    """Every indicator of the inputs, by id. Where several define one, the first one's stands if they agree.

    They agree when they differ in nothing but their source; raises DataError where they do not.
    """
    found: dict[str, tuple[Indicator, Input]] = {}
    for item in inputs:
        for id, indicator in item.indicators.items():
            if id not in found:
                found[id] = (indicator, item)
                continue
            first, origin = found[id]
            if replace(indicator, source=first.source) != first:
                fields = [
                    name
                    for name in Indicator.__dataclass_fields__
                    if name != "source" and getattr(indicator, name) != getattr(first, name)
                ]
                raise DataError(
                    f"the inputs {origin.id!r} and {item.id!r} define this indicator differently ({', '.join(fields)})",
                    column="indicator",
                    value=id,
                    remedy="give it one definition, or another id in one of them, and import again",
                )
    return {id: indicator for id, (indicator, _) in found.items()}


def gathered(inputs: Sequence[Input], indicators: Mapping[str, Indicator], cog: Cog) -> pl.LazyFrame:
    """The observations of every input, in the columns of ``OBSERVATIONS``."""
    return pl.concat([item.observations.select(list(OBSERVATIONS)) for item in inputs if item.observations is not None])


def refuse_duplicates(observations: pl.LazyFrame) -> None:
    """Raise DataError where two rows say the same thing; ``observations`` is sorted so that they stand side by side."""
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in OBSERVATION_KEY)
    twice = observations.with_columns(other=pl.col("source").shift(1)).filter(same).head(1).collect()
    if twice.is_empty():
        return
    row = twice.row(0, named=True)
    raise DataError(
        f"the inputs {row['other']!r} and {row['source']!r} both give {row['indicator']} of {row['territory']} "
        f"for {row['period']}",
        column="indicator",
        value=row["indicator"],
        remedy="keep the figure in one of the two datasets, then import it again; which one is right is not guessed",
    )
