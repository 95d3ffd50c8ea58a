"""Figures before, during and after what was done on a territory, as pages show them, and the choice of indicators."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString

from odd17.core.alliances.contribution import Reading
from odd17.core.kernel import domains
from odd17.core.territories.territory import Territory
from odd17.workflows.contribution import contribution_readings, contribution_svg, periods_here
from odd17.workflows.releases import Release

from .drawings import on_page
from .language import language

MOST: Final = 6
"""Indicators read together: more is no choice."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator as read, and its drawing; None where there is nothing to draw."""

    reading: Reading
    svg: SafeString | None


@dataclass(frozen=True, slots=True)
class Choice:
    """An indicator that may be chosen, with how many of its periods have a figure here."""

    id: str
    name: str
    periods: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The indicators of a domain; ``is_open`` where one is chosen, or the domain is of those put first."""

    domain: str
    is_open: bool
    choices: tuple[Choice, ...]


def contribution_shown(
    release: Release, territory: Territory, begun: date, ended: date | None, indicators: Sequence[str]
) -> list[Shown]:
    """Each indicator with its drawing; raises DataError where it would end before it began."""
    readings = contribution_readings(release, territory, begun, ended, list(indicators)[:MOST])
    drawn = [(one, contribution_svg(one, language())) for one in readings]
    return [Shown(one, None if svg is None else on_page(svg)) for one, svg in drawn]


def choice_groups(
    release: Release, territory: Territory, first: Collection[str], chosen: Collection[str]
) -> list[ChoiceGroup]:
    """The indicators that have a figure here, by domain: those of ``first`` first, the most periods first."""
    periods = periods_here(release, territory)
    groups = []
    for domain in sorted(domains(), key=lambda one: one.id not in first):
        found = [
            Choice(id, item.name.in_language(language()), periods[id], id in chosen)
            for id, item in release.indicators.items()
            if item.domain == domain.id and id in periods
        ]
        if found:
            is_open = domain.id in first or any(one.chosen for one in found)
            ordered = tuple(sorted(found, key=lambda one: -one.periods))
            groups.append(ChoiceGroup(domain.name.in_language(language()), is_open, ordered))
    return groups
