"""A recipe applied: from the tables of its sources to observations at every level of the indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from odd17.core.kernel import ObsStatus, ReasonCode
from odd17.core.territories import FORMER_COMMUNES, NO_MOVEMENTS, Cog, Level, Movements, carry

from .coverage import judge
from .indicator import Indicator
from .national_total import refuse_partial
from .observations import OBSERVATIONS
from .parts import parts_of, with_outside
from .recipe import COG, CatalogueEntry, Recipe
from .recombine import perimeters, recombine
from .same_ground import brought, followed, is_mixed
from .source import Source
from .source_table import CODE, CONF_STATUS, LEVEL, OBS_STATUS, PERIOD
from .term import draw

NO_FORMER = pl.DataFrame(schema=FORMER_COMMUNES)
"""No commune that is none any more."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What a recipe gave: ``observations`` (columns ``OBSERVATIONS``) and the account of it (columns ``COVERAGE``).

    ``parts`` (same columns) are those of communes where the indicator is read from larger territories up: they are no
    figures to show, but those that a perimeter of one's own is put together from.
    """

    observations: pl.DataFrame
    coverage: pl.DataFrame
    parts: pl.DataFrame


def apply(
    entry: CatalogueEntry,
    sources: Mapping[str, Source],
    tables: Mapping[str, pl.DataFrame | pl.LazyFrame],
    cog: Cog,
    *,
    movements: Movements = NO_MOVEMENTS,
    former: pl.DataFrame = NO_FORMER,
) -> Applied:
    """The observations of ``entry`` from the ``tables`` of its sources (``source_table.to_table`` of each).

    A ratio or a count is made for communes, brought to the vintage of ``cog`` with ``movements`` (each part by itself
    where their sources have the communes of different years; of a source that knows no year, the rows of ``former``
    communes are added to those of the commune that holds them), and put together again for every larger territory. A
    published value keeps the levels and the vintage of its source.
    Raises KeyError where the table of a source is absent; DataError where a table has not the shape that its source or
    the recipe describes, or where it covers fewer of the territories of a level than the recipe asks for, or more than
    one in twenty of its codes is of no territory; so too where another source, that of the denominator, covers too few
    of the communes that have a numerator.
    """
    recipe = entry.recipe
    drawn = {
        term: draw(
            term,
            sources[term.source],
            tables[term.source].lazy(),
            _levels(entry, sources[term.source]),
            adds_up=recipe.value is None,
        )
        for term in recipe.terms
        if term.source != COG
    }
    first = sources[(recipe.numerator or recipe.terms)[0].source]
    if recipe.value is not None:
        made = _published(entry.indicator, drawn[recipe.value], first)
        account = judge(made, drawn[recipe.value], _levels(entry, first), first, recipe, cog)
        return Applied(made, account, made.clear())
    refuse_partial(drawn, sources, tables)
    vintage, moved = first.geography.vintage, None
    drawn = followed(drawn, sources, former)
    if is_mixed(recipe, sources, cog):
        drawn, moved = brought(drawn, sources, cog, movements)
        is_known = all(sources[term.source].geography.vintage is not None for term in drawn)
        vintage = cog.vintage if is_known else None  # None: the release flags it, for nothing tells more
    parts, note = parts_of(recipe, drawn, sources, cog)
    parts = with_outside(parts, first, cog)
    made = _observations(entry.indicator, recipe, parts.filter(pl.col(LEVEL) == "COM"), first, vintage)
    made = made.with_columns(note=pl.lit(note, pl.String))
    if moved is not None:
        noted = made.join(moved, on=["territory", "period"], how="left", suffix="_moved", maintain_order="left")
        made = noted.with_columns(note=pl.coalesce("note_moved", "note")).drop("note_moved")
    account = judge(made, drawn[recipe.numerator[0]], [Level.COMMUNE], first, recipe, cog)
    if vintage not in (None, cog.vintage):
        made = carry(
            made,
            to=cog.vintage,
            indicators={entry.indicator.id: entry.indicator},
            memberships={cog.vintage: cog.memberships},
            movements=movements,
        ).observations
    larger = _larger(entry, recipe, made, first, cog, note)
    if Level.COMMUNE in entry.levels:
        return Applied(_typed(pl.concat([made, larger])), account, _typed(made.clear()))
    return Applied(_typed(larger), account, _typed(made))


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(dtype) for name, dtype in OBSERVATIONS.items())


def _levels(entry: CatalogueEntry, source: Source) -> frozenset[Level]:
    if entry.recipe.value is None:
        return frozenset([Level.COMMUNE])
    return frozenset(entry.levels) & source.geography.published


def _published(indicator: Indicator, drawn: pl.DataFrame, source: Source) -> pl.DataFrame:
    singles = [level.value for level in Level if level.is_single]
    territory = pl.when(pl.col(LEVEL).is_in(singles)).then(pl.col(LEVEL)).otherwise(
        pl.concat_str(LEVEL, pl.lit("-"), CODE)
    )  # fmt: skip
    rows = drawn.select(
        territory=territory,
        level=LEVEL,
        vintage=pl.lit(source.geography.vintage, pl.Int16),
        indicator=pl.lit(indicator.id),
        period=PERIOD,
        value="value",
        numerator=pl.lit(None, pl.Float64),
        denominator=pl.lit(None, pl.Float64),
        obs_status=OBS_STATUS,
        conf_status=CONF_STATUS,
        source=pl.lit(source.id),
        note=pl.lit(None, pl.String),
    )
    return _typed(rows)


def _observations(
    indicator: Indicator, recipe: Recipe, parts: pl.DataFrame, source: Source, vintage: int | None
) -> pl.DataFrame:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    value: pl.Expr
    if recipe.denominator:
        value = pl.when(denominator > 0).then(recipe.factor * numerator / denominator)
        nobody = (denominator == 0).fill_null(False) & numerator.is_not_null()
    else:
        value, nobody = recipe.factor * pl.col("numerator"), pl.lit(False)
    rows = parts.select(
        territory=pl.concat_str(LEVEL, pl.lit("-"), CODE),
        level=LEVEL,
        vintage=pl.lit(vintage, pl.Int16),
        indicator=pl.lit(indicator.id),
        period=PERIOD,
        value=value,
        numerator="numerator",
        denominator="denominator",
        obs_status=pl.when(nobody).then(pl.lit(ObsStatus.CANNOT_EXIST.value)).otherwise(OBS_STATUS),
        conf_status=CONF_STATUS,
        source=pl.lit(source.id),
        note=pl.lit(None, pl.String),
    )
    return _typed(rows)


def _larger(
    entry: CatalogueEntry,
    recipe: Recipe,
    made: pl.DataFrame,
    source: Source,
    cog: Cog,
    note: str | None,
) -> pl.DataFrame:
    """The observations of every larger territory, from those of the communes (in the vintage of the COG)."""
    communes = cog.table.filter(pl.col("level") == Level.COMMUNE.value).select(CODE, "population")
    within = perimeters(cog.memberships, communes)
    parts = made.select(
        code=pl.col("territory").str.strip_prefix("COM-"),
        period="period",
        numerator="numerator",
        denominator="denominator",
        obs_status="obs_status",
        conf_status="conf_status",
    )
    outside = cog.memberships.filter(pl.col("departement").is_in(list(source.geography.outside)))["commune"]
    sums = recombine(parts, within, is_count=not recipe.denominator, outside=set(outside))
    level = pl.col("territory").str.split("-").list.first()
    rows = (
        sums.join(within.select("territory").unique(), on="territory", how="semi")
        .with_columns(level=level)
        .rename({"territory": CODE})
    )
    kept = {item.value for item in entry.levels} - {Level.COMMUNE.value}
    rows = rows.filter(pl.col("level").is_in(list(kept)))
    found = _observations(entry.indicator, recipe, rows.with_columns(period=PERIOD), source, cog.vintage)
    # Régions, départements and countries keep their ground whatever becomes of communes; an EPCI may not.
    unverified = (made["note"] == ReasonCode.PERIMETER_UNVERIFIED.value).fill_null(False).any()
    doubt = pl.when((pl.col("level") == Level.EPCI.value) & pl.lit(unverified)).then(
        pl.lit(ReasonCode.PERIMETER_UNVERIFIED.value)
    )
    return found.with_columns(territory=rows[CODE], level=rows["level"]).with_columns(
        note=doubt.otherwise(pl.lit(note, pl.String))
    )
