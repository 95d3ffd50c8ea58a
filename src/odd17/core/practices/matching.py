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

from odd17.core.kernel import alliance_types, domains, proofs

from .case import Case
from .completeness import sure_on
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

ENOUGH: Final = 3
"""Fewer cases than this of the domain asked, and the search is widened, which is said."""

_REPEATED: Final = 0.12
"""What a case loses for each one of its family already among the first."""

_YEARS: Final = 10
"""After so many years freshness counts nothing."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The places that count as near or alike: identifier → likeness from 0 to 1, and how (a word of ``Likeness``)."""

    places: Mapping[str, tuple[float, str]] = field(default_factory=dict)


class Likeness(StrEnum):
    """Why a place counts."""

    SAME = "same"
    WITHIN = "within"  # a part of it, or what it is a part of
    TWIN = "twin"
    KIND = "kind"  # same level, like size and density


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for. ``ground`` tells the places near or alike: this room cannot know them, and is told."""

    domains: tuple[str, ...] = ()
    words: str = ""
    partners: tuple[str, ...] = ()
    alliance_type: str | None = None
    stage: str | None = None
    ground: Ground | None = None


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


class Widening(StrEnum):
    """What was widened because too few cases fit."""

    DIMENSION = "dimension"  # domains of the same dimension
    EVERY_DOMAIN = "every_domain"


@dataclass(frozen=True, slots=True)
class Matches:
    """The cases, the best first, and what was widened to find them (None: nothing)."""

    matches: tuple[Match, ...]
    widened: Widening | None = None


Said = Mapping[str, frozenset[str]]
"""The words of cases by their number, where they are known: whoever asks often makes them once."""


def said_in(case: Case) -> frozenset[str]:
    """The words of all that a case tells."""
    story = case.story
    return words_of(
        " ".join((case.title, case.summary, story.need, story.alliance, story.steps, story.results, story.learnt))
    )


def match(need: Need, cases: Sequence[Case], day: date, most: int = 30, said: Said | None = None) -> Matches:
    """The ``most`` cases that fit best on ``day``, varied among the first ten.

    The same cases in another order give the same answer: ties go by number. ``said`` has the words of every case;
    where it is None they are made here.
    """
    kept, widened = _candidates(need, cases)
    known = said if said is not None else {case.id: said_in(case) for case in kept} if need.words else {}
    rarity = _rarity(words_of(need.words), kept, known) if need.words else {}
    scored = sorted((_scored(need, case, day, rarity, known) for case in kept), key=_order)
    return Matches(tuple(_varied(scored[: most * 3])[:most]), widened)


def similar(case: Case, cases: Sequence[Case], day: date, most: int = 5, said: Said | None = None) -> tuple[Match, ...]:
    """The cases most like ``case``: same domains, places, kinds of partner, type, stage and words."""
    need = Need(
        domains=case.domains,
        words=f"{case.title} {case.summary}",
        partners=tuple(dict.fromkeys(partner.kind for partner in case.partners if partner.kind)),
        alliance_type=case.alliance_type,
        stage=case.stage,
        ground=Ground(dict.fromkeys(case.territories, (1.0, Likeness.SAME.value))) if case.territories else None,
    )
    others = [other for other in cases if other.id != case.id]
    return match(need, others, day, most, said).matches


def _candidates(need: Need, cases: Sequence[Case]) -> tuple[list[Case], Widening | None]:
    if not need.domains:
        return list(cases), None
    asked = set(need.domains)
    fitting = [case for case in cases if asked & set(case.domains)]
    if len(fitting) >= ENOUGH:
        return fitting, None
    near = _near_domains(need.domains)
    wider = [case for case in cases if near & set(case.domains)]
    if len(wider) >= ENOUGH:
        return wider, Widening.DIMENSION
    return list(cases), Widening.EVERY_DOMAIN if len(cases) > len(fitting) else None


@cache
def _near_domains(asked: tuple[str, ...]) -> frozenset[str]:
    dimensions = {item.dimension for item in domains() if item.id in asked}
    return frozenset(item.id for item in domains() if item.dimension in dimensions)


def _scored(need: Need, case: Case, day: date, rarity: Mapping[str, float], said: Said) -> Match:
    parts = (*_asked(need, case, rarity, said), _proof(case), _freshness(case, day))
    whole = sum(part.weight for part in parts)
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
        family = _family(need.alliance_type)
        same = case.alliance_type == need.alliance_type
        yield _why(Part.TYPE, 1.0 if same else 0.5 * (_family(case.alliance_type) == family), type=case.alliance_type)
    if need.stage:
        yield _why(Part.STAGE, float(case.stage == need.stage), stage=case.stage)


def _domain(asked: tuple[str, ...], case: Case) -> Why:
    same = tuple(id for id in asked if id in case.domains)
    if same:
        return _why(Part.DOMAIN, 1.0, domains=same)
    near = tuple(id for id in case.domains if id in _near_domains(asked))
    return _why(Part.DOMAIN, 0.4 if near else 0.0, near=near)


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
    order = _strengths()
    strongest = max((order.get(impact.proof, 0) for impact in case.impacts), default=0)
    id = next((word for word, place in order.items() if place == strongest), None)
    return _why(Part.PROOF, strongest / len(order), proof=id)


def _freshness(case: Case, day: date) -> Why:
    last = case.checked if case.cited else sure_on(case)  # the day on which a citation was copied says nothing
    if last is None:
        return _why(Part.FRESHNESS, 0.0)
    years = max((day - last).days / 365.25, 0.0)
    return _why(Part.FRESHNESS, max(1.0 - years / _YEARS, 0.0), day=last)


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
        if (family := _family(best.case.alliance_type)) is not None:
            met[family] += 1
    return [*chosen, *left]


def _repetition(found: Match, met: Mapping[str, int]) -> float:
    family = _family(found.case.alliance_type)
    return 0.0 if family is None else _REPEATED * met.get(family, 0)


def _rarity(wanted: Iterable[str], cases: Sequence[Case], said: Said) -> dict[str, float]:
    """Inverse document frequency of each word (Spärck Jones, 1972, smoothed), the rarest first."""
    counts = {word: sum(word in said[case.id] for case in cases) for word in wanted}
    rarity = {word: math.log((len(cases) + 1) / (count + 0.5)) for word, count in counts.items()}
    return dict(sorted(rarity.items(), key=lambda item: (-item[1], item[0])))


def _family(type: str | None) -> str | None:
    return None if type is None else _families().get(type)


@cache
def _families() -> dict[str, str]:
    return {item.id: item.family for item in alliance_types()}


@cache
def _strengths() -> dict[str, int]:
    return {word.id: place for place, word in enumerate(proofs(), start=1)}


def _order(found: Match) -> tuple[float, tuple[int, str]]:
    return -found.score, _number(found.case)


def _number(case: Case) -> tuple[int, str]:
    return (int(case.id), "") if case.id.isdigit() else (0, case.id)
