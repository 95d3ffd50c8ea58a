"""What a step of the reading thread shows of the platform: what is counted there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.core.kernel import trades
from odd17.core.practices.query import Facet, FoundPractices, PracticeQuery, SearchUnavailable
from odd17.core.resources.spine import SpineStep
from odd17.web.catalysts.selectors import catalysts_shown
from odd17.web.library.version import library_version
from odd17.web.pages.coverage_page import coverage_page
from odd17.web.pages.language import language
from odd17.web.pages.overview import domain_states
from odd17.web.practices.following import find_practices
from odd17.web.practices.search_page import address_of_query
from odd17.web.practices.search_words import in_order, value_name
from odd17.workflows.questionnaires import current_questionnaires
from odd17.workflows.releases import Release

from .known_here import known_version


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


def thread_version() -> tuple[object, ...]:
    """What the steps depend on beside the release: practices, catalysts, the library, and whether search has them."""
    return *known_version(), library_version(), _counted() is not None


def figures_of(step: SpineStep, release: Release) -> Figures:
    """What is counted for ``step``."""
    counting = _COUNTED.get(step.figures)
    return _practices_by(Facet(step.figures), release) if counting is None else counting(release)


def _counted() -> FoundPractices | None:
    """Every practice, counted by what it is; None while their search is being built."""
    try:
        return find_practices(PracticeQuery(), 1)
    except SearchUnavailable:
        return None


def _practices_by(facet: Facet, release: Release) -> Figures:
    """Practices by the values of a facet that at least one of them has."""
    found = _counted()
    counts = {} if found is None else dict(found.facets.get(facet, {}))
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


def _catalysts(release: Release) -> Figures:
    everybody = catalysts_shown(release.cog)
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
