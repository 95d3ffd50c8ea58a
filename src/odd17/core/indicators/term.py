"""One term of a recipe drawn from the table of its source: a number, or an absence, for every territory and period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from odd17.core.kernel import ConfStatus, DataError, Message, ObsStatus
from odd17.core.territories.levels import Level
from odd17.core.territories.municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS

from .intake.french_number import number
from .recipe import Term
from .source import Arrondissements, Source
from .source_table import CODE, CONF_STATUS, LEVEL, OBS_STATUS, PERIOD, column_named

PARTS: dict[str, type[pl.DataType] | pl.DataType] = {
    LEVEL: pl.String,
    CODE: pl.String,
    PERIOD: pl.String,
    "value": pl.Float64,  # null where absent: the statuses say why; a secret is never zero
    OBS_STATUS: pl.String,
    CONF_STATUS: pl.String,
}
KEY = (LEVEL, CODE, PERIOD)

RESERVE = (
    ObsStatus.NORMAL, ObsStatus.INCLUDES_ANOTHER, ObsStatus.COUNTED_ELSEWHERE, ObsStatus.UNVALIDATED, ObsStatus.BREAK,
    ObsStatus.PROVISIONAL, ObsStatus.IMPUTED, ObsStatus.ESTIMATED, ObsStatus.CANNOT_EXIST, ObsStatus.NOT_COLLECTED,
    ObsStatus.MISSING, ObsStatus.LOW_RELIABILITY, ObsStatus.SUPPRESSED,
)  # fmt: skip
"""Statuses from the plainest to the most reserved: a sum has the most reserved one of its parts."""
CONFIDENTIALITY = (ConfStatus.FREE, ConfStatus.NOT_FOR_PUBLICATION, ConfStatus.CONFIDENTIAL)
"""From free to the strictest: a sum has the strictest one of its parts."""

_ABSENT = {ObsStatus.MISSING, ObsStatus.NOT_COLLECTED, ObsStatus.CANNOT_EXIST, ObsStatus.SUPPRESSED}
_KNOWN = {item.value for item in ObsStatus}


def draw(
    term: Term, source: Source, table: pl.LazyFrame, levels: frozenset[Level], *, adds_up: bool = True
) -> pl.DataFrame:
    """The figures of ``term`` in ``table`` (see ``source_table.to_table``) at ``levels``: columns ``PARTS``.

    Municipal arrondissements are folded into their commune, or dropped, as the source says; always dropped where the
    figures do not add up (``adds_up`` False). A cell that is empty, holds one of the source's marks, or stands in a
    row of a status of absence, has no value; neither has a sum that it is part of, except where it is counted
    elsewhere (K), which adds nothing. Raises DataError where a column or a cell that the recipe names is not in the
    table, where arrondissements do not stand as the source says, where a cell is not a number, or where a territory
    has two rows for one period and the recipe does not say that they add up.
    """
    rows = _kept(term, source, table.filter(pl.col(LEVEL).is_in([level.value for level in levels]))).collect()
    if rows.is_empty():
        raise DataError(
            "the source has no row that the recipe keeps", file=source.id, value=", ".join(sorted(levels)),
            remedy="the shape or the codes of the file changed: correct the recipe",
        )  # fmt: skip
    cells = _valued(term, source, rows)
    folded = _arrondissements(source, cells, fold=adds_up)
    if not term.sums and not term.count:
        _refuse_twice(folded, source)
    return summed(folded)


def most_reserved(statuses: pl.Expr) -> pl.Expr:
    """The rank of each status in ``RESERVE``; unknown ones count as missing."""
    ranks = {status.value: rank for rank, status in enumerate(RESERVE)}
    return statuses.replace_strict(ranks, default=ranks[ObsStatus.MISSING.value], return_dtype=pl.Int8)


def status_of(rank: pl.Expr) -> pl.Expr:
    """The status of a rank in ``RESERVE``."""
    return rank.replace_strict(
        {rank: status.value for rank, status in enumerate(RESERVE)}, default=None, return_dtype=pl.String
    )


def strictest(statuses: pl.Expr) -> pl.Expr:
    """The rank of each confidentiality, free first."""
    ranks = {status.value: rank for rank, status in enumerate(CONFIDENTIALITY)}
    return statuses.replace_strict(ranks, default=0, return_dtype=pl.Int8)


def conf_of(rank: pl.Expr) -> pl.Expr:
    """The confidentiality of a rank."""
    return rank.replace_strict(
        {rank: status.value for rank, status in enumerate(CONFIDENTIALITY)}, default=None, return_dtype=pl.String
    )


def _kept(term: Term, source: Source, table: pl.LazyFrame) -> pl.LazyFrame:
    columns = table.collect_schema().names()
    kept = table
    conditions = [(True, *item) for item in term.where] + [(False, *item) for item in term.without]
    named = {name: column_named(name, columns, source) for _, name, _ in conditions}
    distinct = _distinct(table, named)
    for wanted, name, cells in conditions:
        column, found = named[name], distinct[name]
        missing = sorted(set(cells) - set(found.values()))
        if missing:
            raise DataError(
                "no row has this code", file=source.id, column=column, value=", ".join(missing),
                remedy=Message(
                    "the column has {found}: the codes of the file changed, correct the recipe",
                    found=_some(found.values()),
                ),
            )  # fmt: skip
        written = [cell for cell, text in found.items() if text in cells]
        kept = kept.filter(pl.col(column).is_in(written) if wanted else ~pl.col(column).is_in(written).fill_null(False))
    return kept


def _distinct(table: pl.LazyFrame, named: Mapping[str, str]) -> dict[str, dict[Any, str]]:
    """The distinct cells of some columns as they stand, and the text of each: few, unlike rows, and read in one go."""
    wanted = [pl.col(column).drop_nulls().unique().implode().alias(name) for name, column in named.items()]
    found = table.select(wanted).collect()
    cells = {name: found[name].explode() for name in named}
    return {
        name: dict(zip(values, values.cast(pl.String).str.strip_chars(), strict=True)) for name, values in cells.items()
    }


def _some(cells: Collection[str], limit: int = 8) -> str:
    texts = sorted(set(cells))
    return ", ".join(texts[:limit]) + ("…" if len(texts) > limit else "")


def _valued(term: Term, source: Source, rows: pl.DataFrame) -> pl.DataFrame:
    names = () if term.count else term.columns or ((source.value_column,) if source.value_column else ())
    if not names and not term.count:
        raise DataError("the recipe names no column of figures", file=source.id, remedy="write `columns`")
    used = [column_named(name, rows.columns, source) for name in names]
    times = None if term.times is None else column_named(term.times, rows.columns, source)
    below = None if term.below is None else column_named(term.below[0], rows.columns, source)
    columns = dict.fromkeys(name for name in (*used, times, below) if name is not None)
    numbers, absences = {}, []
    for column in columns:
        numbers[column], absence = _cell(column, source, rows)
        absences.append(absence)
    value = pl.sum_horizontal([numbers[name] for name in used], ignore_nulls=False) if used else pl.lit(1.0)
    if times is not None:
        value = value * numbers[times]
    if term.below is not None and below is not None:
        value = pl.when(numbers[below] < term.below[1]).then(value).when(numbers[below].is_not_null()).then(0.0)
    row_status = pl.col(OBS_STATUS).is_in(list(_KNOWN)).fill_null(False)
    stated = pl.when(row_status).then(pl.col(OBS_STATUS)).otherwise(pl.lit(ObsStatus.NORMAL.value))
    secret = pl.col(CONF_STATUS).is_in([ConfStatus.CONFIDENTIAL.value, ConfStatus.NOT_FOR_PUBLICATION.value])
    absent = [status.value for status in (*_ABSENT, ObsStatus.COUNTED_ELSEWHERE)]
    return (
        rows.with_columns(
            __value=value,
            __cell=pl.max_horizontal([most_reserved(item) for item in absences]) if absences else pl.lit(0, pl.Int8),
            __row=stated,
            __secret=secret.fill_null(False),
        )
        .with_columns(__value=pl.when(~pl.col("__secret") & ~pl.col("__row").is_in(absent)).then(pl.col("__value")))
        .select(
            LEVEL,
            CODE,
            PERIOD,
            value=pl.col("__value"),
            obs_status=pl.when(pl.col("__value").is_not_null() | pl.col("__row").is_in(absent))
            .then(pl.col("__row"))
            .when(pl.col("__secret"))
            .then(pl.lit(ObsStatus.SUPPRESSED.value))
            .when(pl.col("__cell") > 0)
            .then(status_of(pl.col("__cell")))
            .otherwise(pl.lit(ObsStatus.MISSING.value)),
            conf_status=pl.when(pl.col("__secret") & pl.col("__value").is_null())
            .then(pl.lit(ConfStatus.CONFIDENTIAL.value))
            .otherwise(pl.lit(ConfStatus.FREE.value)),
        )
    )


def _cell(column: str, source: Source, rows: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """The number of each cell, and the status of its absence where it holds a mark or nothing (normal otherwise)."""
    if rows.schema[column].is_numeric():
        found = pl.col(column).cast(pl.Float64)
        found = pl.when(found.is_finite()).then(found)
        return found, pl.when(found.is_null()).then(pl.lit(ObsStatus.MISSING.value)).otherwise(pl.lit("A"))
    text = pl.col(column).cast(pl.String).str.strip_chars()
    marks = {mark: status.value for mark, status in source.marks.items()}
    if source.empty_is_zero:
        text = pl.when(text.is_null() | (text == "")).then(pl.lit("0")).otherwise(text)
    absence = text.replace_strict({"": ObsStatus.MISSING.value} | marks, default="A", return_dtype=pl.String)
    absence = pl.when(text.is_null()).then(pl.lit(marks.get("", ObsStatus.MISSING.value))).otherwise(absence)
    found = number(text, decimal=source.format.get("decimal"))
    wrong = rows.filter((absence == "A") & found.is_null())
    if not wrong.is_empty():
        raise DataError(
            Message(
                "not a number ({cells} cells)",
                cells=wrong.height,
            ),
            file=source.id, column=column, value=wrong[column][0],
            remedy="add the mark to `marks` of the source, or correct the recipe",
        )  # fmt: skip
    return found, absence


def _arrondissements(source: Source, cells: pl.DataFrame, *, fold: bool) -> pl.DataFrame:
    is_commune = pl.col(LEVEL) == Level.COMMUNE.value
    parts = pl.col(CODE).is_in(list(MUNICIPAL_ARRONDISSEMENTS)) & is_commune
    there = cells.filter(parts).select(commune=pl.col(CODE).replace_strict(dict(MUNICIPAL_ARRONDISSEMENTS)))
    whole = set(cells.filter(is_commune)[CODE]) & set(MUNICIPAL_ARRONDISSEMENTS.values())
    wanted = source.geography.arrondissements
    met = {
        Arrondissements.NONE: there.is_empty(),
        Arrondissements.DROP: set(there["commune"]) <= whole,
        Arrondissements.FOLD: not set(there["commune"]) & whole,
    }
    if not met[wanted]:
        beside = bool(set(there["commune"]) & whole)
        raise DataError(
            "municipal arrondissements stand beside their communes" if beside
            else "municipal arrondissements stand instead of their communes",
            file=source.id, column="arrondissements", value=wanted.value,
            remedy="write `arrondissements: drop` in the description of the source" if beside
            else "write `arrondissements: fold` in the description of the source",
        )  # fmt: skip
    if wanted is not Arrondissements.FOLD or not fold:
        return cells.filter(~parts).with_columns(__part=pl.lit(None, pl.String))
    return cells.with_columns(
        __part=pl.when(parts).then(pl.col(CODE)),
        code=pl.when(parts).then(pl.col(CODE).replace(dict(MUNICIPAL_ARRONDISSEMENTS))).otherwise(pl.col(CODE)),
    )


def _refuse_twice(cells: pl.DataFrame, source: Source) -> None:
    twice = cells.group_by(*KEY, "__part").len().filter(pl.col("len") > 1).sort(*KEY)
    if not twice.is_empty():
        row = twice.row(0, named=True)
        raise DataError(
            Message(
                "a territory has {rows} rows for {period}",
                rows=row["len"], period=row[PERIOD],
            ),
            file=source.id, column=CODE, value=row[CODE],
            remedy="hold every dimension at its total in `where`, or write `sums: true` where the rows add up",
        )  # fmt: skip


def summed(cells: pl.DataFrame) -> pl.DataFrame:
    """One row a territory and period (columns ``PARTS``): the sum of its rows, absent where one of them is."""
    elsewhere = pl.col(OBS_STATUS) == ObsStatus.COUNTED_ELSEWHERE.value
    found = cells.group_by(*KEY, maintain_order=True).agg(
        value=pl.when((pl.col("value").is_not_null() | elsewhere).all() & pl.col("value").is_not_null().any()).then(
            pl.col("value").sum()
        ),
        obs_status=status_of(most_reserved(pl.col(OBS_STATUS)).max()),
        conf_status=conf_of(strictest(pl.col(CONF_STATUS)).max()),
    )
    return found.select(pl.col(name).cast(dtype) for name, dtype in PARTS.items()).sort(*KEY)
