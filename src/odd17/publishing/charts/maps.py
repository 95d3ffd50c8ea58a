"""A map from figures: classes, shades by the direction of the indicator, a pattern for each kind of absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Absence, Estimate
from odd17.core.territories.territory import Territory
from odd17.publishing import format
from odd17.publishing.language import translator

from .captions import Caption
from .classes import quantile_classes
from .drawings import ChoroplethMap, LegendEntry, Shape
from .palette import FRAGILITY, NEUTRAL, shades

Link = Callable[[Territory], str | None]
"""Where a click on a territory leads."""

_PATTERNS: Final = {
    Absence.NOT_AVAILABLE: "hatch",
    Absence.SUPPRESSED: "cross",
    Absence.NOT_APPLICABLE: "dots",
}
_APART: Final = "lines"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a map shows: its figures' unit and decimals, and which way they speak of fragility."""

    id: str
    title: str
    unit: Unit
    direction: Direction
    decimals: int = 1

    @property
    def is_score(self) -> bool:
        """Whether the figures are scores from 0 to 100, which have no unit."""
        return self.unit is Unit.RATIO and self.direction is Direction.FRAGILITY_UP


def choropleth_map(
    subject: Subject,
    figures: Iterable[tuple[Territory, Estimate | None]],
    *,
    topology: Mapping[str, Any],
    layer: str,
    language: str,
    link: Link,
    here: str | None = None,
    caption: Caption | None = None,
    watermark: str | None = None,
) -> ChoroplethMap:
    """The map of ``figures``; None in place of an estimate is a territory of the level that is compared apart.

    Light to dark is low to high fragility. Where the direction is unknown, light to dark is low to high value, in a
    hue of its own. Every territory is in the legend's counts, once.
    """
    rows = list(figures)
    _ = translator(language)
    values = [(territory.id, shown.value) for territory, shown in rows if shown and shown.value is not None]
    classes = quantile_classes([value for _id, value in values])
    colours = shades(
        len(classes.counts),
        ramp=NEUTRAL if subject.direction is Direction.UNKNOWN else FRAGILITY,
        descending=subject.direction is Direction.FRAGILITY_DOWN,
    )
    position = {id: place for (id, _value), place in zip(values, classes.positions, strict=True)}
    fills = {territory.id: _fill(territory, shown, position) for territory, shown in rows}
    counts = Counter(fills.values())
    legend = [
        LegendEntry(str(place), _bounds(low, high, subject, language), classes.counts[place], colour=colours[place])
        for place, (low, high) in enumerate(classes.bounds)
    ]
    legend += [
        LegendEntry(kind.value, format.absence(kind, language), counts[kind.value], pattern=pattern)
        for kind, pattern in _PATTERNS.items()
        if counts[kind.value]
    ]
    if counts[_APART]:
        legend.append(LegendEntry(_APART, _("compared apart"), counts[_APART], pattern=_APART))
    return ChoroplethMap(
        id=f"{layer}-{subject.id}",
        title=_("Map: {title}", title=subject.title),
        legend_title=_legend_title(subject, language),
        topology=topology,
        layer=layer,
        shapes=tuple(
            Shape(
                territory.id,
                _("{name}: {figure}", name=territory.name, figure=figure_in_words(shown, subject, language)),
                fills[territory.id],
                link(territory),
            )
            for territory, shown in rows
        ),
        legend=tuple(legend),
        here=here,
        caption=caption,
        watermark=watermark,
    )


LOCATOR: Final = "territories"
"""The subject of a map that shows no figure, only where territories are."""


def locator_map(
    territories: Iterable[Territory],
    *,
    topology: Mapping[str, Any],
    layer: str,
    language: str,
    link: Link,
    here: str | None = None,
    caption: Caption | None = None,
    watermark: str | None = None,
) -> ChoroplethMap:
    """A map without figures: each territory by its name, in one shade."""
    rows = list(territories)
    return ChoroplethMap(
        id=f"{layer}-{LOCATOR}",
        title=translator(language)("Map of the territories"),
        legend_title="",
        topology=topology,
        layer=layer,
        shapes=tuple(Shape(territory.id, territory.name, LOCATOR, link(territory)) for territory in rows),
        legend=(LegendEntry(LOCATOR, "", len(rows), colour=NEUTRAL[0]),),
        here=here,
        caption=caption,
        watermark=watermark,
    )


def _fill(territory: Territory, shown: Estimate | None, position: Mapping[str, int]) -> str:
    if shown is None:
        return _APART
    if shown.value is None:
        return (shown.absence or Absence.NOT_AVAILABLE).value
    return str(position[territory.id])


def figure_in_words(shown: Estimate | None, subject: Subject, language: str) -> str:
    """A figure of a map as a reader writes it, or the word for its absence; None is a territory compared apart."""
    if shown is None:
        return translator(language)("compared apart")
    return format.estimate(shown, subject.unit, language, decimals=subject.decimals)


def _bounds(low: float, high: float, subject: Subject, language: str) -> str:
    first, last = (format.number(value, language, decimals=subject.decimals) for value in (low, high))
    return first if first == last else f"{first} – {last}"


def _legend_title(subject: Subject, language: str) -> str:
    _ = translator(language)
    if subject.is_score:
        return _("{title}: score from 0 (least fragile) to 100", title=subject.title)
    return f"{subject.title} ({format.unit_label(subject.unit, language)})"
