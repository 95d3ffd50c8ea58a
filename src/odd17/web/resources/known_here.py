"""What the platform knows of a territory, beside the three answers: priorities, practices that fit, who is there."""

from __future__ import annotations

from dataclasses import dataclass

from odd17.core.diagnosis.reading import DomainReading
from odd17.core.kernel import Domain
from odd17.core.resources.catalysts import Catalyst
from odd17.core.resources.catalysts_near import Reach
from odd17.core.territories.territory import Territory
from odd17.web.calls.models import Call
from odd17.web.calls.selectors import calls_found, open_calls
from odd17.web.catalysts.selectors import catalysts_near
from odd17.web.catalysts.version import directory_version
from odd17.web.practices.following import pages_version
from odd17.web.practices.matching import Reasoned, suggested
from odd17.workflows.diagnose import diagnosis_of
from odd17.workflows.releases import Release

_PRIORITIES_MATCHED = 2
_EACH = 2
_CATALYSTS = 4
_CALLS = 3


@dataclass(frozen=True, slots=True)
class KnownHere:
    """``practices`` go by domain: those of the first priorities, or None and what suits the territory as a whole.

    ``prioritised`` is whose priorities they are: the territory, or the nearest around it that has some. ``catalysts``
    are the nearest, ``others`` how many more there are.
    """

    territory: Territory
    prioritised: Territory
    priorities: tuple[DomainReading, ...]
    practices: tuple[tuple[Domain | None, tuple[Reasoned, ...]], ...]
    catalysts: tuple[tuple[Catalyst, Reach], ...]
    others: int
    calls: tuple[Call, ...] = ()


def known_here(release: Release, territory: Territory) -> KnownHere:
    """What is known of ``territory`` today."""
    prioritised, priorities = _priorities(release, territory)
    found = catalysts_near(territory.id, release.cog)
    return KnownHere(
        territory,
        prioritised,
        priorities,
        _practices(release, territory, priorities),
        found[:_CATALYSTS],
        max(0, len(found) - _CATALYSTS),
        tuple(calls_found(release.cog, territory=territory.id)[:_CALLS]),
    )


def known_version() -> tuple[object, ...]:
    """What the page depends on beside the release: practices, directory and open calls, on this day."""
    return pages_version(), directory_version(), tuple(open_calls().values_list("pk", flat=True))


def _priorities(release: Release, territory: Territory) -> tuple[Territory, tuple[DomainReading, ...]]:
    """The priorities of a territory, or of the nearest around it where the figures of its own put none first."""
    for one in (territory, *release.cog.parents(territory.id)):
        diagnosis = diagnosis_of(release, one)
        if diagnosis.fragilities:
            readings = {reading.domain.id: reading for reading in diagnosis.domains}
            return one, tuple(readings[id] for id in diagnosis.fragilities)
    return territory, ()


def _practices(
    release: Release, territory: Territory, priorities: tuple[DomainReading, ...]
) -> tuple[tuple[Domain | None, tuple[Reasoned, ...]], ...]:
    shown: set[str] = set()
    found: list[tuple[Domain | None, tuple[Reasoned, ...]]] = []
    for domain in [reading.domain for reading in priorities[:_PRIORITIES_MATCHED]] or [None]:
        fitting = suggested(release=release, territory=territory, domain=domain, most=_EACH + len(shown)).cases
        cases = tuple(one for one in fitting if one.case.id not in shown)[:_EACH]
        shown |= {one.case.id for one in cases}
        if cases:
            found.append((domain, cases))
    return tuple(found)
