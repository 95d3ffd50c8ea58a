from __future__ import annotations

import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.result import Result
from odd17.core.kernel import DataError, UsageError


def fit(frame: Frame, step: odd17.Impute, values: pl.DataFrame) -> Result:
    return odd17.Index(frame, [step, odd17.Normalise(), odd17.Aggregate()]).fit(values, unit="code")


@pytest.mark.parametrize(
    ("step", "b", "d"),
    [
        (odd17.Impute("mean"), 5.0, 3.25),
        (odd17.Impute("median"), 5.0, 3.5),
        (odd17.Impute("mean", by="group"), 8.0, 2.0),
        (odd17.Impute("none"), None, None),
    ],
)
def test_gaps_are_filled_from_all_or_from_the_group(
    frame: Frame, values: pl.DataFrame, step: odd17.Impute, b: float | None, d: float | None
) -> None:
    result = fit(frame, step, values)
    imputed = result.table("imputed")
    assert (imputed["b"][2], imputed["d"][1]) == (b, d)
    assert imputed["a"].equals(values["a"])
    assert odd17.replay(result.log, values) == result


def test_a_gap_stays_where_its_group_says_nothing(frame: Frame, values: pl.DataFrame) -> None:
    alone = values.with_columns(group=pl.Series(["x", None, "alone", None, "y"]))
    result = fit(frame, odd17.Impute("median", by="group"), alone)
    assert result.table("imputed")["b"][2] is None
    assert result.table("imputed")["d"][1] is None
    assert result.log["steps"][0]["did"] == {"filled": {}, "left": 2}


def test_the_latest_value_of_the_unit_fills_a_gap(frame: Frame, values: pl.DataFrame) -> None:
    panel = pl.DataFrame(
        {
            "who": ["u3", "u3", "u3", "u2"],
            "year": [2019, 2021, 2020, 2021],
            "a": [1.0, 1.0, 1.0, 1.0],
            "b": [1.0, None, 6.0, 1.0],
            "c": [1.0, 1.0, 1.0, 1.0],
            "d": [1.0, 1.0, 1.0, None],
        }
    )
    step = odd17.Impute("last_known", panel=panel, on="who", period="year")
    result = fit(frame, step, values)
    imputed = result.table("imputed")
    assert imputed["b"][2] == 6.0
    assert imputed["d"][1] is None
    assert imputed["a"].equals(values["a"])
    assert result.log["steps"][0]["did"] == {"filled": {"b": 1}, "left": 1}
    assert odd17.replay(result.log, values, tables={"any": panel}) == result
    twice = pl.concat([panel, panel.head(1)])
    with pytest.raises(DataError, match="twice in the panel"):
        fit(frame, odd17.Impute("last_known", panel=twice, on="who", period="year"), values)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "meen"}, "Did you mean 'mean'"),
        ({"method": "none", "by": "group"}, "takes no 'by'"),
        ({"method": "last_known"}, "'panel' goes with"),
        ({"method": "mean", "period": "year"}, "'period' goes with"),
    ],
)
def test_choices_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        odd17.Impute(**arguments)


def test_an_absent_attribute_is_named(frame: Frame, values: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="Did you mean 'group'"):
        fit(frame, odd17.Impute("mean", by="grup"), values)
