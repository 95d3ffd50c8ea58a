"""The index of practices follows what is public: see :mod:`.followed_index`."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from odd17.core.practices.matching import Matches, best
from odd17.core.practices.need import Need
from odd17.core.practices.query import PAGE, FoundPractices, PracticeQuery, Suggestions
from odd17.workflows.search_practices import PRACTICES

from .followed_index import FollowedIndex, Public
from .kept_cases import cases_kept
from .scheduled import publish_due
from .selectors import cases_numbered, published_cases, published_versions
from .version import practices_version

INDEX: Final = FollowedIndex(PRACTICES, Public(practices_version, published_versions, published_cases, cases_numbered))


def rebuild() -> int:
    """Build the index again from the public practices; how many it holds."""
    return INDEX.rebuild()


def follow() -> None:
    """Bring the index to what is public. Raises Odd17Error where another process writes for too long."""
    INDEX.follow()


def find_practices(query: PracticeQuery, size: int = PAGE) -> FoundPractices:
    """What ``query`` finds in what is public now.

    Raises SearchUnavailable where there is no index and building it takes long: it is then being built beside.
    """
    return INDEX.find(query, size)


def suggest(prefix: str) -> Suggestions:
    """What is offered to who has typed ``prefix``; nothing where there is no index yet."""
    publish_due()
    return INDEX.suggest(prefix)


def every_found(query: PracticeQuery, most: int) -> tuple[str, ...]:
    """The numbers of the first ``most`` practices that ``query`` finds. Raises as :func:`find_practices`."""
    return INDEX.every(query, most)


def best_for(need: Need, most: int, but: str | None = None) -> Matches:
    """The ``most`` public practices that fit ``need`` best today, ``but`` left out: the index chooses, matching scores.

    Raises as :func:`find_practices`.
    """
    INDEX.catch_up()
    today = timezone.localdate()
    chosen = PRACTICES.preselect(need, today, most, but)
    return best(need, cases_kept(chosen.ids), chosen, today, most)


def pages_version() -> tuple[int, str, date]:
    """What pages that suggest practices depend on: the base, what its index holds, and the day, since practices age."""
    INDEX.catch_up()
    return practices_version(), PRACTICES.followed(), timezone.localdate()
