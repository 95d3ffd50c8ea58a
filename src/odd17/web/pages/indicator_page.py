"""What the page of an indicator shows, and the list of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odd17.core.diagnosis.card import IndicatorCard
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Domain, domains
from odd17.workflows.indicator_card import describe
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """``domain`` is None for an indicator of the profile."""

    card: IndicatorCard
    domain: Domain | None
    by_id: Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of a domain, or of the profile (None)."""

    domain: Domain | None
    indicators: tuple[Indicator, ...]


def indicator_page(release: Release, identifier: str) -> IndicatorPage:
    """Gather the card of an indicator that the release has."""
    card = describe(release, identifier)
    found = next((domain for domain in domains() if domain.id == card.indicator.domain), None)
    return IndicatorPage(card, found, release.indicators)


def indicators_by_domain(release: Release) -> tuple[IndicatorGroup, ...]:
    """Every indicator, in the order of the domains; the profile's last; empty domains left out."""
    groups = (
        IndicatorGroup(domain, tuple(item for item in release.indicators.values() if item.domain == identifier))
        for domain, identifier in (*((domain, domain.id) for domain in domains()), (None, None))
    )
    return tuple(group for group in groups if group.indicators)
