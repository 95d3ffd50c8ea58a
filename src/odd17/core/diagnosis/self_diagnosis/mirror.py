"""The mirror: median and quartiles of one's peers, so published that nobody can be read out of them.

What can be asked is a lattice of groups: each criterion open, or at one of its values, which may be wider and wider
(a département, its region). A snapshot shows groups so that this promise stays whole: **whatever is added, subtracted
or crossed of all that was ever shown, a combination holds at least ``K`` organisations, or none**. It rests on
``Parts``, which every group shown cuts for good.

- A group is shown with as many of its organisations as that leaves; the narrowest groups first.
- Its figures stay as they are until as many newcomers as half of those shown (``K`` at least) can be added: newcomers
  taken in by small lots could never be told apart again.
- Who leaves is out at once, with as many others as it takes that nobody reads who left; or the group is silent.

Figures are rounded to five points, since a quartile of few organisations may be somebody's own score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from typing import Final

import numpy as np

from .parts import Parts

K: Final = 10
"""Organisations below which nothing is said of a group."""

ROUNDED_TO: Final = 5
_CUTS: Final = (0.25, 0.5, 0.75)
_GONE: Final = "gone:"

Group = tuple[tuple[str, str], ...]
"""The criteria that define a group, sorted: ``(("kind", "association"), ("size", "small"))``; ``()`` is everybody."""

Criteria = Mapping[str, tuple[str, ...]]
"""By criterion, its value, then wider ones: ``{"territory": ("DEP-35", "REG-53"), "size": ("small",)}``."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An organisation that consented, with one complete answer: its criteria, and its score (0 to 100) by dimension."""

    organisation: str
    criteria: Criteria
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
    """A group that is shown: its figures by dimension, and the members behind them, each with a mark of its answers.

    Members are kept apart and shown to nobody.
    """

    members: frozenset[str]
    figures: Mapping[str, Quartiles]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the mirror shows until the next one, and the ``parts`` into which all that was ever shown cuts its members.

    Who left is there as a number alone.
    """

    groups: Mapping[Group, Published] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)


NOTHING: Final = Snapshot()


@dataclass(frozen=True, slots=True)
class Widening:
    """A criterion that was given up to reach a group: from the value that was wanted to a wider one, or to any."""

    criterion: str
    wanted: str
    reached: str | None


@dataclass(frozen=True, slots=True)
class Reflection:
    """An answer of the mirror: the group that is shown, what was given up to reach it; None: nothing can be shown."""

    group: Group | None
    given_up: tuple[Widening, ...]
    figures: Mapping[str, Quartiles]


def refreshed(
    peers: Sequence[Peer], before: Snapshot = NOTHING, taken_back: Collection[str] = (), k: int = K
) -> Snapshot:
    """The next snapshot. ``taken_back``: organisations one of whose people took answers back since ``before``.

    Raises ValueError where an organisation counts twice, or where peers are not scored on the same dimensions: groups
    must hold the same organisations whatever is read of them.
    """
    if len({peer.organisation for peer in peers}) != len(peers):
        raise ValueError("an organisation counts once")
    if len({frozenset(peer.scores) for peer in peers}) > 1:
        raise ValueError("peers are scored on the same dimensions")
    present = {_element(peer): peer for peer in peers}
    standing = _without_the_gone(before, present, taken_back)
    parts = Parts(standing.parts, k)
    groups = dict(standing.groups)
    wanted = ((group, members) for group, members in _members(present).items() if len(members) >= k)
    for group, members in sorted(wanted, key=lambda one: (len(one[1]), -len(one[0]), one[0])):
        shown = _next(members, groups.get(group), parts, k)
        if shown:
            parts.cut(shown)
            groups[group] = Published(shown, _figures([present[member].scores for member in sorted(shown)]))
    return Snapshot(groups, parts.part)


def reflection(snapshot: Snapshot, wanted: Criteria, give_up: Sequence[str]) -> Reflection:
    """The narrowest group that is shown around ``wanted``: criteria widen one by one, in the order of ``give_up``.

    What is given up is said; where even everybody is too few, the group is None and nothing is shown.
    """
    kept = {criterion: values[0] for criterion, values in wanted.items()}
    steps = [
        (criterion, wider) for criterion in give_up if criterion in wanted for wider in (*wanted[criterion][1:], None)
    ]
    for criterion, wider in [("", None), *steps]:
        if wider is not None:
            kept[criterion] = wider
        elif criterion:
            del kept[criterion]
        group = tuple(sorted(kept.items()))
        if group in snapshot.groups:
            return Reflection(group, _widened(wanted, kept), snapshot.groups[group].figures)
    return Reflection(None, _widened(wanted, kept), {})


def _next(members: frozenset[str], standing: Published | None, parts: Parts, k: int) -> frozenset[str]:
    """What a group of ``members`` shows next; empty where it stays as it is."""
    showable = parts.showable(members)
    if standing is None:
        return showable
    newcomers = showable - standing.members
    if len(showable) >= len(standing.members) and len(newcomers) >= max(k, len(standing.members) / 2):
        return showable
    whole = parts.whole(members)
    return whole if len(whole) > len(standing.members) else frozenset()


def _without_the_gone(before: Snapshot, present: Collection[str], taken_back: Collection[str]) -> Snapshot:
    """``before`` with a number for each who left or took answers back, and without the groups that they were in."""
    here = {_organisation(element) for element in present}
    left = sorted(
        element
        for element in before.parts
        if element not in present
        and not element.startswith(_GONE)
        and (_organisation(element) not in here or _organisation(element) in taken_back)
    )
    free = sum(element.startswith(_GONE) for element in before.parts)
    numbers = {element: f"{_GONE}{place}" for place, element in enumerate(left, free)}
    return Snapshot(
        {group: shown for group, shown in before.groups.items() if not shown.members & numbers.keys()},
        {numbers.get(element, element): part for element, part in before.parts.items()},
    )


def _members(present: Mapping[str, Peer]) -> dict[Group, frozenset[str]]:
    """Every group of the lattice that has somebody."""
    members: dict[Group, set[str]] = {}
    for element, peer in present.items():
        choices = [[(criterion, value) for value in (None, *values)] for criterion, values in peer.criteria.items()]
        for chosen in product(*choices):
            group = tuple(sorted((criterion, value) for criterion, value in chosen if value is not None))
            members.setdefault(group, set()).add(element)
    return {group: frozenset(names) for group, names in members.items()}


def _widened(wanted: Criteria, kept: Mapping[str, str]) -> tuple[Widening, ...]:
    return tuple(
        Widening(criterion, values[0], kept.get(criterion))
        for criterion, values in wanted.items()
        if kept.get(criterion) != values[0]
    )


def _element(peer: Peer) -> str:
    """An organisation with what it answered: who answers otherwise is somebody else to the figures."""
    mark = sha256(repr(sorted(peer.scores.items())).encode()).hexdigest()[:16]
    return f"{peer.organisation}:{mark}"


def _organisation(element: str) -> str:
    return element.rpartition(":")[0]


def _figures(scores: Iterable[Mapping[str, float]]) -> dict[str, Quartiles]:
    rows = list(scores)
    n = len(rows) // ROUNDED_TO * ROUNDED_TO
    figures: dict[str, Quartiles] = {}
    for dimension in sorted(rows[0]):
        cuts = np.quantile([one[dimension] for one in rows], _CUTS)
        low, middle, high = (ROUNDED_TO * round(float(value) / ROUNDED_TO) for value in cuts)
        figures[dimension] = Quartiles(low, middle, high, n)
    return figures
