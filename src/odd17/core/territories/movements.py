"""How communes become others: the movements of INSEE's file, and the passage from one vintage to another.

The vintage of a year is the code officiel géographique of 1 January of that year: a movement that takes effect on
15 March 2024 stands between the vintages 2024 and 2025.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Edge = tuple[str, str]
"""A commune before, a commune after; an absorbing commune has an edge to itself."""

SAME_AS_NEXT = frozenset({2025})
"""Vintages whose communes are all those of the next one, as the two lists of INSEE show: 2026 has the 34,875 codes of
2025, and the EPCI that odd17 ships are those of 2025."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a commune of the new vintage is made of: communes of the old one, whole or in part."""

    communes: frozenset[str]
    is_whole: bool  # False where one of them was split on the way: its value cannot be divided


@dataclass(frozen=True, slots=True)
class Passage:
    """From one vintage to another. A commune that is in neither ``origins`` nor ``ended`` is unchanged.

    ``is_covered`` is False where the movements of some year on the way are unknown: then nothing vouches for a code
    that seems unchanged.
    """

    origins: Mapping[str, Origin]
    ended: frozenset[str]
    is_covered: bool

    def successors(self) -> dict[str, list[str]]:
        """For each commune of the old vintage that changed, those of the new one that hold some of it."""
        found: dict[str, list[str]] = defaultdict(list)
        for commune in sorted(self.origins):
            for old in self.origins[commune].communes:
                found[old].append(commune)
        return found


@dataclass(frozen=True, slots=True)
class Movements:
    """Movements between communes in order of time, known up to the vintage of the year ``through``.

    >>> movements = Movements.of([("2024-03-15", "69159", "69114")], through=2025)
    >>> movements.passage(2024, 2025).origins["69114"].communes
    frozenset({'69159'})
    >>> movements.passage(2025, 2024).origins["69159"].communes
    frozenset({'69114'})
    """

    steps: tuple[tuple[str, frozenset[Edge]], ...]  # date of effect in ISO form, what happens together
    through: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]], *, through: int) -> Movements:
        """From rows (date of effect in ISO form, commune before, commune after), in any order.

        Of one day, what leads to a commune that itself goes on the same day is taken first (49144 became 44225, which
        became part of 44180, both on 1 January 2018).
        """
        by_date: dict[str, set[Edge]] = defaultdict(set)
        for date, before, after in rows:
            by_date[date].add((before, after))
        steps = tuple((date, step) for date in sorted(by_date) for step in _in_order(by_date[date]))
        return cls(steps, through)

    def passage(self, start: int, end: int) -> Passage:
        """From the vintage of the year ``start`` to that of ``end``, forwards or backwards in time."""
        first, last = min(start, end), max(start, end)
        on_the_way = [edges for date, edges in self.steps if f"{first:04}-01-01" < date <= f"{last:04}-01-01"]
        if end < start:
            on_the_way = [frozenset((after, before) for before, after in edges) for edges in reversed(on_the_way)]
        is_covered = all(year < self.through or year in SAME_AS_NEXT for year in range(first, last))
        return _compose(on_the_way, is_covered)


NO_MOVEMENTS = Movements((), through=0)
"""What is known without INSEE's file: nothing."""


def _in_order(edges: set[Edge]) -> list[frozenset[Edge]]:
    """The edges of one day in steps, so that no commune is left before it is reached."""
    steps: list[frozenset[Edge]] = []
    remaining = set(edges)
    while remaining:
        sources = {before for before, _ in remaining}
        passing = {after for _, after in remaining if after in sources and (after, after) not in remaining}
        feeding = {before for before, after in remaining if after in passing} - passing
        step = {edge for edge in remaining if edge[0] in feeding} or remaining  # two codes exchanged: all at once
        steps.append(frozenset(step))
        remaining = remaining - step
    return steps


def _compose(steps: Iterable[frozenset[Edge]], is_covered: bool) -> Passage:
    state: dict[str, Origin] = {}
    ended: set[str] = set()

    def origin(commune: str) -> Origin:
        nothing = Origin(frozenset(), False)
        return state.get(commune, nothing if commune in ended else Origin(frozenset({commune}), True))

    for edges in steps:
        sources: dict[str, list[str]] = defaultdict(list)
        parts: dict[str, int] = defaultdict(int)
        for before, after in sorted(edges):
            sources[after].append(before)
            parts[before] += 1
        reached = {
            after: Origin(
                frozenset().union(*(origin(before).communes for before in befores)),
                all(origin(before).is_whole and parts[before] == 1 for before in befores),
            )
            for after, befores in sources.items()
        }
        for before in parts:
            state.pop(before, None)
        ended |= parts.keys() - reached.keys()
        ended -= reached.keys()
        state |= reached
    changed = {
        commune: found for commune, found in state.items() if found != Origin(frozenset({commune}), True)
    }  # a new name changes nothing
    return Passage(changed, frozenset(ended), is_covered)
