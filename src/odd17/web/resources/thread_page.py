"""What a step of the reading thread shows of the platform: what is counted there, and practices as cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from odd17.core.kernel import trades
from odd17.core.practices.query import Facet, PracticeQuery, SearchUnavailable, query_from
from odd17.core.resources.spine import SpineStep
from odd17.web.pages.coverage_page import coverage_page
from odd17.web.pages.language import language
from odd17.web.pages.overview import domain_states
from odd17.web.practices.following import find_practices
from odd17.web.practices.models import Practice
from odd17.web.practices.search_page import address_of_query
from odd17.web.practices.search_words import in_order, value_name
from odd17.web.practices.selectors import published
from odd17.workflows.catalysts import catalysts
from odd17.workflows.questionnaires import current_questionnaires
from odd17.workflows.releases import Release
from odd17.workflows.search_practices import practices_followed

from .known_here import known_version

_CASES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Something counted, and where it is seen."""

    name: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of what the platform holds: ``what`` is counted. No rows: nothing to count yet."""

    what: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The first practices that illustrate a step, how many there are, and where all of them are."""

    practices: tuple[Practice, ...]
    total: int
    address: str


def thread_version() -> tuple[object, ...]:
    """What the steps depend on beside the release: practices and catalysts, and whether the search has them."""
    return *known_version(), practices_followed()


def figures_of(step: SpineStep, release: Release) -> Figures:
    """What is counted for ``step``."""
    counting = _COUNTED.get(step.figures)
    return _practices_by(Facet(step.figures), release) if counting is None else counting(release)


def cases_of(step: SpineStep) -> Cases | None:
    """The practices of ``step``; None while the search of practices is being built."""
    query = query_from(step.cases)
    try:
        found = find_practices(query, _CASES)
    except SearchUnavailable:
        return None
    known = published().in_bulk([int(hit.id) for hit in found.hits])
    shown = tuple(known[int(hit.id)] for hit in found.hits if int(hit.id) in known)
    return Cases(shown, found.total, address_of_query(query))


def _practices_by(facet: Facet, release: Release) -> Figures:
    """Practices by the values of a facet that at least one of them has."""
    try:
        counts = dict(find_practices(PracticeQuery(), 1).facets.get(facet, {}))
    except SearchUnavailable:
        counts = {}
    rows = tuple(
        Row(
            value_name(facet, value, language(), release.cog),
            counts[value],
            address_of_query(PracticeQuery(filters={facet: (value,)})),
        )
        for value in in_order(facet, counts)
    )
    return Figures(_("Practices told here"), rows)


def _domains(release: Release) -> Figures:
    rows = (
        Row(state.domain.name.in_language(language()), state.indicators, reverse("domain", args=[state.domain.slug]))
        for state in domain_states(release)
    )
    return Figures(_("Indicators of each domain"), tuple(rows))


def _coverage(release: Release) -> Figures:
    rows = (
        Row(level.label.in_language(language()), count, reverse("coverage"))
        for level, count in coverage_page(release).totals
    )
    return Figures(_("Territories with a diagnosis, by level"), tuple(rows))


def _catalysts(_release: Release) -> Figures:
    everybody = catalysts(timezone.localdate())
    rows = (
        Row(
            trade.name.in_language(language()),
            sum(one.count for one in everybody if trade.id in one.trades),
            f"{reverse('catalysts')}?metier={trade.slug}",
        )
        for trade in trades()
    )
    return Figures(_("Catalysts known here, by trade"), tuple(rows))


def _tools(_release: Release) -> Figures:
    rows = (
        Row(one.title.in_language(language()), len(one.items), reverse("self_diagnosis_origin", args=[one.id]))
        for one in current_questionnaires()
    )
    return Figures(_("Questions of each self-diagnosis"), tuple(rows))


_COUNTED: Final[Mapping[str, Callable[[Release], Figures]]] = {
    "domains": _domains,
    "coverage": _coverage,
    "catalysts": _catalysts,
    "tools": _tools,
}
