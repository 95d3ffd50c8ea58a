from __future__ import annotations

import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.result import Result
from odd17.core.kernel import UsageError


def fit(frame: Frame, step: odd17.Screen, values: pl.DataFrame) -> Result:
    return odd17.Index(frame, [step, odd17.Normalise("rank"), odd17.Aggregate()]).fit(values, unit="code")


def test_units_of_which_too_little_is_known_are_left_out(frame: Frame, values: pl.DataFrame) -> None:
    result = fit(frame, odd17.Screen(min_available=0.8), values)
    assert result.scores["unit"].to_list() == ["u1", "u4", "u5"]
    assert result.log["steps"][0]["did"] == {"left_out": ["u2", "u3"]}
    assert result.table("raw").height == 5
    assert result.explain("u5")["raw"].to_list() == [5.0, 1.0, 6.0, 4.0]
    assert odd17.replay(result.log, values) == result


def test_a_share_that_is_exactly_met_is_kept(frame: Frame, values: pl.DataFrame) -> None:
    assert fit(frame, odd17.Screen(min_available=0.75), values).scores.height == 5


def test_units_with_too_many_zeros_are_left_out(frame: Frame, values: pl.DataFrame) -> None:
    zeros = values.with_columns(a=pl.Series([0.0, 0.0, 3.0, 4.0, 5.0]), c=pl.Series([0.0, 1.0, 1.0, 1.0, 2.0]))
    assert fit(frame, odd17.Screen(min_nonzero=0.6), zeros).scores["unit"].to_list() == ["u2", "u3", "u4", "u5"]


def test_a_step_after_it_finds_the_attributes_of_the_units_left(frame: Frame, values: pl.DataFrame) -> None:
    steps = [odd17.Screen(min_available=1.0), odd17.Impute("mean", by="group"), odd17.Normalise(), odd17.Aggregate()]
    assert odd17.Index(frame, steps).fit(values, unit="code").scores["unit"].to_list() == ["u1", "u4", "u5"]


def test_everyone_may_be_left_out(frame: Frame, values: pl.DataFrame) -> None:
    assert fit(frame, odd17.Screen(min_available=1.0), values.with_columns(a=pl.lit(None))).scores.is_empty()


def test_shares_are_checked() -> None:
    with pytest.raises(UsageError, match="share from 0 to 1"):
        odd17.Screen(min_available=90)
