from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl
import pytest

from odd17.core.diagnosis.consistency import TOLERANCE, Check, check_references, failures
from odd17.core.diagnosis.scoring import Scoring
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ReasonCode
from odd17.core.territories import Cog, Level

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]


def test_exactly_three_of_the_ten_rows_disagree_with_france(scoring: Scoring) -> None:
    assert len(scoring.checks) == 10
    failed = {check.indicator for check in scoring.checks if not check.passed}
    assert failed == {"co2_per_inhabitant", "ageing_report", "enterprise_change"}


def test_the_three_are_those_that_the_reading_of_the_report_names(scoring: Scoring) -> None:
    known = {check.indicator: check for check in scoring.checks}
    for indicator, found, expected in (
        ("co2_per_inhabitant", 5.55, 7.6),
        ("ageing_report", 9.5, 7.7),
        ("enterprise_change", -2.2, -1.65),
    ):
        assert known[indicator].reference == "FRM"
        assert known[indicator].found == found
        assert known[indicator].expected == pytest.approx(expected, abs=0.05)


def test_the_tolerance_lies_far_from_every_row(scoring: Scoring) -> None:
    assert max(check.gap for check in scoring.checks if check.passed) < TOLERANCE / 1.7
    assert min(check.gap for check in scoring.checks if not check.passed) > TOLERANCE * 1.7


def test_a_check_says_why_and_is_kept_as_json(scoring: Scoring) -> None:
    failed = failures(scoring.checks, Level.REGION)["ageing_report", "2019"]
    assert failed.reason is not None
    assert failed.reason.code is ReasonCode.INCONSISTENT_WITH_REFERENCE
    assert failed.reason.params == {"reference": "FRM", "expected": failed.expected, "found": 9.5}
    assert Check(**failed.to_dict()) == failed


def test_a_failure_concerns_the_row_alone(scoring: Scoring) -> None:
    assert set(failures(scoring.checks, Level.METROPOLITAN)) == set(failures(scoring.checks, Level.REGION))
    assert failures(scoring.checks, Level.COUNTRY) == {}
    assert failures(scoring.checks, Level.COMMUNE) == {}


def test_the_mean_is_weighted_by_population(country: Country, tell: Tell, made_up: MadeUp) -> None:
    cog = country({"01": 300, "02": 100})
    rows = [("REG-01", "jobless", "2020", 8.0), ("REG-02", "jobless", "2020", 4.0), ("FRM", "jobless", "2020", 7.0)]
    (check,) = check_references(tell(rows).lazy(), {"jobless": made_up()}, cog)
    assert (check.expected, check.gap, check.passed) == (7.0, 0.0, True)


@pytest.mark.parametrize(("found", "passed"), [(0.4, True), (0.6, False)])
def test_a_change_around_zero_is_held_to_the_range(
    country: Country, tell: Tell, made_up: MadeUp, found: float, passed: bool
) -> None:
    cog = country({"01": 100, "02": 100})
    rows = [("REG-01", "jobless", "2020", 2.0), ("REG-02", "jobless", "2020", -2.0), ("FRM", "jobless", "2020", found)]
    (check,) = check_references(tell(rows).lazy(), {"jobless": made_up()}, cog)
    assert check.passed is passed


@pytest.mark.parametrize(("found", "passed"), [(0.0, True), (0.1, False)])
def test_regions_that_are_all_zero_agree_with_zero_alone(
    country: Country, tell: Tell, made_up: MadeUp, found: float, passed: bool
) -> None:
    cog = country({"01": 100, "02": 100})
    rows = [("REG-01", "jobless", "2020", 0.0), ("REG-02", "jobless", "2020", 0.0), ("FRM", "jobless", "2020", found)]
    (check,) = check_references(tell(rows).lazy(), {"jobless": made_up()}, cog)
    assert check.passed is passed


def test_nothing_is_checked_without_every_cell(country: Country, tell: Tell, made_up: MadeUp) -> None:
    cog = country({"01": 100, "02": 100})
    whole = [("REG-01", "jobless", "2020", 1.0), ("REG-02", "jobless", "2020", 1.0), ("FRM", "jobless", "2020", 9.0)]
    jobless = {"jobless": made_up()}
    for at in range(3):
        assert check_references(tell(whole[:at] + whole[at + 1 :]).lazy(), jobless, cog) == ()
    assert len(check_references(tell(whole).lazy(), jobless, cog)) == 1
    assert check_references(tell(whole).lazy(), {"jobless": made_up(is_count=True)}, cog) == ()
