"""Cases that may tell the same alliance twice: proposed for merging, never merged in silence.

Pairs are compared where their titles share enough words, or the same partners meet in the same place. The first are
found without comparing all pairs, by prefix filtering: two sets whose Jaccard index reaches t share words among the
rarest of each, one (Bayardo, Ma & Srikant, 2007, Scaling up all pairs similarity search), or several where one looks
at as many more (Wang, Li & Feng, 2012, Can we beat the prefix filtering?).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from sys import intern
from typing import Final

from .case import Case
from .words import words_of


class Shared(StrEnum):
    """What two cases have in common."""

    TITLE = "title"
    PARTNERS = "partners"
    PLACE = "place"
    TEXT = "text"


WEIGHTS: Final[dict[Shared, float]] = {Shared.TITLE: 0.4, Shared.PARTNERS: 0.3, Shared.PLACE: 0.1, Shared.TEXT: 0.2}
"""How much each counts; one that either case does not tell is left out, and the others keep their proportions."""

TITLES: Final = 0.5
"""Jaccard index of the words of two titles from which they are compared."""

ALIKE: Final = 0.7
"""Likeness from which two cases are proposed for merging."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two cases (their numbers) with their likeness from 0 to 1, and what they share."""

    first: str
    second: str
    likeness: float
    shared: Mapping[Shared, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What decides whether two cases are worth comparing: the words of the title, the partners, the places."""

    title: frozenset[str]
    partners: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What of a case is compared: its sketch, and the words of its text."""

    number: str
    sketch: Sketch
    text: frozenset[str]


class Near:
    """Which cases are worth comparing, kept while cases come, change and go.

    ``rarity`` says in which order the words of a title are looked at, the smallest first; any order gives the same
    pairs, and how often each word occurs gives them soonest.
    """

    def __init__(self, rarity: Mapping[str, int]) -> None:
        self._rarity = rarity
        self._kept: dict[int, tuple[tuple[str, ...], str]] = {}  # little of each: there may be many
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_meeting: dict[str, set[int]] = {}

    def put(self, number: int, sketch: Sketch) -> set[int]:
        """Keep the case ``number`` as it is now; the others that are worth comparing with it."""
        self.remove(number)
        words = _looked_at(sketch.title, self._rarity)
        shared = Counter[int]()
        for word in words:
            shared.update(self._by_word[word])
            self._by_word[word].add(number)
        needed = min(2, math.ceil(TITLES * len(sketch.title)))
        near = (other for other, count in shared.items() if count >= needed)
        found = {other for other in near if _jaccard(sketch.title, set(self._kept[other][0])) >= TITLES}
        meeting = _meeting(sketch)
        if meeting:
            met = self._by_meeting.setdefault(meeting, set())
            found |= met
            met.add(number)
        self._kept[number] = (tuple(sketch.title), meeting)
        return found

    def remove(self, number: int) -> None:
        """Forget the case ``number``, where it is kept."""
        title, meeting = self._kept.pop(number, ((), ""))
        for word in _looked_at(title, self._rarity):
            self._by_word[word].discard(number)
        if meeting:
            self._by_meeting[meeting].discard(number)


def sketch(title: str, partners: Iterable[str], places: Iterable[str]) -> Sketch:
    """The sketch of a case with this title, the names of its partners, and its territories."""
    names = (" ".join(sorted(words)) for name in partners if (words := words_of(name)))
    return Sketch(frozenset(map(intern, words_of(title))), frozenset(names), frozenset(places))


def rarity(titles: Iterable[str]) -> dict[str, int]:
    """How many of ``titles`` have each word."""
    return Counter(word for title in titles for word in words_of(title))


def told(case: Case) -> Told:
    """What of ``case`` is compared."""
    story = case.story
    text = " ".join((case.summary, story.need, story.alliance, story.steps, story.results, story.learnt))
    names = (item.name for item in case.partners)
    return Told(case.id, sketch(case.title, names, case.territories), words_of(text))


def likely(one: Told, other: Told) -> Likely | None:
    """What makes two cases look like one; None where they do not.

    >>> likely(told(Case(id="1", title="Le rucher")), told(Case(id="2", title="Un Rucher"))).likeness
    1.0
    """
    pairs = {
        Shared.TITLE: (one.sketch.title, other.sketch.title),
        Shared.PARTNERS: (one.sketch.partners, other.sketch.partners),
        Shared.PLACE: (one.sketch.places, other.sketch.places),
        Shared.TEXT: (one.text, other.text),
    }
    shared = {what: _jaccard(*sets) for what, sets in pairs.items() if all(sets)}
    whole = sum(WEIGHTS[what] for what in shared)
    likeness = sum(WEIGHTS[what] * value for what, value in shared.items()) / whole if whole else 0.0
    return Likely(one.number, other.number, likeness, shared) if likeness >= ALIKE else None


def _looked_at(title: Collection[str], rarity: Mapping[str, int]) -> list[str]:
    """The words of which two, or the only one that it must share, stand in any other title as near as ``TITLES``.

    A title of n words shares at least ceil(TITLES n) of them with it. Of those, two are among the first of each as soon
    as one looks at all words but ceil(TITLES n) - 2.
    """
    spared = max(0, math.ceil(TITLES * len(title)) - 2)
    return sorted(title, key=lambda word: (rarity.get(word, 0), word))[: len(title) - spared]


def _meeting(sketch: Sketch) -> str:
    """The partners of a case and where they meet, where there are several; else nothing."""
    if len(sketch.partners) < 2:
        return ""
    return "\n".join((*sorted(sketch.partners), "", *sorted(sketch.places)))


def _jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
