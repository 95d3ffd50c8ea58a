"""Territorial catalysts, bridgeheads and public schemes: who they are, how fresh an entry is, what they cover."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from odd17.core.kernel.months import whole_months

CONFIRM_MONTHS: Final = 12
"""Months after which an entry is to be confirmed: it is marked, and its holder reminded."""

EXPIRE_MONTHS: Final = 15
"""Months after which an entry that nobody confirmed is no longer shown."""

FORGET_MONTHS: Final = 24
"""Months after which an entry that nobody confirmed is erased: nobody is kept in a file for ever."""


class Kind(StrEnum):
    """What an entry is."""

    CATALYST = "catalyst"
    BRIDGEHEAD = "bridgehead"
    SCHEME = "scheme"


class Freshness(StrEnum):
    """Whether somebody still vouches for the entry."""

    FRESH = "fresh"
    STALE = "stale"
    EXPIRED = "expired"
    CITED = "cited"  # a source names it, nobody has claimed it: it is shown as that, and never expires


@dataclass(frozen=True, slots=True)
class Catalyst:
    """An entry of the directory; words are identifiers of the kernel's vocabularies, territories of the COG.

    ``services`` are the services of the matrix of access that it gives. ``doubtful_trades`` are those that a damaged
    source leaves unsure. ``confirmed`` is the day on which its holder last vouched for it. No contact stands here:
    a request reaches the holder through the platform.
    """

    id: str
    name: str
    kind: Kind = Kind.CATALYST
    trades: tuple[str, ...] = ()
    doubtful_trades: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("fr",)
    summary: str = ""
    practices: tuple[str, ...] = ()  # of the base, in which it took part
    sources: tuple[str, ...] = ()
    confirmed: date | None = None
    cited: bool = False
    doubtful_name: bool = False  # a damaged source leaves its letters unsure
    count: int = 1  # how many it stands for, where a source gives a number and no names


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody looked for a trade on a territory and says, with a source and a day, that no one there does it."""

    trade: str
    territory: str
    source: str
    day: date


class Presence(StrEnum):
    """What is known of a trade on a territory. Nobody known is no gap: perhaps nobody looked."""

    SOMEONE = "someone"
    DOUBTFUL = "doubtful"
    NO_ONE_KNOWN = "no_one_known"
    NO_ONE = "no_one"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A trade on a territory: who does it, who perhaps does, and what is known of the absence of anyone."""

    presence: Presence
    catalysts: tuple[Catalyst, ...] = ()
    doubtful: tuple[Catalyst, ...] = ()
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Trades (rows) by territories (columns), in the order asked for."""

    trades: tuple[str, ...]
    territories: tuple[str, ...]
    cells: Mapping[tuple[str, str], Coverage] = field(default_factory=dict)


def freshness(catalyst: Catalyst, day: date) -> Freshness:
    """Whether the entry still stands on ``day``; one that a source cites and nobody claimed is CITED.

    >>> freshness(Catalyst("1", "A", confirmed=date(2025, 11, 25)), date(2026, 11, 25)).value
    'stale'
    """
    if catalyst.confirmed is None:
        return Freshness.CITED if catalyst.cited else Freshness.EXPIRED
    if is_lapsed(catalyst.confirmed, day):
        return Freshness.EXPIRED
    return Freshness.STALE if whole_months(catalyst.confirmed, day) >= CONFIRM_MONTHS else Freshness.FRESH


def is_lapsed(confirmed: date, day: date) -> bool:
    """Whether nobody confirmed the entry for so long that it is no longer shown on ``day``."""
    return whole_months(confirmed, day) >= EXPIRE_MONTHS


def reminder_due(confirmed: date, reminded: date | None, day: date) -> bool:
    """Whether a holder is to be asked on ``day`` to confirm: once the entry is to be, then each month until erased.

    >>> reminder_due(date(2025, 11, 25), None, date(2026, 11, 25))
    True
    >>> reminder_due(date(2025, 11, 25), date(2026, 11, 25), date(2026, 12, 24))
    False
    """
    if not CONFIRM_MONTHS <= whole_months(confirmed, day) < FORGET_MONTHS:
        return False
    return reminded is None or reminded < confirmed or whole_months(reminded, day) >= 1


def shown(catalysts: Sequence[Catalyst], day: date) -> tuple[Catalyst, ...]:
    """The entries that a reader may see on ``day``."""
    return tuple(one for one in catalysts if freshness(one, day) is not Freshness.EXPIRED)


def coverage(
    trades: Sequence[str],
    territories: Sequence[str],
    on: Callable[[str], Sequence[Catalyst]],
    absences: Sequence[Absence] = (),
) -> CoverageMatrix:
    """Who does which trade where. ``on`` gives the entries that work on a territory: its own, a part, a whole.

    Somebody known outweighs an absence that was stated: an entry is newer evidence than a search that found nobody.
    """
    cells: dict[tuple[str, str], Coverage] = {}
    stated = {(one.trade, one.territory): one for one in sorted(absences, key=lambda one: one.day)}
    for territory in territories:
        there = on(territory)
        for trade in trades:
            sure = tuple(one for one in there if trade in one.trades)
            unsure = tuple(one for one in there if trade in one.doubtful_trades and trade not in one.trades)
            absence = stated.get((trade, territory))
            if sure:
                cells[trade, territory] = Coverage(Presence.SOMEONE, sure, unsure)
            elif unsure:
                cells[trade, territory] = Coverage(Presence.DOUBTFUL, (), unsure)
            elif absence is not None:
                cells[trade, territory] = Coverage(Presence.NO_ONE, absence=absence)
            else:
                cells[trade, territory] = Coverage(Presence.NO_ONE_KNOWN)
    return CoverageMatrix(tuple(trades), tuple(territories), cells)
