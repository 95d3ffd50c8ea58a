"""A map counts every territory once, names every absence, and gives the darkest shade to the most fragile."""

from __future__ import annotations

from typing import Any

import pytest

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Estimate
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.drawings import ChoroplethMap
from odd17.publishing.charts.maps import Subject, choropleth_map
from odd17.publishing.charts.palette import FRAGILITY, NEUTRAL

Figures = list[tuple[Territory, Estimate | None]]


def drawn(figures: Figures, topology: dict[str, Any], direction: Direction = Direction.FRAGILITY_UP) -> ChoroplethMap:
    subject = Subject("rate", "Taux", Unit.PERCENT, direction)
    return choropleth_map(
        subject, figures, topology=topology, layer="REG", language="fr", link=lambda territory: f"/t/{territory.id}/"
    )


def test_the_legend_counts_every_territory_once(figures: Figures, topology: dict[str, Any]) -> None:
    made = drawn(figures, topology)
    assert sum(entry.count for entry in made.legend) == len(figures) == len(made.shapes)
    assert {shape.fill for shape in made.shapes} == {entry.key for entry in made.legend}


def test_the_legend_gives_bounds_as_a_reader_writes_them(figures: Figures, topology: dict[str, Any]) -> None:
    made = drawn(figures, topology)
    assert made.legend_title == "Taux (%)"
    assert [entry.label for entry in made.legend[:2]] == ["1,0 – 2,0", "3,0"]


def test_each_absence_is_named_and_has_its_pattern(figures: Figures, topology: dict[str, Any]) -> None:
    absent = {entry.label: entry.pattern for entry in drawn(figures, topology).legend if entry.pattern}
    assert list(absent) == ["non disponible", "secret statistique", "sans objet", "comparé à part"]
    assert len(set(absent.values())) == 4


def test_zero_is_a_value(figures: Figures, topology: dict[str, Any]) -> None:
    made = drawn([(figures[0][0], Estimate(0.0)), *figures[1:]], topology)
    assert made.shapes[0].fill == "0"
    assert made.shapes[0].title == "Carré 1 <&>\u00a0: 0\u00a0%"


@pytest.mark.parametrize(
    ("direction", "first", "last"),
    [
        (Direction.FRAGILITY_UP, FRAGILITY[0], FRAGILITY[-1]),
        (Direction.FRAGILITY_DOWN, FRAGILITY[-1], FRAGILITY[0]),
        (Direction.UNKNOWN, NEUTRAL[0], NEUTRAL[-1]),
    ],
)
def test_dark_is_fragile(
    figures: Figures, topology: dict[str, Any], direction: Direction, first: str, last: str
) -> None:
    colours = [entry.colour for entry in drawn(figures, topology, direction).legend if entry.colour]
    assert (colours[0], colours[-1]) == (first, last)
