"""Measures and amounts out of the rows of a table: columns by their French or English names, one fault a row named."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Final

from odd17.core.kernel import DataError, Message

from .evidence import check_evidence, measure_address
from .portfolio import Amount, Step, check_amounts
from .programme import Dimension, Horizon, Level, Measure, Programme, Workstream, check_programme
from .report_2020 import report_pillars

Row = tuple[int, Sequence[str]]
"""The number of a row in its file, and its cells."""

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

AMOUNT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "value": ("montant", "amount"),
    "currency": ("devise", "currency"),
    "year": ("année", "year"),
    "step": ("étape", "step"),
    "funder": ("financeur", "funder"),
    "device": ("dispositif", "device"),
    "source": ("source",),
    "territory": ("territoire", "territory"),
    "pillar": ("pilier", "pillar"),
    "effects": ("effets", "effects"),
}
"""The columns of a file of amounts; several values of one cell are separated by ``;``."""

MEASURE_NEEDS: Final = ("number", "label", "dimension")
"""The columns without which there is no measure."""

AMOUNT_NEEDS: Final = ("value", "currency", "year", "step", "funder", "device", "source")
"""The columns without which there is no amount."""
_STEPS: Final = {
    "demande": Step.ASKED, "asked": Step.ASKED, "promis": Step.PROMISED, "promised": Step.PROMISED,
    "verse": Step.PAID, "paid": Step.PAID,
}  # fmt: skip


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
) -> Programme:
    """The programme whose measures are the rows; dimensions and workstreams are those that they name, in that order.

    Raises DataError, naming row and column, on: a column that is missing (with the near name), a number that is none
    or given twice, an empty label or dimension, months that make no sense.
    """
    places = _places(header, MEASURE_COLUMNS, MEASURE_NEEDS, file)
    dimensions: dict[str, str] = {}
    workstreams: dict[str, str] = {}
    numbers: set[int] = set()
    measures = []
    for row, cells in rows:
        told = _told(cells, places)
        number = _whole(told["number"], "number", header, places, row, file)
        if number in numbers:
            raise DataError(
                "two measures have this number", file=file, row=row, column=header[places["number"]], value=number,
                remedy="give each its own",
            )  # fmt: skip
        numbers.add(number)
        for name in ("label", "dimension"):
            if not told[name]:
                raise DataError(
                    "the cell is empty", file=file, row=row, column=header[places[name]], remedy="fill it in"
                )
        first, full = told.get("first", ""), told.get("full", "")
        horizon = None
        if first or full:
            first_months = _whole(first or full, "first" if first else "full", header, places, row, file)
            horizon = Horizon(first_months, _whole(full, "full", header, places, row, file) if full else first_months)
            if horizon.full < horizon.first:
                raise DataError(
                    "all effects cannot come before the first", file=file, row=row, column=header[places["full"]],
                    value=horizon.full, remedy="give two numbers of months, the smaller first",
                )  # fmt: skip
        if "evidence" in places:
            check_evidence(_several(told, "evidence"), file, row, header[places["evidence"]])
        measures.append(
            Measure(
                number,
                told["label"],
                dimensions.setdefault(told["dimension"], f"d{len(dimensions) + 1}"),
                tuple(workstreams.setdefault(one, f"w{len(workstreams) + 1}") for one in _several(told, "workstreams")),
                horizon,
                _several(told, "responsible"),
                _several(told, "evidence"),
            )
        )
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


def amounts_of_rows(
    header: Sequence[str],
    rows: Sequence[Row],
    file: str | None = None,
    *,
    programme: Programme | None = None,
    territory: Callable[[str], str] = str,
) -> tuple[Amount, ...]:
    """The amounts that the rows are. ``territory`` gives the identifier of a name or a code, and raises DataError.

    A pillar is one of the report's, by its name, its number or its identifier. Among effects, a number is that of a
    measure of ``programme``. DataError, naming row and column, where one does not hold (`check_amounts`).
    """
    places = _places(header, AMOUNT_COLUMNS, AMOUNT_NEEDS, file)
    amounts = []
    for row, cells in rows:
        told = _told(cells, places)
        step = _STEPS.get(_key(told["step"]))
        if step is None:
            raise DataError(
                Message("this is no step: there are {known}", known=list(_STEPS)), file=file, row=row,
                column=header[places["step"]], value=told["step"], remedy="write one of them",
            )  # fmt: skip
        amount = Amount(
            _decimal(told["value"], header[places["value"]], row, file),
            told["currency"],
            _whole(told["year"], "year", header, places, row, file),
            step,
            told["funder"],
            told["device"],
            told["source"],
            _within(told, "territory", territory, header, places, row, file),
            _within(told, "pillar", _pillar, header, places, row, file),
            tuple(_effect(one, programme, header[places["effects"]], row, file) for one in _several(told, "effects")),
        )
        try:
            check_amounts([amount])
        except DataError as error:
            name = header[places[error.column or "value"]]
            raise DataError(
                error.message, file=file, row=row, column=name, value=error.value, remedy="correct the row"
            ) from error
        amounts.append(amount)
    if not amounts:
        raise DataError("the file has no row", file=file, remedy="check that it is complete")
    return tuple(amounts)


def _within(
    told: Mapping[str, str], name: str, of: Callable[[str], str], header: Sequence[str], places: Mapping[str, int],
    row: int, file: str | None,
) -> str | None:  # fmt: skip
    if not told.get(name):
        return None
    try:
        return of(told[name])
    except DataError as error:
        raise DataError(
            error.message, file=file, row=row, column=header[places[name]], value=told[name], remedy=error.remedy
        ) from error


def _pillar(text: str) -> str:
    for number, pillar in enumerate(report_pillars(), start=1):
        if _key(text) in {str(number), _key(pillar.id), _key(pillar.name.fr), _key(pillar.name.en)}:
            return pillar.id
    raise DataError(
        Message("this is none of the pillars: there are {known}", known=[one.name for one in report_pillars()]),
        remedy="write one of them, or its number",
    )


def _effect(text: str, programme: Programme | None, column: str, row: int, file: str | None) -> str:
    if text.isascii() and text.isdigit():
        if programme is None or int(text) not in {one.number for one in programme.measures}:
            raise DataError(
                "the programme has no such measure", file=file, row=row, column=column, value=text,
                remedy="correct its number",
            )  # fmt: skip
        return measure_address(programme.id, int(text))
    check_evidence([text], file, row, column)
    return text


def _places(
    header: Sequence[str], names: Mapping[str, tuple[str, ...]], needed: Sequence[str], file: str | None
) -> dict[str, int]:
    keys = [_key(cell) for cell in header]
    places: dict[str, int] = {}
    for column, known in names.items():
        bare = [_key(one) for one in known]
        at = [place for place, key in enumerate(keys) if key in bare]
        if len(at) > 1:
            raise DataError(
                "two columns have this name", file=file, column=header[at[1]], remedy="name one of them anew"
            )
        if at:
            places[column] = at[0]
        elif column in needed:
            near = get_close_matches(bare[0], keys, n=1) or get_close_matches(bare[-1], keys, n=1)
            hint = Message("did you mean {near!r}? ", near=header[keys.index(near[0])]) if near else ""
            raise DataError(
                "the file has no such column", file=file, column=known[0],
                remedy=Message("{hint}The file has {columns}", hint=hint, columns=list(header[:20])),
            )  # fmt: skip
    return places


def _told(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}


def _several(told: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in told.get(name, "").split(";") if part.strip()))


def _whole(text: str, column: str, header: Sequence[str], places: Mapping[str, int], row: int, file: str | None) -> int:
    if text.isascii() and text.removesuffix(".0").isdigit() and len(text) <= 6:
        return int(text.removesuffix(".0"))
    raise DataError(
        "a whole number is expected", file=file, row=row, column=header[places[column]], value=text,
        remedy="correct the cell",
    )  # fmt: skip


def _decimal(text: str, column: str, row: int, file: str | None) -> Decimal:
    plain = "".join(text.replace("\u2212", "-").split()).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise DataError(
            "this is no amount", file=file, row=row, column=column, value=text, remedy="write digits alone"
        ) from None


def _key(cell: str) -> str:
    bare = "".join(one for one in unicodedata.normalize("NFD", cell) if not unicodedata.combining(one))
    return " ".join(bare.casefold().replace("_", " ").split())
