"""Read the files that a programme is made of: measures and amounts, CSV or workbook."""

from __future__ import annotations

from datetime import date

from odd17.core.kernel import AmbiguousTerritory, DataError, Message, UnknownTerritory
from odd17.core.programmes.portfolio import Amount
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.rows import amounts_of_rows, programme_of_rows
from odd17.store.releases import current_release
from odd17.store.small_tables import read_small_table


def read_programme(data: bytes, name: str, *, id: str, title: str, published: date, mention: str) -> Programme:
    """The programme whose measures the file holds, on the report's four levels of progress.

    Raises DataError naming row and column where it does not hold.
    """
    header, rows = read_small_table(data, name)
    levels = report_programme().levels
    return programme_of_rows(
        header, rows, id=id, title=title, published=published, levels=levels, mention=mention, file=name
    )


def read_amounts(data: bytes, name: str, programme: Programme) -> tuple[Amount, ...]:
    """The amounts that the file holds; territories by their names or codes in the current geography.

    Raises DataError naming row and column where one does not hold.
    """
    header, rows = read_small_table(data, name)
    return amounts_of_rows(header, rows, name, programme=programme, territory=_territory)


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
