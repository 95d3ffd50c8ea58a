"""What goes into a release: definitions that agree, observations of one vintage, no figure twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import DataError, Message
from odd17.core.territories.carry import REPORT, carry
from odd17.core.territories.cog import Cog
from odd17.core.territories.movements import NO_MOVEMENTS, Movements
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
                    Message(
                        "the inputs {origin!r} and {item!r} define this indicator differently ({fields})",
                        origin=origin.id,
                        item=item.id,
                        fields=list(fields),
                    ),
                    column="indicator",
                    value=id,
                    remedy="give it one definition, or another id in one of them, and import again",
                )
    return {id: indicator for id, (indicator, _) in found.items()}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Observations of one vintage, and what happened to those that came from another (``CARRIED``)."""

    observations: pl.LazyFrame
    carried: pl.DataFrame


CARRIED: dict[str, type[pl.DataType] | pl.DataType] = {"source": pl.String, **REPORT}
"""Columns of the account of what was carried: one row a territory that did not simply stay, and its successor."""


def gathered(
    inputs: Sequence[Input], indicators: Mapping[str, Indicator], cog: Cog, movements: Movements = NO_MOVEMENTS
) -> Gathered:
    """The observations of every input, carried to the vintage of ``cog``.

    An input that is of this vintage already is not read. Where an input does not know the vintage of its codes, no
    movement is applied to them: a code that still exists is kept, its perimeter unverified.
    """
    tables: list[pl.LazyFrame] = []
    reports = [pl.DataFrame(schema=CARRIED)]
    for item in inputs:
        if item.observations is None:
            continue
        rows = item.observations.select(list(OBSERVATIONS))
        if rows.select(pl.col("vintage").eq_missing(cog.vintage).all()).collect().item():
            tables.append(rows)
            continue
        of_known = rows.filter(pl.col("vintage").is_not_null()).collect()
        of_unknown = rows.filter(pl.col("vintage").is_null()).with_columns(vintage=pl.lit(0, pl.Int16)).collect()
        for part, applied in ((of_known, movements), (of_unknown, NO_MOVEMENTS)):
            if part.is_empty():
                continue
            carried = carry(
                part,
                to=cog.vintage,
                indicators=indicators,
                memberships={cog.vintage: cog.memberships},
                movements=applied,
            )
            tables.append(carried.observations.lazy())
            reports.append(carried.report.with_columns(source=pl.lit(item.id)).select(list(CARRIED)))
    return Gathered(pl.concat(tables), pl.concat(reports))


def commune_parts(
    inputs: Sequence[Input], indicators: Mapping[str, Indicator], cog: Cog, movements: Movements = NO_MOVEMENTS
) -> list[pl.LazyFrame]:
    """The parts of communes that are no figures to show, carried like figures; perimeters are put together from them.

    They stay out of the release itself, whose inputs have them under their checksums.
    """
    kept = [replace(item, observations=item.parts) for item in inputs if item.parts is not None]
    return [gathered(kept, indicators, cog, movements).observations] if kept else []


def refuse_unknown_territories(observations: pl.LazyFrame, cog: Cog) -> None:
    """Raise DataError where a row speaks of a territory that the COG does not have."""
    known = cog.table.lazy().select(territory="id")
    strangers = observations.select("territory", "source").join(known, on="territory", how="anti").head(1).collect()
    if not strangers.is_empty():
        territory, source = strangers.row(0)
        raise DataError(
            Message(
                "the input {source!r} has a territory that the COG of {vintage} does not have",
                source=source,
                vintage=cog.vintage,
            ),
            column="territory",
            value=territory,
            remedy="declare the vintage of its codes, then import it again",
        )


def refuse_duplicates(observations: pl.DataFrame) -> None:
    """Raise DataError where two rows say the same thing; ``observations`` is sorted so that they stand side by side."""
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in OBSERVATION_KEY)
    twice = observations.with_columns(other=pl.col("source").shift(1)).filter(same).head(1)
    if twice.is_empty():
        return
    row = twice.row(0, named=True)
    first, second = sorted([row["other"], row["source"]])
    raise DataError(
        Message(
            "the inputs {first!r} and {second!r} both give {indicator} of {territory} for {period}",
            first=first,
            second=second,
            indicator=row["indicator"],
            territory=row["territory"],
            period=row["period"],
        ),
        column="indicator",
        value=row["indicator"],
        remedy="keep the figure in one of the two datasets, then import it again; which one is right is not guessed",
    )
