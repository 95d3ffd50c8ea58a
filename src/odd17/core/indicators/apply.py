"""A recipe applied: from the tables of its sources to observations at every level of the indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from odd17.core.kernel import ConfStatus, DataError, Message, ObsStatus, Period, ReasonCode
from odd17.core.territories import FORMER_COMMUNES, NO_MOVEMENTS, Cog, Level, Movements, carry

from .coverage import judge, judge_other
from .indicator import Indicator
from .national_total import refuse_partial
from .observations import OBSERVATIONS
from .recipe import COG, CatalogueEntry, Recipe, Term
from .recombine import perimeters, recombine
from .same_ground import brought, followed, is_mixed
from .source import Source
from .source_table import CODE, CONF_STATUS, LEVEL, OBS_STATUS, PERIOD
from .term import KEY, PARTS, conf_of, draw, most_reserved, status_of, strictest

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
    parts, note = _parts(recipe, drawn, sources, cog)
    parts = _with_outside(parts, first, cog)
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


def _parts(
    recipe: Recipe, drawn: Mapping[Term, pl.DataFrame], sources: Mapping[str, Source], cog: Cog
) -> tuple[pl.DataFrame, str | None]:
    """Numerator and denominator of every commune and period, and the note that they are not of one period."""
    first = recipe.numerator[0]
    keys = _with_earlier_years(_keys(drawn[first], sources[first.source], cog), recipe, drawn)
    numerator, other_periods = _summed(recipe, recipe.numerator, keys, drawn, sources, cog)
    blocks = keys.join(numerator.rename({"value": "numerator"}), on=KEY, how="left")
    if recipe.denominator:
        denominator, others = _summed(recipe, recipe.denominator, keys, drawn, sources, cog)
        other_periods |= others
        blocks = blocks.join(
            denominator.rename({"value": "denominator", OBS_STATUS: "obs_2", CONF_STATUS: "conf_2"}), on=KEY, how="left"
        ).with_columns(
            obs_status=status_of(pl.max_horizontal(most_reserved(pl.col(OBS_STATUS)), most_reserved(pl.col("obs_2")))),
            conf_status=conf_of(pl.max_horizontal(strictest(pl.col(CONF_STATUS)), strictest(pl.col("conf_2")))),
        )
    else:
        blocks = blocks.with_columns(denominator=pl.lit(None, pl.Float64))
    return (
        blocks.select(*KEY, "numerator", "denominator", OBS_STATUS, CONF_STATUS),
        ReasonCode.SEVERAL_PERIODS.value if other_periods else None,
    )


def _keys(drawn: pl.DataFrame, source: Source, cog: Cog) -> pl.DataFrame:
    """The communes and periods that have a row, and, in a source that leaves zeros out, all communes that exist."""
    keys = drawn.select(KEY)
    if not source.absent_is_zero:
        return keys
    communes = cog.memberships.filter(~pl.col("departement").is_in(list(source.geography.outside)))
    everyone = communes.select(level=pl.lit("COM"), code=pl.col("commune")).join(
        keys.select(PERIOD).unique(), how="cross"
    )
    return pl.concat([keys, everyone.select(KEY)]).unique(maintain_order=True).sort(*KEY)


def _with_earlier_years(keys: pl.DataFrame, recipe: Recipe, drawn: Mapping[Term, pl.DataFrame]) -> pl.DataFrame:
    """Those of ``keys`` whose period has, in every lagged term, the earlier year that it is set against."""
    for term in recipe.terms:
        if term.lag:
            there = set(drawn[term][PERIOD])
            kept = [period for period in keys[PERIOD].unique() if _earlier(period, term.lag) in there]
            if not kept:
                raise DataError(
                    Message(
                        "no period has its figure of {lag} years before",
                        lag=term.lag,
                    ),
                    file=term.source, column=PERIOD,
                    remedy="fetch the older years of the source",
                )  # fmt: skip
            keys = keys.filter(pl.col(PERIOD).is_in(kept))
    return keys


def _earlier(period: str, years: int) -> str:
    return f"{int(period[:4]) - years:04}{period[4:]}"


def _summed(
    recipe: Recipe,
    terms: tuple[Term, ...],
    keys: pl.DataFrame,
    drawn: Mapping[Term, pl.DataFrame],
    sources: Mapping[str, Source],
    cog: Cog,
) -> tuple[pl.DataFrame, bool]:
    """The signed sum of ``terms`` for every key: columns ``PARTS``; and whether some are of another period."""
    total, other_periods = keys, False
    values, statuses, confs = [], [], []
    for at, term in enumerate(terms):
        if term.source == COG:
            table, moved = _of_cog(term, keys, cog), False
        else:
            table, moved = _at_periods(drawn[term], term, keys)
            other_periods |= moved
            if sources[term.source].absent_is_zero:
                table = _zeros(table, keys)
            elif term.source != recipe.numerator[0].source:
                judge_other(table, keys, sources[term.source], recipe, cog)
        renamed = {"value": f"v{at}", OBS_STATUS: f"o{at}", CONF_STATUS: f"c{at}"}
        total = total.join(table.rename(renamed), on=KEY, how="left")
        values.append(-pl.col(f"v{at}") if term.subtract else pl.col(f"v{at}"))
        missing = pl.lit(ObsStatus.MISSING.value)
        statuses.append(most_reserved(pl.col(f"o{at}").fill_null(missing)))
        confs.append(strictest(pl.col(f"c{at}").fill_null(ConfStatus.FREE.value)))
    summed = total.select(
        *KEY,
        value=pl.sum_horizontal(values, ignore_nulls=False),
        obs_status=status_of(pl.max_horizontal(statuses)),
        conf_status=conf_of(pl.max_horizontal(confs)),
    )
    return summed.select(pl.col(name).cast(dtype) for name, dtype in PARTS.items()), other_periods


def _at_periods(table: pl.DataFrame, term: Term, keys: pl.DataFrame) -> tuple[pl.DataFrame, bool]:
    """``table`` under the periods of ``keys``: the same, that of ``lag`` years before, or the nearest older one."""
    there = sorted(table[PERIOD].unique(), key=Period.parse)
    chosen: dict[str, str] = {}
    for period in keys[PERIOD].unique():
        if term.lag:
            chosen[period] = _earlier(period, term.lag)
        elif period in there:
            chosen[period] = period
        else:
            end = Period.parse(period).end
            older = [other for other in there if Period.parse(other).end <= end]
            chosen[period] = older[-1] if older else there[0]
    pairs = pl.DataFrame(list(chosen.items()), schema={"asked": pl.String, PERIOD: pl.String}, orient="row")
    moved = not term.lag and any(asked != found for asked, found in chosen.items())
    return table.join(pairs, on=PERIOD).drop(PERIOD).rename({"asked": PERIOD}).select(list(PARTS)), moved


def _zeros(table: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    zero = keys.join(table, on=KEY, how="anti").with_columns(
        value=pl.lit(0.0), obs_status=pl.lit(ObsStatus.NORMAL.value), conf_status=pl.lit(ConfStatus.FREE.value)
    )
    return pl.concat([table, zero.select(list(PARTS))])


def _of_cog(term: Term, keys: pl.DataFrame, cog: Cog) -> pl.DataFrame:
    communes = cog.table.filter(pl.col("level") == Level.COMMUNE.value)
    (column,) = term.columns
    found = communes.select(CODE, value=pl.col(column).cast(pl.Float64))
    missing = pl.col("value").is_null()
    return keys.join(found, on=CODE, how="inner").select(
        *KEY,
        "value",
        obs_status=pl.when(missing).then(pl.lit(ObsStatus.MISSING.value)).otherwise(pl.lit(ObsStatus.NORMAL.value)),
        conf_status=pl.lit(ConfStatus.FREE.value),
    )


def _with_outside(parts: pl.DataFrame, source: Source, cog: Cog) -> pl.DataFrame:
    """``parts`` with a row, and no figure, for every commune of the départements that the source does not cover."""
    outside = source.geography.outside
    if not outside:
        return parts
    statuses = {code: status.value for code, status in outside.items()}
    communes = cog.memberships.filter(pl.col("departement").is_in(list(outside))).select(
        level=pl.lit(Level.COMMUNE.value),
        code="commune",
        numerator=pl.lit(None, pl.Float64),
        denominator=pl.lit(None, pl.Float64),
        obs_status=pl.col("departement").replace_strict(statuses, return_dtype=pl.String),
        conf_status=pl.lit(ConfStatus.FREE.value),
    )
    without = parts.join(communes.select(CODE), on=CODE, how="anti")
    added = communes.join(parts.select(PERIOD).unique(), how="cross").select(parts.columns)
    return pl.concat([without, added]).sort(*KEY)


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
