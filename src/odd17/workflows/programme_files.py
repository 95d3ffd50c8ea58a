"""Read the files that a programme is made of: measures and amounts (CSV or workbook), levels (lines of text)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from odd17.core.kernel import AmbiguousTerritory, DataError, Message, UnknownTerritory, why
from odd17.core.programmes.amount_rows import amounts_of_rows
from odd17.core.programmes.evidence import every_address
from odd17.core.programmes.gathering import Gathering
from odd17.core.programmes.levels import levels_of_lines
from odd17.core.programmes.measure_rows import programme_of_rows
from odd17.core.programmes.portfolio import Amount
from odd17.core.programmes.programme import Level, Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.publishing.exports import blank_amounts, blank_measures, measures_table
from odd17.store.releases import current_release
from odd17.store.small_tables import read_small_table

from .export import FileFormat, written


def read_programme(
    data: bytes,
    name: str,
    *,
    id: str,
    title: str,
    published: date,
    levels: tuple[Level, ...],
    mention: str = "",
    opens: Callable[[str], bool] = every_address,
) -> Programme:
    """The programme whose measures the file holds, on ``levels``; ``opens`` says whether readers find an address.

    Raises DataError, or Faults with every one of them, naming row and column, where it does not hold.
    """
    header, rows = read_small_table(data, name)
    return programme_of_rows(
        header, rows, id=id, title=title, published=published, levels=levels, mention=mention, file=name, opens=opens
    )  # fmt: skip


def read_amounts(
    data: bytes, name: str, programme: Programme, opens: Callable[[str], bool] = every_address
) -> tuple[Amount, ...]:
    """The amounts that the file holds; territories by their names or codes in the current geography.

    Raises DataError, or Faults with every one of them, naming row and column, where some do not hold.
    """
    header, rows = read_small_table(data, name)
    return amounts_of_rows(header, rows, name, programme=programme, territory=_territory, opens=opens)


def measures_as_file(programme: Programme, format: FileFormat, language: str) -> bytes:
    """The measures, headed as `read_programme` reads them: what goes out may come in again."""
    return written(measures_table(programme, language), format)


def blank_measures_file(format: FileFormat, language: str) -> bytes:
    """A file of measures without a row, to fill in."""
    return written(blank_measures(language), format)


def blank_amounts_file(format: FileFormat, language: str) -> bytes:
    """A file of amounts without a row, to fill in."""
    return written(blank_amounts(language), format)


def check_programme_files(
    measures: Path, levels: Path | None = None, amounts: Path | None = None
) -> tuple[Programme, tuple[Amount, ...]]:
    """What the files give, on the report's levels where ``levels`` is None; nothing is kept.

    Whether an address of the site leads somewhere is not looked at. Raises DataError, or Faults with every one of them
    over all files; where the measures do not hold, the amounts wait.
    """
    stated, met = report_programme().levels, Gathering()
    if levels is not None:
        with met.here():
            stated = levels_of_lines(_bytes(levels).decode("utf-8-sig", "replace"), stated, levels.name)
    programmes: list[Programme] = []
    money: tuple[Amount, ...] = ()
    with met.here():
        programmes.append(
            read_programme(_bytes(measures), measures.name, id="p", title="", published=date.min, levels=stated)
        )
    for programme in programmes:
        if amounts is not None:
            with met.here():
                money = read_amounts(_bytes(amounts), amounts.name, programme)
    met.end()
    return programmes[0], money


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(why(error), file=path.name, remedy="name a file that can be read") from error


def _territory(text: str) -> str:
    try:
        return current_release().cog.widest(text)[0].id
    except UnknownTerritory as error:
        raise DataError("no territory is called so", remedy="write a name, a code or an identifier") from error
    except AmbiguousTerritory as error:
        raise DataError(
            "several territories are called so",
            remedy=Message("write one of {near}", near=list(error.candidates[:6])),
        ) from error
