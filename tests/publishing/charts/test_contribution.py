"""The chart of a figure before, during and after: what is drawn of a place and its twins, and when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from odd17.core.alliances.contribution import Reading, contribution
from odd17.core.diagnosis.course import Point
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.kernel import Estimate, ObsStatus, Provenance, Text
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.contribution import contribution_chart
from odd17.publishing.charts.lines import course_svg

BEGUN, ENDED = date(2018, 6, 1), date(2020, 2, 29)
SOURCE = Provenance("fictional", "Fictional figures", "Nobody", "Fictional figures, for tests", "CC0-1.0")
INDICATOR = Indicator(
    "jobless", Text("Sans emploi", "Jobless"), Text("Fictif.", "Fictional."), Unit.PERCENT, Direction.FRAGILITY_UP,
    "ours", "employment", SOURCE,
)  # fmt: skip


def _place(number: int) -> Territory:
    name = f"Carré {number} <&>"
    return Territory(f"REG-{number:02}", Level.REGION, f"{number:02}", name, f"carre-{number}", (), 10, 1.0, False)


def _reading(
    rows: Sequence[tuple[float | None, ...]], *, ended: date | None = ENDED, broken: tuple[int, int] | None = None
) -> Reading:
    """``rows`` from 2016, the figure here first, then the twins'; ``broken``: a row, and its twin that begins anew."""
    points = [
        Point(
            str(2016 + at), Estimate(row[0]),
            tuple(
                Estimate(value, obs_status=ObsStatus.BREAK if broken == (at, twin) else ObsStatus.NORMAL)
                for twin, value in enumerate(row[1:])
            ),
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip
    twins = tuple(_place(number) for number in range(2, len(rows[0]) + 1))
    return Reading("2026-01-01-abcdef01", _place(1), twins, INDICATOR, contribution(points, BEGUN, ended))


FOUR = [(10.0, 4.0, 6.0), (11.0, 5.0, 7.0), (9.0, 5.0, 9.0), (8.0, 6.0, 8.0)]


def test_the_place_and_the_middle_of_its_twins_are_drawn_with_their_range_and_the_span() -> None:
    chart = contribution_chart(_reading(FOUR), "en")
    assert chart is not None
    here, twins = chart.lines
    assert [value for _year, value in here.stretches[0]] == [10.0, 11.0, 9.0, 8.0]
    assert [value for _year, value in twins.stretches[0]] == [5.0, 6.0, 7.0, 7.0]
    assert [(low, high) for _year, low, high in twins.ranges] == [(4.0, 6.0), (5.0, 7.0), (5.0, 9.0), (6.0, 8.0)]
    assert "2 twins" in twins.label
    assert chart.span is not None
    assert (int(chart.span.start), int(chart.span.end or 0)) == (2018, 2020)
    assert "no proof of cause" in str(chart.caption)
    lowest, highest = chart.ticks[0][0], chart.ticks[-1][0]
    assert lowest <= 4.0
    assert highest >= 11.0


def test_while_it_acts_the_span_has_no_end() -> None:
    chart = contribution_chart(_reading(FOUR, ended=None), "fr")
    assert chart is not None
    assert chart.span is not None
    assert chart.span.end is None
    assert "depuis le 1er juin 2018" in chart.span.label


def test_a_twin_that_misses_a_figure_or_begins_anew_is_not_drawn() -> None:
    missing = contribution_chart(_reading([(10.0, 4.0, 6.0), (11.0, None, 7.0)]), "en")
    broken = contribution_chart(_reading(FOUR, broken=(2, 0)), "en")
    for chart in (missing, broken):
        assert chart is not None
        assert chart.lines[1].label == "its twin with every figure"
        assert chart.lines[1].stretches[0][0][1] == 6.0


def test_without_a_twin_the_place_is_drawn_alone() -> None:
    chart = contribution_chart(_reading([(10.0,), (11.0,)]), "en")
    assert chart is not None
    assert len(chart.lines) == 1


@pytest.mark.parametrize("rows", [[(10.0, 4.0)], [(10.0, 4.0), (None, 5.0)]])
def test_with_one_figure_there_is_nothing_to_draw(rows: Sequence[tuple[float | None, ...]]) -> None:
    assert contribution_chart(_reading(rows), "en") is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_drawing_is_svg_with_its_name_and_no_markup_of_names(language: str) -> None:
    chart = contribution_chart(_reading(FOUR), language)
    assert chart is not None
    svg = course_svg(chart).decode()
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert "Carré 1 <&>" in (root.get("aria-label") or "")
    assert "<&>" not in svg
    assert "style=" not in svg
