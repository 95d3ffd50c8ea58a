"""Twins in words and as plain values: who they are, and what makes them near."""

from __future__ import annotations

from typing import Any

from odd17.core.diagnosis.twins import Gap, Twin, Twins, Variable
from odd17.core.indicators.indicator import Unit

from . import format, wording
from .language import translator
from .payload import territory_payload

_UNITS = {"population": Unit.COUNT, "density": "per_km2", "population_change": Unit.PERCENT}


def variable_value(variable: Variable, value: float, language: str) -> str:
    """A value of the profile with its unit."""
    decimals = 0 if variable.key == "population" or (variable.key == "density" and value >= 100) else 1
    return format.quantity(value, _UNITS[variable.key], language, decimals=decimals)


def reason(gap: Gap, language: str) -> str:
    """One reason: the variable, the twin's value, and how far it is.

    >>> from odd17.core.diagnosis.twins import VARIABLES
    >>> reason(Gap(VARIABLES[0], 100.0, 110.0, 0.084), "en")
    'population: 110 (0.08 standard deviations apart)'
    """
    return translator(language)(
        "{variable}: {value} ({gap} standard deviations apart)",
        variable=wording.profile_label(gap.variable.key, language).lower(),
        value=variable_value(gap.variable, gap.there, language),
        gap=format.number(abs(gap.deviations), language, decimals=2),
    )


def how(twins: Twins, language: str) -> str:
    """What was compared, and with which weights."""
    _ = translator(language)
    total = sum(variable.weight for variable in twins.variables)
    parts = [
        _(
            "{variable} ({share})",
            variable=wording.profile_label(variable.key, language).lower(),
            share=format.quantity(100 * variable.weight / total, Unit.PERCENT, language, decimals=0),
        )
        for variable in twins.variables
    ]
    return _(
        "The nearest of {count} {level} by what never enters a score, with its share in the distance: {variables}.",
        count=format.number(twins.compared, language, decimals=0),
        level=wording.level_name(twins.territory.level, language, many=True),
        variables=wording.enumeration(parts, language),
    )


def twins_payload(twins: Twins, language: str) -> dict[str, Any]:
    """Twins as JSON values."""
    return {
        "release": twins.release,
        "territory": territory_payload(twins.territory, language),
        "compared": twins.compared,
        "variables": [{"key": item.key, "weight": item.weight, "logged": item.logged} for item in twins.variables],
        "lacking": [item.key for item in twins.lacking],
        "twins": [_twin(twin, language) for twin in twins.twins],
    }


def _twin(twin: Twin, language: str) -> dict[str, Any]:
    return {
        "territory": territory_payload(twin.territory, language),
        "distance": twin.distance,
        "gaps": [
            {"key": gap.variable.key, "here": gap.here, "there": gap.there, "deviations": gap.deviations}
            for gap in twin.gaps
        ],
    }
