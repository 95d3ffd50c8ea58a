"""A published table brought to the form that recipes read: territory and period first, then its own columns."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from fnmatch import fnmatchcase

import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.territories.levels import Level, split_id

from .source import Source

LEVEL, CODE, PERIOD, OBS_STATUS, CONF_STATUS = "level", "code", "period", "obs_status", "conf_status"
RESERVED = (LEVEL, CODE, PERIOD, OBS_STATUS, CONF_STATUS)
"""Columns that every table has; the source's own columns follow, under their own names, as text or numbers."""

_VINTAGE_PREFIX = r"^\d{4}-[A-Z0-9]+-"  # 2025-COM-44109, as the answers of INSEE's Melodi write codes
_DAY = r"^(\d{4}-\d{2})-\d{2}.*$"
_FRENCH_QUARTER = r"^(\d{4})-?T([1-4])$"
_SCHOOL_YEAR = r"^(\d{4}) ?[-–] ?(\d{4})$"


def to_table(source: Source, raw: pl.DataFrame | pl.LazyFrame, *, period: str | None = None) -> pl.LazyFrame:
    """``raw``, the published table with text cells, as a recipe's table: the columns ``RESERVED``, then its own.

    Rows of a level that odd17 does not have are left out; those of a country have the code of their level. A day is
    written as its month, a quarter as 2024-Q1, a school year as 2022/2023. ``period`` is the one that the file's or
    sheet's name tells, where the source says that it does. Raises DataError where a column that the source declares is
    not there.
    """
    lazy = raw.lazy()
    columns = lazy.collect_schema().names()
    geography = source.geography
    code = pl.col(column_named(geography.code, columns, source)).cast(pl.String).str.strip_chars()
    level = pl.lit(None if geography.level is None else geography.level.value, pl.String)
    if geography.level_column is not None:
        meaning = {cell: value.value for cell, value in geography.levels.items()}
        cells = pl.col(column_named(geography.level_column, columns, source)).cast(pl.String).str.strip_chars()
        level = cells.replace_strict(meaning, default=None, return_dtype=pl.String)
        for cell, value in meaning.items():  # FRANCE-F and FRANCE-FM are both of the level FRANCE
            name, _, ending = cell.rpartition("-")
            if name:
                level = pl.when((cells == name) & (code == ending)).then(pl.lit(value)).otherwise(level)
    if geography.level_in_code:
        level, code = _split(code, geography.levels)
    if geography.codes:
        level, code = _renamed(code, geography.codes)
    stated = source.period or period
    if source.period_column is not None:
        when = _period(pl.col(column_named(source.period_column, columns, source)).cast(pl.String).str.strip_chars())
    elif stated is not None:
        when = pl.lit(stated, pl.String)
    else:
        raise DataError(
            "nothing says which period the figures are of", file=source.id, remedy="give the period that its name tells"
        )
    singles = [item.value for item in Level if item.is_single]
    own = [pl.col(name) for name in columns if name not in RESERVED]
    return (
        lazy.with_columns(__level=level)
        .select(
            pl.col("__level").alias(LEVEL),
            pl.when(pl.col("__level").is_in(singles))
            .then(pl.col("__level"))
            .otherwise(code.str.replace(_VINTAGE_PREFIX, ""))
            .alias(CODE),
            when.alias(PERIOD),
            _status(source.obs_status, columns, source).alias(OBS_STATUS),
            _status(source.conf_status, columns, source).alias(CONF_STATUS),
            *own,
        )
        .filter(pl.col(LEVEL).is_not_null() & pl.col(CODE).is_not_null() & (pl.col(CODE) != ""))
    )


def _split(code: pl.Expr, levels: Mapping[str, Level]) -> tuple[pl.Expr, pl.Expr]:
    """The level that the letters of each code tell, and what follows them; a country's letters are all of its code."""
    level, rest = pl.lit(None, pl.String), code
    for letters, meant in levels.items():
        after = code.str.strip_prefix(letters)
        found = code == letters if meant.is_single else code.str.starts_with(letters) & after.str.contains(r"^\d")
        level = pl.when(found).then(pl.lit(meant.value)).otherwise(level)
        rest = pl.when(found).then(after).otherwise(rest)
    return level, rest


def _renamed(code: pl.Expr, codes: Mapping[str, str]) -> tuple[pl.Expr, pl.Expr]:
    """The level and the code that each code of another nomenclature stands for, both null where it stands for none."""
    parts = {foreign: split_id(identifier) for foreign, identifier in codes.items()}
    levels = {foreign: level.value for foreign, (level, _) in parts.items()}
    own = {foreign: text for foreign, (_, text) in parts.items()}
    level, renamed = (code.replace_strict(names, default=None, return_dtype=pl.String) for names in (levels, own))
    return level, renamed


def column_named(name: str, columns: list[str], source: Source) -> str:
    """The one of ``columns`` that ``name`` names; ``*`` in it stands for any text (a year that changes).

    Raises DataError where none, or several, answer: the shape of the file is not the one that was described.
    """
    if name in columns:
        return name
    found = [column for column in columns if fnmatchcase(column, name)]
    if len(found) == 1:
        return found[0]
    near = difflib.get_close_matches(name, columns, n=3, cutoff=0.5)
    hint = Message("did you mean {near}? ", near=near) if near else ""
    raise DataError(
        "several columns answer to this name" if found else "the file has no such column",
        file=source.id,
        column=name,
        value=", ".join(found or columns[:12]),
        remedy=Message("{hint}the shape of the file changed: correct the description of the source", hint=hint),
    )


def _meant(cells: pl.Expr, meaning: Mapping[str, str]) -> pl.Expr:
    """What each cell means; a chain of conditions, since a dictionary of replacements holds the whole table at once."""
    found = pl.lit(None, pl.String)
    for cell, value in meaning.items():
        found = pl.when(cells == cell).then(pl.lit(value)).otherwise(found)
    return found


def _status(name: str | None, columns: list[str], source: Source) -> pl.Expr:
    if name is None or name not in columns:  # answers leave the attributes out where all is normal
        return pl.lit(None, pl.String)
    return pl.col(name).cast(pl.String).str.strip_chars()


def _period(text: pl.Expr) -> pl.Expr:
    return (
        text.str.replace(_DAY, "${1}").str.replace(_FRENCH_QUARTER, "${1}-Q${2}").str.replace(_SCHOOL_YEAR, "${1}/${2}")
    )
