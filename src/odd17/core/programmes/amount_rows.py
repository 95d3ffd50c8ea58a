"""Amounts out of the rows of a table: columns by their French or English names, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from odd17.core.kernel import DataError, Message

from .cells import Cells, Row, cells_of, key
from .evidence import check_evidence, every_address, measure_address
from .gathering import Gathering
from .portfolio import Amount, Step, refusals
from .programme import Programme
from .report_2020 import report_pillars

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

AMOUNT_NEEDS: Final = ("value", "currency", "year", "step", "funder", "device", "source")
"""The columns without which there is no amount."""
_STEPS: Final = {
    "demande": Step.ASKED, "asked": Step.ASKED, "promis": Step.PROMISED, "promised": Step.PROMISED,
    "verse": Step.PAID, "paid": Step.PAID,
}  # fmt: skip


def amounts_of_rows(
    header: Sequence[str],
    rows: Sequence[Row],
    file: str | None = None,
    *,
    programme: Programme | None = None,
    territory: Callable[[str], str] = str,
    opens: Callable[[str], bool] = every_address,
) -> tuple[Amount, ...]:
    """The amounts that the rows are. ``territory`` gives the identifier of a name or a code, and raises DataError.

    A pillar is one of the report's, by its name, its number or its identifier. Among effects, a number is that of a
    measure of ``programme``. Where some do not hold (`check_amounts`), DataError or Faults names each row and column.
    """
    met = Gathering()
    read = _Reading(met, programme, territory, opens)
    amounts = [read.amount(cells) for cells in cells_of(header, rows, AMOUNT_COLUMNS, AMOUNT_NEEDS, file)]
    met.end()
    if not amounts:
        raise DataError("the file has no row", file=file, remedy="check that it is complete")
    return tuple(amounts)


@dataclass(frozen=True, slots=True)
class _Reading:
    met: Gathering
    programme: Programme | None
    territory: Callable[[str], str]
    opens: Callable[[str], bool]

    def amount(self, cells: Cells) -> Amount:
        """The amount of a row; what cannot be read is kept in ``met``, and stands as something that holds."""
        value, year, step = Decimal(0), 2000, Step.ASKED
        place: str | None = None
        pillar: str | None = None
        effects: tuple[str, ...] = ()
        with self.met.here():
            value = _decimal(cells)
        with self.met.here():
            year = cells.whole("year")
        with self.met.here():
            step = _step(cells)
        with self.met.here():
            place = _within(cells, "territory", self.territory)
        with self.met.here():
            pillar = _within(cells, "pillar", _pillar)
        for text in cells.several("effects"):
            with self.met.here():
                effects = (*effects, self.effect(text, cells))
        amount = Amount(
            value, cells.text("currency"), year, step, cells.text("funder"), cells.text("device"), cells.text("source"),
            place, pillar, effects,
        )  # fmt: skip
        for column, why, refused in refusals(amount):
            with self.met.here():
                raise cells.wrong(why, column, refused.strip() or None, remedy="correct the row")
        return amount

    def effect(self, text: str, cells: Cells) -> str:
        """The address of an effect, of a measure by its number."""
        if text.isascii() and text.isdigit():
            if self.programme is None or int(text) not in {one.number for one in self.programme.measures}:
                raise cells.wrong("the programme has no such measure", "effects", text, remedy="correct its number")
            return measure_address(self.programme.id, int(text))
        check_evidence([text], self.opens, cells.file, cells.row, cells.headings["effects"])
        return text


def _step(cells: Cells) -> Step:
    step = _STEPS.get(key(cells.text("step")))
    if step is None:
        raise cells.wrong(
            Message("this is no step: there are {known}", known=list(_STEPS)), "step", cells.text("step"),
            remedy="write one of them",
        )  # fmt: skip
    return step


def _within(cells: Cells, name: str, of: Callable[[str], str]) -> str | None:
    if not cells.text(name):
        return None
    try:
        return of(cells.text(name))
    except DataError as error:
        raise cells.wrong(error.message, name, cells.text(name), remedy=error.remedy) from error


def _pillar(text: str) -> str:
    for number, pillar in enumerate(report_pillars(), start=1):
        if key(text) in {str(number), key(pillar.id), key(pillar.name.fr), key(pillar.name.en)}:
            return pillar.id
    raise DataError(
        Message("this is none of the pillars: there are {known}", known=[one.name for one in report_pillars()]),
        remedy="write one of them, or its number",
    )


def _decimal(cells: Cells) -> Decimal:
    text = cells.text("value")
    try:
        return Decimal("".join(text.replace("\u2212", "-").split()).replace(",", "."))
    except InvalidOperation:
        raise cells.wrong("this is no amount", "value", text, remedy="write digits alone") from None
