"""The parts of a recipe: numerator and denominator of every commune and period, put together from its terms."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from odd17.core.kernel import ConfStatus, DataError, Message, ObsStatus, Period, ReasonCode
from odd17.core.territories import Cog, Level

from .coverage import judge_other
from .recipe import COG, Recipe, Term
from .source import Source
from .source_table import CODE, CONF_STATUS, OBS_STATUS, PERIOD
from .term import KEY, PARTS, conf_of, most_reserved, status_of, strictest


def parts_of(
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


def with_outside(parts: pl.DataFrame, source: Source, cog: Cog) -> pl.DataFrame:
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
