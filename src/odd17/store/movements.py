"""INSEE's file of movements between communes: checked, kept in odd17's own folder as published, and read back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl

from odd17.core.kernel import DataError, Message, UsageError
from odd17.core.territories.cog import CURRENT_VINTAGE, Cog
from odd17.core.territories.movements import NO_MOVEMENTS, Movements
from odd17.core.territories.tables import FORMER_COMMUNES

from . import places
from .reading import read_bytes
from .reading.contents import Kind, opened
from .territories import former_communes
from .whole_files import write_whole

COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP")
"""The columns that figures are carried by."""
_NAMES = "LIBELLE_AV"
_FIRST = 1943  # the first year of the COG

_COMMUNE = "COM"  # other types are parts of a commune, which have no figures here
_CODE = r"^(?:\d{2}|2[AB])\d{3}$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_FOLDER, _NAME = "cog", "movements-"
_CHECKED_FROM = 2012  # the year after Mayotte became a département: older communes of overseas lands left with no trace


def movements_file(home: Path | None = None) -> Path | None:
    """The installed file of movements that goes furthest, or None where none was installed."""
    folder = (places.home() if home is None else home) / _FOLDER
    return max(folder.glob(f"{_NAME}[0-9][0-9][0-9][0-9].csv*"), default=None, key=lambda path: path.name)


def load_movements(home: Path | None = None) -> Movements:
    """The installed movements, or ``NO_MOVEMENTS`` where there are none; raises DataError for a damaged file."""
    path = movements_file(home)
    if path is None:
        return NO_MOVEMENTS
    return read_movements(path)


def read_movements(path: Path, *, through: int | None = None) -> Movements:
    """The movements between communes of INSEE's file at ``path`` (CSV, gzipped or not).

    They are known up to the vintage ``through``: the year in the file's name where None. Raises DataError naming
    the row and column of what is wrong, and UsageError where neither the name nor ``through`` tells the year.
    """
    return _parse(read_bytes(path), path.name, through)[0]


def install_movements(path: Path, cog: Cog, *, home: Path | None = None, through: int | None = None) -> Movements:
    """Check the file at ``path``, keep it byte for byte, and return its movements.

    Beyond what ``read_movements`` checks, a file that reaches the vintage of ``cog`` must lead to communes that
    ``cog`` has. Nothing is written where a check fails; an older file of the same year is replaced in one step.
    """
    data = read_bytes(path)
    movements, is_packed = _parse(data, path.name, through)
    _check_arrival(movements, cog, path.name)
    folder = (places.home() if home is None else home) / _FOLDER
    target = folder / f"{_NAME}{movements.through}.csv{'.gz' if is_packed else ''}"
    write_whole(target, data, parents=True)
    for other in folder.glob(f"{_NAME}{movements.through}.csv*"):
        if other != target:
            other.unlink()
    return movements


def known_former_communes(home: Path | None = None) -> pl.DataFrame:
    """The communes that are none any more and which one holds each: columns ``FORMER_COMMUNES``, by code.

    Those that odd17 ships, and, where INSEE's file is installed, all others since 1943 that one commune alone holds.
    """
    shipped = former_communes()
    path = movements_file(home)
    if path is None:
        return shipped
    names = _names(path)
    today = set(pl.read_parquet(places.shipped() / "cog" / str(CURRENT_VINTAGE) / "memberships.parquet")["commune"])
    successors = load_movements(home).passage(_FIRST, CURRENT_VINTAGE).successors()
    known = set(shipped["code"]) | today
    rows = [
        (code, names[code], holders[0])
        for code, holders in successors.items()
        if code not in known and code in names and len(holders) == 1 and holders[0] in today
    ]
    return pl.concat([shipped, pl.DataFrame(rows, schema=FORMER_COMMUNES, orient="row")]).sort("code")


def _names(path: Path) -> dict[str, str]:
    """The last name of each commune that the file has as one that was; none where it has no column of names."""
    table = pl.read_csv(opened(read_bytes(path), path.name)[1], infer_schema=False)
    if _NAMES not in table.columns:
        return {}
    rows = table.filter(pl.col("TYPECOM_AV") == _COMMUNE).sort("DATE_EFF", maintain_order=True)
    return dict(rows.select("COM_AV", _NAMES).drop_nulls().iter_rows())


def _parse(data: bytes, name: str, through: int | None) -> tuple[Movements, bool]:
    kind, text = opened(data, name)
    download = Message("download it again from INSEE's page of the code officiel géographique")
    if kind is not Kind.TEXT:
        raise DataError("not a CSV file", file=name, remedy=download)
    try:
        table = pl.read_csv(text, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise DataError("not a CSV file in UTF-8 with commas", file=name, remedy=download) from error
    table = table.rename({column: column.lstrip("\ufeff").strip() for column in table.columns})
    for column in COLUMNS:
        if column not in table.columns:
            raise DataError("the column is missing", file=name, column=column, remedy=download)
    rows = table.select(COLUMNS).with_row_index("row", offset=2)
    communes = rows.filter((pl.col("TYPECOM_AV") == _COMMUNE) & (pl.col("TYPECOM_AP") == _COMMUNE))
    if communes.is_empty():
        raise DataError("no movement between communes", file=name, remedy=download)
    _check_cells(communes, "DATE_EFF", _DATE, Message("not a date such as 2024-03-15"), name)
    for column in ("COM_AV", "COM_AP"):
        _check_cells(communes, column, _CODE, Message("not the code of a commune"), name)
    _check_days(communes, name)
    newest = int(str(communes["DATE_EFF"].max())[:4])
    known = _year_of(name) if through is None else through
    if newest > known:
        raise DataError(
            Message("it has movements of {newest}, and is said to end in {known}", newest=newest, known=known),
            file=name,
            remedy="give its year",
        )
    movements = Movements.of(communes.select("DATE_EFF", "COM_AV", "COM_AP").iter_rows(), through=known)
    return movements, data[:2] == b"\x1f\x8b"


def _check_cells(rows: pl.DataFrame, column: str, pattern: str, problem: Message, name: str) -> None:
    wrong = rows.filter(~pl.col(column).str.contains(pattern).fill_null(False)).head(1)
    if not wrong.is_empty():
        row, value = wrong.select("row", column).row(0)
        raise DataError(problem, file=name, row=row, column=column, value=value, remedy="correct the cell")


def _check_days(rows: pl.DataFrame, name: str) -> None:
    dates = rows.group_by("DATE_EFF").agg(pl.col("row").min()).sort("row")
    for text, row in dates.iter_rows():
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise DataError(
                "no such day", file=name, row=row, column="DATE_EFF", value=text, remedy="correct the cell"
            ) from error


def _year_of(name: str) -> int:
    years = _YEAR.findall(name)
    if len(set(years)) != 1:
        raise UsageError(
            Message("{name}: which vintage does the file go to? Its name does not say: give --through YEAR.", name=name)
        )
    return int(years[0])


def _check_arrival(movements: Movements, cog: Cog, name: str) -> None:
    passage = movements.passage(_CHECKED_FROM, cog.vintage)
    if not passage.is_covered:
        return
    communes = set(cog.memberships["commune"])
    strangers = sorted((passage.origins.keys() - communes) | (passage.ended & communes))
    if strangers:
        raise DataError(
            Message("it does not lead to the communes of {vintage}", vintage=cog.vintage),
            file=name,
            column="COM_AP",
            value=strangers[0],
            remedy="check that the file is whole and that its year is right",
        )
