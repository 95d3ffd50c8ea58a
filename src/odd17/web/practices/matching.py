"""Cases that could work here, and why: from a territory, a domain, a need in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from odd17.core.kernel import Domain
from odd17.core.practices.case import Case
from odd17.core.practices.matching import Match
from odd17.core.practices.need import Need, need_of
from odd17.core.practices.query import SearchUnavailable
from odd17.core.territories.territory import Territory
from odd17.publishing.practice_words import why_sentence, widening_sentence
from odd17.workflows.match_practices import ground_of
from odd17.workflows.releases import Release, current_release

from .following import best_for
from .models import Practice
from .selectors import practice_case

LONGEST_NEED = 300
"""Characters of a need in words that are read."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A case, and its reasons in the reader's language, the weightiest first."""

    case: Case
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The cases found, and what was widened to find them (empty: nothing).

    ``unavailable``: none is found because the index that chooses them is being built.
    """

    cases: tuple[Reasoned, ...] = ()
    widened: str = ""
    unavailable: bool = False


def suggested(
    *,
    release: Release,
    territory: Territory | None = None,
    domain: Domain | None = None,
    words: str = "",
    partners: tuple[str, ...] = (),
    most: int = 20,
) -> Suggested:
    """At most ``most`` cases, those that fit best, the first ten varied; one for which nothing speaks is none of them.

    What is not asked does not count.
    """
    need = Need(
        domains=(domain.id,) if domain else (),
        words=words[:LONGEST_NEED],
        partners=partners,
        ground=ground_of(release, territory.id) if territory else None,
    )
    try:
        found = best_for(need, most)
    except SearchUnavailable:
        return Suggested(unavailable=True)
    language = get_language() or "fr"
    widened = "" if found.widened is None else widening_sentence(found.widened, language)
    fitting = (item for item in found.matches if item.reasons)
    return Suggested(tuple(_reasoned(item, release, language, need.words) for item in fitting), widened)


def similar_cases(practice: Practice, most: int = 5) -> tuple[Reasoned, ...]:
    """The cases most like ``practice``; none while the index is being built."""
    case = practice_case(practice)
    need = need_of(case)
    try:
        found = best_for(need, most, but=case.id).matches
    except SearchUnavailable:
        return ()
    fitting = (item for item in found if item.reasons)
    return tuple(_reasoned(item, current_release(), get_language() or "fr", need.words) for item in fitting)


def _reasoned(item: Match, release: Release, language: str, asked: str) -> Reasoned:
    def called(id: str) -> str:
        return release.cog[id].name if id in release.cog else id

    said = tuple(why_sentence(why, language, called=called, asked=asked) for why in item.reasons)
    return Reasoned(item.case, said)
