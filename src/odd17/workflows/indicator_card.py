"""Describe an indicator: definition, coverage, distribution, extremes and checks."""

from __future__ import annotations

import difflib

from odd17.core.diagnosis.card import IndicatorCard, draw_card
from odd17.core.diagnosis.consistency import Check
from odd17.core.kernel import UsageError
from odd17.store.releases import Release


def describe(release: Release, indicator_id: str) -> IndicatorCard:
    """The card of an indicator in ``release``; raises UsageError, with the near names, for an unknown one."""
    indicator = release.indicators.get(indicator_id)
    if indicator is None:
        near = difflib.get_close_matches(indicator_id[:100], release.indicators, n=3)
        hint = f"Did you mean {', '.join(near)}?" if near else f"Choose one of {', '.join(release.indicators)}."
        raise UsageError(f"No indicator is called {indicator_id[:100]!r}. {hint}")
    return draw_card(
        release=release.id,
        indicator=indicator,
        cog=release.cog,
        observations=release.observations(indicators=[indicator_id]),
        checks=[Check(**check) for check in release.checks],
        periodicity=release.catalogue.periodicity(indicator_id),
        day=release.day,
    )
