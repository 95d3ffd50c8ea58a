from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from odd17.core.diagnosis.course import Change, Hindrance, Middle, Point, course, middles
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Estimate, ObsStatus, Text

SAID = Text("Autre loi.", "Another law.")


def points(*told: tuple[str, float | None] | tuple[str, float | None, ObsStatus]) -> list[Point]:
    return [
        Point(period, Estimate(value, obs_status=status[0] if status else ObsStatus.NORMAL))
        for period, value, *status in told
    ]


def test_two_periods_have_a_change_and_never_a_slope() -> None:
    found = course(points(("2022", 5.0), ("2018", 3.0)))
    assert found is not None
    assert [point.period for point in found.points] == ["2018", "2022"]
    assert found.change == Change("2018", "2022", 2.0)
    assert (found.slope, found.hindrance) == (None, Hindrance.TOO_FEW)


def test_one_figure_has_no_course() -> None:
    assert course(points(("2018", None), ("2022", 5.0))) is None


def test_four_periods_have_a_slope_a_year() -> None:
    found = course(points(("2018", 1.0), ("2019", 2.0), ("2020", None), ("2021", 4.0), ("2022", 5.0)))
    assert found is not None
    assert found.slope is not None
    assert (found.slope.value, found.slope.low, found.slope.n) == (1.0, 1.0, 4)
    assert found.hindrance is None


def test_quarters_count_for_quarters_of_a_year() -> None:
    found = course(points(*((f"2019-Q{at}", float(at)) for at in range(1, 5))))
    assert found is not None
    assert found.slope is not None
    assert found.slope.value == pytest.approx(4.0)


def test_a_break_is_never_bridged() -> None:
    told = points(("2016", 90.0), ("2018", 3.0, ObsStatus.BREAK), ("2019", 3.5), ("2022", 5.0))
    found = course(told)
    assert found is not None
    assert found.breaks == ("2018",)
    assert found.change == Change("2018", "2022", 2.0)
    assert found.hindrance is Hindrance.TOO_FEW  # three since the break


def test_a_break_that_the_catalogue_dates_is_never_bridged() -> None:
    told = [replace(point, middle=Middle(1.0, 9)) for point in points(("2020", 90.0), ("2021", 3.0), ("2023", 3.5))]
    dated, undated = SeriesBreak(SAID, after="2021"), SeriesBreak(SAID)
    found = course(told, known_breaks=[undated, dated])
    assert found is not None
    assert (found.breaks, found.change) == (("2023",), None)
    assert [point.middle is not None and point.middle.breaks for point in found.points] == [False, False, True]
    whole = course(told, known_breaks=[undated])
    assert whole is not None
    assert (whole.breaks, whole.change) == ((), Change("2020", "2023", 3.5 - 90))


def test_a_break_with_the_newest_period_leaves_nothing_to_compare() -> None:
    found = course(points(("2016", 1.0), ("2018", 3.0), ("2022", 5.0, ObsStatus.BREAK)))
    assert found is not None
    assert (found.change, found.slope) == (None, None)


def test_periods_that_share_months_have_no_slope() -> None:
    found = course(points(*((f"{year}/{year + 4}", float(year)) for year in range(2010, 2016))))
    assert found is not None
    assert found.slope is None
    assert found.hindrance is Hindrance.OVERLAPPING
    assert found.change is not None


def test_medians_are_of_the_territories_that_have_every_period() -> None:
    rows = [
        ("REG-01", "x", "2018", 1.0, "A"), ("REG-02", "x", "2018", 3.0, "A"), ("REG-03", "x", "2018", 99.0, "A"),
        ("REG-01", "x", "2022", 2.0, "B"), ("REG-02", "x", "2022", 4.0, "B"), ("REG-03", "x", "2022", None, "O"),
        ("REG-01", "y", "2018", 1.0, "A"), ("REG-02", "y", "2022", 1.0, "A"),
    ]  # fmt: skip
    columns = ["territory", "indicator", "period", "value", "obs_status"]
    found = middles(pl.DataFrame(rows, schema=columns, orient="row"))
    assert found == {("x", "2018"): Middle(2.0, 2), ("x", "2022"): Middle(3.0, 2, breaks=True)}
