from __future__ import annotations

import csv

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.treat import kurtosis, log_ct, passes, skewness, winsorise
from odd17.core.kernel import UsageError

NAN = float("nan")


def test_the_formulas_on_the_reference_vector(asem) -> None:
    with (asem.folder / "unit_vectors.csv").open() as file:
        rows = [{name: float(cell) if cell else NAN for name, cell in row.items()} for row in csv.DictReader(file)]
    column = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    x = column["x"]
    assert skewness(x) == pytest.approx(column["skew"][0], rel=1e-12)
    assert kurtosis(x) == pytest.approx(column["kurt"][0], rel=1e-12)
    np.testing.assert_allclose(winsorise(x, 5).values, column["wins"])
    np.testing.assert_allclose(log_ct(x), column["log_CT"], rtol=1e-12)


def test_winsorising_takes_in_the_side_of_the_skew() -> None:
    x = np.array([-100.0, 1.0, 2.0, 3.0, 4.0, 5.0, NAN])
    found = winsorise(x, 5)
    assert found.values[:6].tolist() == [1.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    assert (found.high, found.low) == (0, 1)
    assert x[0] == -100.0


def test_winsorising_never_moves_more_points_than_it_may() -> None:
    x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 400.0, 400.0])
    assert winsorise(x, 1).values.tolist() == x.tolist()
    assert winsorise(x, 2).values.max() == 15.0
    assert winsorise(x, 0) == (pytest.approx(x), 0, 0)


def test_what_cannot_be_judged_passes() -> None:
    for x in ([], [NAN], [1.0, 1.0, 1.0, 1.0, 1.0], [1.0, 2.0, 900.0]):
        assert passes(np.array(x))
    assert np.isnan(log_ct(np.array([2.0, 2.0]))).all()


@pytest.fixture
def skewed() -> pl.DataFrame:
    rows = 30
    far_apart = [float(row) for row in range(rows - 3)] + [900.0, 9e4, 9e6]
    return pl.DataFrame(
        {
            "code": [f"u{row}" for row in range(rows)],
            "a": far_apart,
            "b": [float(row % 7) for row in range(rows)],
            "c": [float(row) for row in range(rows - 1)] + [500.0],
            "d": [1.0] * rows,
        }
    )


def test_columns_are_winsorised_else_their_originals_logged(frame: Frame, skewed: pl.DataFrame) -> None:
    steps = [odd17.Treat(max_points=2), odd17.Normalise(), odd17.Aggregate()]
    result = odd17.Index(frame, steps).fit(skewed, unit="code")
    treated = result.table("treated")
    assert result.log["steps"][0]["did"]["winsorised"] == {"c": {"high": 1, "low": 0}}
    assert result.log["steps"][0]["did"]["log_ct"] == ["a"]
    assert treated["c"].max() == 28.0
    np.testing.assert_allclose(treated["a"].to_numpy(), log_ct(skewed["a"].to_numpy()))
    assert treated["b"].equals(skewed["b"])
    assert treated["d"].equals(skewed["d"])
    assert odd17.replay(result.log, skewed) == result


def test_without_a_second_treatment_the_winsorised_values_stay(frame: Frame, skewed: pl.DataFrame) -> None:
    steps = [odd17.Treat(max_points=1, then="none"), odd17.Normalise(), odd17.Aggregate()]
    result = odd17.Index(frame, steps).fit(skewed, unit="code")
    assert result.table("treated")["a"].max() == 9e4
    assert result.log["steps"][0]["did"]["still_failing"] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"max_points": -1}, "whole number"),
        ({"max_points": 2.5}, "whole number"),
        ({"max_points": True}, "whole number"),
        ({"then": "log"}, "Did you mean 'log_ct'"),
        ({"skew": 0.0}, "above zero"),
    ],
)
def test_choices_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        odd17.Treat(**arguments)
