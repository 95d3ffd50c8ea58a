"""Cases that may tell the same alliance twice: proposed for merging, never merged in silence.

Pairs are compared where their titles share enough words, or the same partners meet in the same place. The first are
found without comparing all pairs, by prefix filtering: two sets whose Jaccard index reaches t share a word among the
rarest of each (Bayardo, Ma & Srikant, 2007, Scaling up all pairs similarity search).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
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
    """Two cases (their numbers, the smaller position first) with their likeness from 0 to 1, and what they share."""

    first: str
    second: str
    likeness: float
    shared: Mapping[Shared, float]


@dataclass(frozen=True, slots=True)
class _Told:
    title: frozenset[str]
    partners: frozenset[str]
    places: frozenset[str]
    text: frozenset[str]


def near_duplicates(cases: Sequence[Case], *, among: Iterable[str] | None = None) -> tuple[Likely, ...]:
    """The pairs that may be one, the likeliest first; with ``among``, those that have one of these numbers.

    >>> [pair.likeness for pair in near_duplicates([Case(id="1", title="Le rucher"), Case(id="2", title="Un Rucher")])]
    [1.0]
    """
    told = [_told(case) for case in cases]
    wanted = None if among is None else set(among)
    found = []
    for one, other in _candidates(told):
        first, second = cases[one].id, cases[other].id
        if wanted is not None and first not in wanted and second not in wanted:
            continue
        likeness, shared = _likeness(told[one], told[other])
        if likeness >= ALIKE:
            found.append((-likeness, one, other, Likely(first, second, likeness, shared)))
    return tuple(item[-1] for item in sorted(found, key=lambda item: item[:3]))


def _told(case: Case) -> _Told:
    story = case.story
    text = " ".join((case.summary, story.need, story.alliance, story.steps, story.results, story.learnt))
    return _Told(
        words_of(case.title),
        frozenset(" ".join(sorted(words)) for item in case.partners if (words := words_of(item.name))),
        frozenset(case.territories),
        words_of(text),
    )


def _candidates(told: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Pairs of positions worth comparing, each once, the smaller first."""
    rarity = Counter(word for item in told for word in item.title)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_partners: dict[tuple[frozenset[str], frozenset[str]], list[int]] = defaultdict(list)
    for position, item in enumerate(told):
        near: set[int] = set()
        for word in _rarest(item.title, rarity):
            near.update(by_word[word])
            by_word[word].append(position)
        met = {other for other in near if _jaccard(item.title, told[other].title) >= TITLES}
        if len(item.partners) > 1:
            key = (item.partners, item.places)
            met.update(by_partners[key])
            by_partners[key].append(position)
        for other in met:
            yield other, position


def _rarest(words: frozenset[str], rarity: Mapping[str, int]) -> list[str]:
    """The words of which another set as near as ``TITLES`` must share one."""
    kept = len(words) - math.ceil(TITLES * len(words)) + 1
    return sorted(words, key=lambda word: (rarity[word], word))[:kept]


def _likeness(one: _Told, other: _Told) -> tuple[float, dict[Shared, float]]:
    pairs = {
        Shared.TITLE: (one.title, other.title),
        Shared.PARTNERS: (one.partners, other.partners),
        Shared.PLACE: (one.places, other.places),
        Shared.TEXT: (one.text, other.text),
    }
    shared = {what: _jaccard(*sets) for what, sets in pairs.items() if all(sets)}
    whole = sum(WEIGHTS[what] for what in shared)
    if not whole:
        return 0.0, {}
    return sum(WEIGHTS[what] * value for what, value in shared.items()) / whole, shared


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
