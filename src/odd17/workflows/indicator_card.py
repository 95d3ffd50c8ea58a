"""Describe an indicator: definition, coverage, distribution, extremes and checks."""

from __future__ import annotations

import difflib

from odd17.core.diagnosis.card import IndicatorCard, draw_card
from odd17.core.diagnosis.consistency import Check
from odd17.core.kernel import Message, UsageError
from odd17.store.releases import Release


def describe(release: Release, indicator_id: str) -> IndicatorCard:
    """The card of an indicator in ``release``; raises UsageError, with the near names, for an unknown one."""
    indicator = release.indicators.get(indicator_id)
    if indicator is None:
        near = difflib.get_close_matches(indicator_id[:100], release.indicators, n=3)
        asked = indicator_id[:100]
        raise UsageError(
            Message("No indicator is called {name!r}. Did you mean {near}?", name=asked, near=near)
            if near
            else Message(
                "No indicator is called {name!r}. Choose one of {known}.", name=asked, known=list(release.indicators)
            )
        )
    known = release.catalogue.indicators.get(indicator_id)
    return draw_card(
        release=release.id,
        indicator=indicator,
        cog=release.cog,
        observations=release.observations(indicators=[indicator_id]),
        checks=[Check(**check) for check in release.checks],
        periodicity=release.catalogue.periodicity(indicator),
        day=release.day,
        breaks=() if known is None else known.breaks,
    )
