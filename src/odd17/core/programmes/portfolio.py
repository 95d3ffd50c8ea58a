"""The money of a programme: who asked, promised and paid what, for which device, where and when; and what disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from odd17.core.kernel import DataError, Message, Text

from .currencies import CURRENCIES
from .gathering import Gathering

LARGEST: Final = Decimal(10) ** 12
"""No programme moves more, in any currency: an amount beyond is a slip of the keyboard."""


class Step(StrEnum):
    """How far an amount has come; each counts apart, an amount paid stays promised and asked."""

    ASKED = "asked"
    PROMISED = "promised"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in ``currency`` (ISO 4217) of ``year``; ``territory`` and ``pillar`` are None where not told.

    ``effects`` are addresses of what it made possible: practices, alliances, indicators.
    """

    value: Decimal
    currency: str
    year: int
    step: Step
    funder: str
    device: str
    source: str
    territory: str | None = None
    pillar: str | None = None
    effects: tuple[str, ...] = ()


Steps = Mapping[Step, Decimal | None]
"""What amounts add up to at each step; None where none is told."""


class Cut(StrEnum):
    """What amounts are added up by."""

    FUNDER = "funder"
    DEVICE = "device"
    TERRITORY = "territory"
    PILLAR = "pillar"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Sum:
    """What one value of a cut adds up to in one currency; ``key`` is None for the amounts that do not tell it.

    A step of which no amount is told is None: that is not zero.
    """

    key: str | int | None
    currency: str
    steps: Steps


