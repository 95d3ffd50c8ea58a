"""The mirror: median and quartiles of one's peers, so published that nobody can be read out of them.

What can be asked is a lattice of groups: each criterion at one value, or open. A snapshot publishes those of them that
leave this promise whole: **whatever is added, subtracted or crossed, a combination of published groups holds at least
``K`` organisations, or none**. The combinations of groups come down to the parts into which they cut their members
(the atoms of the algebra that they generate): a group is published, the widest first, where it leaves each part at
``K`` or more. Groups last published count too, with the answers that they were made of: who joins, leaves or answers
otherwise alone is a part of one, so that the group keeps its figures, or is silent where somebody left.

Figures are rounded to five points, since a quartile of few organisations may be somebody's own score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import Final

import numpy as np

K: Final = 10
"""Organisations below which nothing is said of a group."""

ROUNDED_TO: Final = 5
_CUTS: Final = (0.25, 0.5, 0.75)
_GONE: Final = "gone:"

Group = tuple[tuple[str, str], ...]
"""The criteria that define a group, sorted: ``(("kind", "association"), ("size", "small"))``; ``()`` is everybody."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An organisation that consented, with one complete answer: its criteria, and its score (0 to 100) by dimension."""

    organisation: str
    criteria: Mapping[str, str]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Quartiles of a dimension, rounded to ``ROUNDED_TO`` points; ``n`` rounded down likewise."""

    low: int
    median: int
    high: int
    n: int


@dataclass(frozen=True, slots=True)
class Published:
    """A group that was published. ``figures`` by dimension; None where it has become silent.

    ``members`` are those behind its last figures, each with a mark of its answers: kept apart, shown to nobody. Who
    left the mirror is there as a number alone.
    """

    members: frozenset[str]
    figures: Mapping[str, Quartiles] | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the mirror shows until the next one; a group that is not there was never published."""

    groups: Mapping[Group, Published] = field(default_factory=dict)


NOTHING: Final = Snapshot()


@dataclass(frozen=True, slots=True)
class Reflection:
    """An answer of the mirror: the group that is shown, what was given up to reach it; None: nothing can be shown."""

    group: Group | None
    given_up: tuple[str, ...]
    figures: Mapping[str, Quartiles]


def refreshed(peers: Sequence[Peer], before: Snapshot = NOTHING, k: int = K) -> Snapshot:
    """The next snapshot.

    Raises ValueError where an organisation counts twice, or where peers are not scored on the same dimensions: groups
    must hold the same organisations whatever is read of them.
    """
    if len({peer.organisation for peer in peers}) != len(peers):
        raise ValueError("an organisation counts once")
    if len({frozenset(peer.scores) for peer in peers}) > 1:
        raise ValueError("peers are scored on the same dimensions")
    past = _without_the_gone(before, {peer.organisation for peer in peers})
    parts = _Parts(k)
    for published in past.values():
        parts.add(published.members)
    groups = dict(past)
    now = _members(peers)
    scores = {_element(peer): peer.scores for peer in peers}
    for group in sorted(now, key=lambda one: (len(one), -len(now[one]), one)):
        members = now[group]
        if len(members) >= k and parts.allow(members):
            parts.add(members)
            groups[group] = Published(members, _figures([scores[member] for member in members]))
    return Snapshot(groups)


def reflection(snapshot: Snapshot, wanted: Mapping[str, str], give_up: Sequence[str]) -> Reflection:
    """The narrowest published group around ``wanted``: criteria are given up one by one, in the order of ``give_up``.

    What is given up is said; where even everybody is too few, the group is None and nothing is shown.
    """
    kept = dict(wanted)
    given_up: list[str] = []
    for criterion in ("", *(one for one in give_up if one in wanted)):
        if criterion:
            del kept[criterion]
            given_up.append(criterion)
        group = tuple(sorted(kept.items()))
        published = snapshot.groups.get(group)
        if published is not None and published.figures is not None:
            return Reflection(group, tuple(given_up), published.figures)
    return Reflection(None, tuple(given_up), {})


class _Parts:
    """The parts into which groups cut their members: those who belong to exactly the same groups."""

    def __init__(self, k: int) -> None:
        self._k = k
        self._part: dict[str, int] = {}

    def allow(self, members: frozenset[str]) -> bool:
        """Whether cutting by ``members`` leaves no part, old or new, of fewer than ``k``."""
        inside = Counter(self._part.get(member, -1) for member in members)
        whole = Counter(self._part.values())
        return all(
            count >= self._k and (part == -1 or whole[part] - count == 0 or whole[part] - count >= self._k)
            for part, count in inside.items()
        )

    def add(self, members: frozenset[str]) -> None:
        """Cut by ``members``."""
        sides: dict[tuple[int, bool], int] = {}
        everybody = self._part.keys() | members
        cut = {member: (self._part.get(member, -1), member in members) for member in everybody}
        self._part = {member: sides.setdefault(side, len(sides)) for member, side in cut.items()}


def _without_the_gone(before: Snapshot, present: set[str]) -> dict[Group, Published]:
    """``before`` with a number for each who left, and silence for each group that they were in."""
    known = {member for published in before.groups.values() for member in published.members}
    left = sorted(one for one in known if not one.startswith(_GONE) and one.rsplit(":", 1)[0] not in present)
    free = max((int(one.removeprefix(_GONE)) for one in known if one.startswith(_GONE)), default=0) + 1
    numbers = {one: f"{_GONE}{free + place}" for place, one in enumerate(left)}
    return {
        group: Published(
            frozenset(numbers.get(member, member) for member in published.members),
            None if published.members & numbers.keys() else published.figures,
        )
        for group, published in before.groups.items()
    }


def _members(peers: Iterable[Peer]) -> dict[Group, frozenset[str]]:
    """Every group of the lattice that has somebody."""
    members: dict[Group, set[str]] = {}
    for peer in peers:
        criteria = sorted(peer.criteria.items())
        for count in range(len(criteria) + 1):
            for group in combinations(criteria, count):
                members.setdefault(group, set()).add(_element(peer))
    return {group: frozenset(names) for group, names in members.items()}


def _element(peer: Peer) -> str:
    """An organisation with what it answered: who answers otherwise is somebody else to the figures."""
    mark = sha256(repr(sorted(peer.scores.items())).encode()).hexdigest()[:16]
    return f"{peer.organisation}:{mark}"


def _figures(scores: Sequence[Mapping[str, float]]) -> dict[str, Quartiles]:
    n = len(scores) // ROUNDED_TO * ROUNDED_TO
    figures: dict[str, Quartiles] = {}
    for dimension in sorted(scores[0]):
        cuts = np.quantile([one[dimension] for one in scores], _CUTS)
        low, middle, high = (ROUNDED_TO * round(float(value) / ROUNDED_TO) for value in cuts)
        figures[dimension] = Quartiles(low, middle, high, n)
    return figures
