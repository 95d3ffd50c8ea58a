"""Measures out of the rows of a table: columns by their French or English names, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from .cells import Cells, Row, cells_of
from .evidence import check_evidence, every_address
from .gathering import Gathering
from .programme import LONGEST, Dimension, Horizon, Level, Measure, Programme, Workstream, check_programme

MEASURE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("numéro", "number"),
    "label": ("mesure", "measure"),
    "dimension": ("dimension",),
    "workstreams": ("chantiers", "workstreams"),
    "first": ("premiers effets (mois)", "first effects (months)"),
    "full": ("tous effets (mois)", "all effects (months)"),
    "responsible": ("responsables", "responsible"),
    "evidence": ("preuves", "evidence"),
}
"""The columns of a file of measures, as they may be headed; accents and capitals do not count."""

MEASURE_NEEDS: Final = ("number", "label", "dimension")
"""The columns without which there is no measure."""


def programme_of_rows(
    header: Sequence[str],
    rows: Sequence[Row],
    *,
    id: str,
    title: str,
    published: date,
    levels: tuple[Level, ...],
    mention: str = "",
    file: str | None = None,
    opens: Callable[[str], bool] = every_address,
) -> Programme:
    """The programme whose measures are the rows; dimensions and workstreams are those that they name, in that order.

    Raises DataError, or Faults with every one of them, naming row and column, on: a column that is missing (with the
    near name), a number that is none or given twice, an empty label or dimension, months that make no sense, evidence
    that readers could not open.
    """
    met = Gathering()
    dimensions: dict[str, str] = {}
    workstreams: dict[str, str] = {}
    numbers: set[int] = set()
    measures = []
    for cells in cells_of(header, rows, MEASURE_COLUMNS, MEASURE_NEEDS, file):
        number, horizon = 0, None
        with met.here():
            number = _number(cells, numbers)
            numbers.add(number)
        for name in ("label", "dimension"):
            with met.here():
                cells.filled(name)
        with met.here():
            horizon = _horizon(cells)
        with met.here():
            check_evidence(cells.several("evidence"), opens, file, cells.row, cells.headings.get("evidence", ""))
        measures.append(
            Measure(
                number,
                cells.text("label"),
                dimensions.setdefault(cells.text("dimension"), f"d{len(dimensions) + 1}"),
                tuple(workstreams.setdefault(one, f"w{len(workstreams) + 1}") for one in cells.several("workstreams")),
                horizon,
                cells.several("responsible"),
                cells.several("evidence"),
            )
        )
    met.end()
    return check_programme(
        Programme(
            id,
            title,
            published,
            tuple(Dimension(key, name) for name, key in dimensions.items()),
            levels,
            tuple(measures),
            tuple(Workstream(key, name) for name, key in workstreams.items()),
            mention,
        ),
        file,
    )


def _number(cells: Cells, before: set[int]) -> int:
    number = cells.whole("number")
    if number < 1:
        raise cells.wrong("measures are numbered from 1", "number", number, remedy="give the measure its number")
    if number in before:
        raise cells.wrong("two measures have this number", "number", number, remedy="give each its own")
    return number


def _horizon(cells: Cells) -> Horizon | None:
    told = [name for name in ("first", "full") if cells.text(name)]
    if not told:
        return None
    first, full = cells.whole(told[0]), cells.whole(told[-1])
    if full < first:
        raise cells.wrong(
            "all effects cannot come before the first",
            "full",
            full,
            remedy="give two numbers of months, the smaller first",
        )  # fmt: skip
    if full > LONGEST:
        raise cells.wrong("no programme lasts so many months", told[-1], full, remedy="correct the cell")
    return Horizon(first, full)