@dataclass(frozen=True, slots=True)
class Excess:
    """More paid than promised, or promised than asked, for one funder, device and currency: a record is missing."""

    funder: str
    device: str
    currency: str
    step: Step
    value: Decimal
    before: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A total that a source prints, as printed. ``name`` is what the source calls it; ``part_of`` another subject."""

    subject: str
    name: Text | str
    value: Decimal
    unit: str
    source: str
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The printed parts of a subject with what they add up to, and the printed totals that this is and is not."""

    subject: str
    parts: tuple[Figure, ...]
    value: Decimal
    unit: str
    same: tuple[Figure, ...]
    other: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures on one subject that cannot all be right: two values, or one value under two names."""

    subject: str
    figures: tuple[Figure, ...]
    same_value: bool


def check_amounts(amounts: Iterable[Amount], file: str | None = None) -> tuple[Amount, ...]:
    """``amounts`` where each holds.

    Raises DataError, or Faults with every one of them, naming the row, on: an amount that is negative, no number, or
    above ``LARGEST``; cents of cents; no source, funder or device; a currency that is not known (`CURRENCIES`); a year
    outside 1900 to 2100.
    """
    checked, met = tuple(amounts), Gathering()
    for row, amount in enumerate(checked, start=1):
        for column, why, value in refusals(amount):
            with met.here():
                raise DataError(why, file=file, row=row, column=column, value=value, remedy="correct the row")
    met.end()
    return checked


def refusals(amount: Amount) -> Iterator[tuple[str, Message, str]]:
    """What does not hold in an amount: the field (each once), why, and what stands there.

    >>> wrong = Amount(Decimal(-5), "EUX", 2020, Step.PAID, "A", "B", "a report")
    >>> [column for column, _why, _value in refusals(wrong)]
    ['value', 'currency']
    """
    told = set()
    for column, wrong, why in _REFUSALS:
        if column not in told and wrong(amount):
            told.add(column)
            yield column, why, str(getattr(amount, column))


_REFUSALS: Final[tuple[tuple[str, Callable[[Amount], bool], Message], ...]] = (
    ("value", lambda one: not one.value.is_finite(), Message("this is no amount")),
    ("value", lambda one: one.value < 0, Message("an amount is never negative")),
    ("value", lambda one: one.value > LARGEST, Message("no programme moves that much")),
    ("value", lambda one: one.value != round(one.value, 2), Message("an amount has at most two decimals")),
    ("currency", lambda one: one.currency not in CURRENCIES,
     Message("this is no currency: it is written as its code of three capital letters, such as EUR")),
    ("year", lambda one: not 1900 <= one.year <= 2100, Message("this is no year")),
    ("funder", lambda one: not one.funder.strip(), Message("an amount has a funder")),
    ("device", lambda one: not one.device.strip(), Message("an amount has a device")),
    ("source", lambda one: not one.source.strip(), Message("no amount stands without its source")),
)  # fmt: skip


def among(amounts: Iterable[Amount], wanted: Mapping[Cut, str | int | None]) -> tuple[Amount, ...]:
    """The amounts that have every value wanted; None asks for those that do not tell it."""
    return tuple(one for one in amounts if all(getattr(one, cut.value) == value for cut, value in wanted.items()))


def effects_on(amounts: Iterable[Amount], address: str) -> tuple[Amount, ...]:
    """The amounts that name ``address`` among their effects."""
    return tuple(one for one in amounts if address in one.effects)


def sums(amounts: Sequence[Amount], cut: Cut) -> tuple[Sum, ...]:
    """What the amounts add up to by ``cut``, the largest asked first; currencies are never added together.

    >>> paid = Amount(Decimal("10.50"), "EUR", 2020, Step.PAID, "A", "B", "a report")
    >>> sums([paid, paid], Cut.YEAR)[0].steps[Step.PAID]
    Decimal('21.00')
    """
    added: dict[tuple[str | int | None, str], dict[Step, Decimal | None]] = defaultdict(_untold)
    for amount in amounts:
        _add(added[getattr(amount, cut.value), amount.currency], amount)
    rows = (Sum(key, currency, steps) for (key, currency), steps in added.items())
    return tuple(sorted(rows, key=lambda one: (one.currency, -_largest(one.steps), str(one.key or ""))))


def totals(amounts: Sequence[Amount]) -> Mapping[str, Steps]:
    """What all amounts add up to, by currency: the same whichever way they are cut."""
    added: dict[str, dict[Step, Decimal | None]] = defaultdict(_untold)
    for amount in amounts:
        _add(added[amount.currency], amount)
    return dict(added)


def excesses(amounts: Sequence[Amount]) -> tuple[Excess, ...]:
    """Where more was paid than promised, or promised than asked, over all years: said, never corrected in silence.

    A step that nobody recorded at all is not exceeded: sources often tell what was paid alone.
    """
    added: dict[tuple[str, str, str], dict[Step, Decimal]] = defaultdict(_nothing)
    for amount in amounts:
        added[amount.funder, amount.device, amount.currency][amount.step] += amount.value
    return tuple(
        Excess(*key, step, steps[step], steps[before])
        for key, steps in sorted(added.items())
        for before, step in ((Step.ASKED, Step.PROMISED), (Step.PROMISED, Step.PAID))
        if 0 < steps[before] < steps[step]
    )


def disagreements(figures: Sequence[Figure]) -> tuple[Disagreement, ...]:
    """The subjects on which printed figures disagree: several values, or one value under several names."""
    by_subject: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_subject[figure.subject].append(figure)
    return tuple(
        Disagreement(subject, tuple(told), len({(one.value, one.unit) for one in told}) == 1)
        for subject, told in by_subject.items()
        if len({(one.value, one.unit, str(one.name)) for one in told}) > 1
    )


def parts_of(figures: Sequence[Figure]) -> tuple[Parts, ...]:
    """What printed parts add up to, beside the printed totals; a part under two names with one value counts once.

    Parts of which one is printed with several values, or that are in several units, are added up to nothing.
    """
    by_subject: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        if figure.part_of is not None:
            by_subject[figure.part_of][figure.subject].append(figure)
    found = []
    for subject, parts in by_subject.items():
        once = tuple(told[0] for told in parts.values())
        units = {one.unit for one in once}
        if len(units) > 1 or any(len({one.value for one in told}) > 1 for told in parts.values()):
            continue
        value = sum((one.value for one in once), Decimal(0))
        whole = [one for one in figures if one.subject == subject]
        same = tuple(one for one in whole if (one.value, one.unit) == (value, once[0].unit))
        found.append(Parts(subject, once, value, once[0].unit, same, tuple(one for one in whole if one not in same)))
    return tuple(found)


def _untold() -> dict[Step, Decimal | None]:
    return dict.fromkeys(Step)


def _add(steps: dict[Step, Decimal | None], amount: Amount) -> None:
    steps[amount.step] = (steps[amount.step] or Decimal(0)) + amount.value


def _largest(steps: Steps) -> Decimal:
    return max(value for value in steps.values() if value is not None)


def _nothing() -> dict[Step, Decimal]:
    return {step: Decimal(0) for step in Step}
