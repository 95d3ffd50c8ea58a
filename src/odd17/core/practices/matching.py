"""Cases that could work here, and why: from a need, or from a territory and a domain, cases ranked with their reasons.

The score is a weighted mean of parts, each between 0 and 1 and each shown. A part that the need does not ask for (no
words, no kind of actor) is left out and the others keep their proportions. A case that says nothing of a part gets 0
there: silence is no reason. No rate, rank or gap of a territory is ever computed from cases: a base of cases is no
census.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from odd17.core.kernel import proofs

from .case import Case
from .completeness import sure_on
from .need import Ground, Need, Widening, domains_considered, family_of, near_domains, need_of
from .words import words_of


class Part(StrEnum):
    """What makes a case fit."""

    DOMAIN = "domain"
    TERRITORY = "territory"
    WORDS = "words"
    PARTNERS = "partners"
    TYPE = "type"
    STAGE = "stage"
    PROOF = "proof"
    FRESHNESS = "freshness"


WEIGHTS: Final[dict[Part, float]] = {
    Part.DOMAIN: 0.30,
    Part.TERRITORY: 0.20,
    Part.WORDS: 0.15,
    Part.PARTNERS: 0.10,
    Part.TYPE: 0.05,
    Part.STAGE: 0.05,
    Part.PROOF: 0.10,
    Part.FRESHNESS: 0.05,
}
"""Our choice, in the order in which the question is asked: the same fragility, in a place like this one, then how."""

FIRST: Final = 10
"""The first so many are not of one family."""

_REPEATED: Final = 0.12
"""What a case loses for each one of its family already among the first."""

FRESH_MONTHS: Final = 120
"""After so many months freshness counts nothing."""

NEAR_DOMAIN: Final = 0.4
"""What a domain of the same dimension counts of the domain asked."""

SAME_FAMILY: Final = 0.5
"""What a type of the same family counts of the type asked."""


@dataclass(frozen=True, slots=True)
class Why:
    """One part of a score: how well it fits from 0 to 1, its share of the whole, and the facts that its words need."""

    part: Part
    fit: float
    weight: float
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A case with its score from 0 to 1, and why: the weightiest reason first, parts without fit left out."""

    case: Case
    score: float
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """The cases, the best first, and what was widened to find them (None: nothing)."""

    matches: tuple[Match, ...]
    widened: Widening | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The cases, by their number, among which the best for a need are; ``rarity`` weighs its words over all of them."""

    ids: tuple[str, ...]
    rarity: Mapping[str, float]
    widened: Widening | None = None


Said = Mapping[str, frozenset[str]]
"""The words of cases by their number, where they are known."""


def said_in(case: Case) -> frozenset[str]:
    """The words of all that a case tells."""
    story = case.story
    return words_of(
        " ".join((case.title, case.summary, story.need, story.alliance, story.steps, story.results, story.learnt))
    )


def match(need: Need, cases: Sequence[Case], day: date, most: int = 30, said: Said | None = None) -> Matches:
    """The ``most`` cases that fit best on ``day``, varied among the first ten.

    The same cases in another order give the same answer: ties go by number. ``said`` has the words of every case;
    where it is None they are made here. Among thousands of cases, an index chooses and :func:`best` answers the same.
    """
    asked, widened = domains_considered(need, lambda some: len(_with(some, cases)))
    kept = _with(asked, cases)
    known = _known(need, kept, said)
    wanted = words_of(need.words)
    rarity = rarity_of({word: sum(word in known[case.id] for case in kept) for word in wanted}, len(kept))
    return best(need, kept, Candidates((), rarity, widened), day, most, known)


def best(
    need: Need, cases: Sequence[Case], found: Candidates, day: date, most: int = 30, said: Said | None = None
) -> Matches:
    """The ``most`` best of ``cases``, those of ``found``: what :func:`match` gives of all cases.

    That holds where ``cases`` have the :func:`considered` best of all.
    """
    known = _known(need, cases, said)
    scored = sorted((_scored(need, case, day, found.rarity, known) for case in cases), key=_order)
    return Matches(tuple(_varied(scored[: considered(most)])[:most]), found.widened)


def similar(case: Case, cases: Sequence[Case], day: date, most: int = 5, said: Said | None = None) -> tuple[Match, ...]:
    """The cases most like ``case``: same domains, places, kinds of partner, type, stage and words."""
    others = [other for other in cases if other.id != case.id]
    return match(need_of(case), others, day, most, said).matches


def considered(most: int) -> int:
    """How many of the best by score are looked at, so that the first of the ``most`` that are shown can be varied."""
    return most * 3


def rarity_of(counts: Mapping[str, int], cases: int) -> dict[str, float]:
    """Inverse document frequency of each word (Spärck Jones, 1972, smoothed), the rarest first.

    ``counts``: how many of the ``cases`` have it.
    """
    rarity = {word: math.log((cases + 1) / (count + 0.5)) for word, count in counts.items()}
    return dict(sorted(rarity.items(), key=lambda item: (-item[1], item[0])))


def fresh(last: date | None, day: date) -> float:
    """How fresh on ``day`` a case is of which somebody made sure on ``last``: from 1, in that month, to 0 in ten years.

    >>> fresh(date(2025, 11, 30), date(2026, 11, 1)), fresh(None, date(2026, 11, 1))
    (0.9, 0.0)
    """
    if last is None:
        return 0.0
    months = max((day.year - last.year) * 12 + day.month - last.month, 0)
    return max(1.0 - months / FRESH_MONTHS, 0.0)


def fresh_since(case: Case) -> date | None:
    """The last day on which someone made sure of the case; the one on which a citation was copied says nothing."""
    return case.checked if case.cited else sure_on(case)


def weight_of_all(need: Need) -> float:
    """The sum of the weights of the parts that ``need`` asks for: a score is a mean over them."""
    asked = {
        Part.DOMAIN: need.domains,
        Part.TERRITORY: need.ground is not None,
        Part.WORDS: need.words,
        Part.PARTNERS: need.partners,
        Part.TYPE: need.alliance_type,
        Part.STAGE: need.stage,
        Part.PROOF: True,
        Part.FRESHNESS: True,
    }
    return sum(WEIGHTS[part] for part, is_asked in asked.items() if is_asked)


def _known(need: Need, cases: Sequence[Case], said: Said | None) -> Said:
    return said if said is not None else {case.id: said_in(case) for case in cases} if need.words else {}


def _with(asked: frozenset[str] | None, cases: Sequence[Case]) -> Sequence[Case]:
    return cases if asked is None else [case for case in cases if not asked.isdisjoint(case.domains)]


def _scored(need: Need, case: Case, day: date, rarity: Mapping[str, float], said: Said) -> Match:
    parts = (*_asked(need, case, rarity, said), _proof(case), _freshness(case, day))
    whole = weight_of_all(need)
    shared = [Why(part.part, part.fit, part.weight / whole, part.facts) for part in parts]
    reasons = sorted((part for part in shared if part.fit > 0), key=lambda part: -part.fit * part.weight)
    return Match(case, sum(part.fit * part.weight for part in shared), tuple(reasons))


def _asked(need: Need, case: Case, rarity: Mapping[str, float], said: Said) -> Iterable[Why]:
    if need.domains:
        yield _domain(need.domains, case)
    if need.ground is not None:
        yield _territory(need.ground, case)
    if need.words:
        yield _words(said[case.id], rarity)
    if need.partners:
        present = tuple(kind for kind in need.partners if any(item.kind == kind for item in case.partners))
        yield _why(Part.PARTNERS, len(present) / len(need.partners), kinds=present)
    if need.alliance_type:
        family, own = family_of(need.alliance_type), family_of(case.alliance_type)
        fit = 1.0 if case.alliance_type == need.alliance_type else SAME_FAMILY * (family is not None and own == family)
        yield _why(Part.TYPE, fit, type=case.alliance_type)
    if need.stage:
        yield _why(Part.STAGE, float(case.stage == need.stage), stage=case.stage)


def _domain(asked: tuple[str, ...], case: Case) -> Why:
    same = tuple(id for id in asked if id in case.domains)
    if same:
        return _why(Part.DOMAIN, 1.0, domains=same)
    near = tuple(id for id in case.domains if id in near_domains(asked))
    return _why(Part.DOMAIN, NEAR_DOMAIN if near else 0.0, near=near)


def _territory(ground: Ground, case: Case) -> Why:
    found = [(*ground.places[id], id) for id in case.territories if id in ground.places]
    if not found:
        return _why(Part.TERRITORY, 0.0)
    likeness, how, id = max(found)
    return _why(Part.TERRITORY, likeness, territory=id, how=how)


def _words(said: frozenset[str], rarity: Mapping[str, float]) -> Why:
    shared = [word for word in rarity if word in said]
    whole = sum(rarity.values())
    return _why(Part.WORDS, sum(rarity[word] for word in shared) / whole if whole else 0.0, words=tuple(shared[:5]))


def _proof(case: Case) -> Why:
    order = strengths()
    strongest = max((order.get(impact.proof, 0) for impact in case.impacts), default=0)
    id = next((word for word, place in order.items() if place == strongest), None)
    return _why(Part.PROOF, strongest / len(order), proof=id)


def _freshness(case: Case, day: date) -> Why:
    last = fresh_since(case)
    return _why(Part.FRESHNESS, fresh(last, day), **({} if last is None else {"day": last}))


def _why(part: Part, fit: float, **facts: object) -> Why:
    return Why(part, fit, WEIGHTS[part], facts)


def _varied(matches: Sequence[Match]) -> list[Match]:
    """The same matches, those of a family already met put back among the first ten (marginal relevance, greedily)."""
    left, met = list(matches), Counter[str]()
    chosen: list[Match] = []
    while left and len(chosen) < FIRST:
        best = min(left, key=lambda item: (_repetition(item, met) - item.score, _number(item.case)))
        left.remove(best)
        chosen.append(best)
        if (family := family_of(best.case.alliance_type)) is not None:
            met[family] += 1
    return [*chosen, *left]


def _repetition(found: Match, met: Mapping[str, int]) -> float:
    family = family_of(found.case.alliance_type)
    return 0.0 if family is None else _REPEATED * met.get(family, 0)


@cache
def strengths() -> dict[str, int]:
    """The kinds of proof, the weakest 1."""
    return {word.id: place for place, word in enumerate(proofs(), start=1)}


def _order(found: Match) -> tuple[float, tuple[int, str]]:
    return -found.score, _number(found.case)


def _number(case: Case) -> tuple[int, str]:
    return (int(case.id), "") if case.id.isdigit() else (0, case.id)
