from __future__ import annotations

import csv

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.indicators import normalise as steps
from odd17.core.indicators.frame import Frame
from odd17.core.kernel import DataError, UsageError

NAN = float("nan")
X = np.array([1.0, 2.0, 2.0, NAN, 5.0])
CONSTANT = np.array([3.0, NAN, 3.0])
NOTHING = np.full(3, NAN)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (steps.minmax, [0.0, 25.0, 25.0, NAN, 100.0]),
        (steps.zscore, [-0.8660254, -0.28867513, -0.28867513, NAN, 1.44337567]),
        (steps.ascending, [1.0, 2.0, 2.0, NAN, 4.0]),
        (steps.borda, [0.0, 1.0, 1.0, NAN, 3.0]),
        (steps.percentile, [0.0, 1 / 3, 1 / 3, NAN, 1.0]),
        (steps.fraction_of_max, [0.2, 0.4, 0.4, NAN, 1.0]),
        (steps.distance_to_max, [0.0, 0.25, 0.25, NAN, 1.0]),
        (lambda x: steps.distance_to_reference(x, 2.0), [0.0, 1.0, 1.0, NAN, 4.0]),
        (lambda x: steps.distance_to_target(x, 3.0), [0.0, 0.5, 0.5, NAN, 2.0]),
        (lambda x: steps.goalposts(x, 1.0, 3.0), [0.0, 50.0, 50.0, NAN, 100.0]),
    ],
)
def test_each_formula(method, expected: list[float]) -> None:
    np.testing.assert_allclose(method(X), expected, rtol=1e-7)
    assert np.isnan(method(NOTHING)).all()


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("borda", steps.borda),
        ("rank", steps.ascending),
        ("prank", steps.percentile),
        ("zscore", steps.zscore),
        ("minmax", steps.minmax),
        ("goalposts", lambda x: steps.goalposts(x, 0.0, 10.0)),
        ("dist2targ", lambda x: steps.distance_to_target(x, 10.0)),
        ("fracmax", steps.fraction_of_max),
    ],
)
def test_each_formula_on_the_reference_vector(asem, column: str, method) -> None:
    with (asem.folder / "unit_vectors.csv").open() as file:
        rows = [(row["x"], row[column]) for row in csv.DictReader(file)]
    x, expected = (np.array([float(cell) if cell else NAN for cell in cells]) for cells in zip(*rows, strict=True))
    np.testing.assert_allclose(method(x), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("method", [steps.minmax, steps.zscore, steps.distance_to_max])
def test_a_constant_column_says_nothing(method) -> None:
    assert np.isnan(method(CONSTANT)).all()
    assert np.isnan(method(np.array([0.1 + 0.2] * 7))).all()
    assert np.isnan(method(np.array([4.0]))).all()


def test_a_constant_column_is_one_long_tie_for_ranks() -> None:
    np.testing.assert_array_equal(steps.ascending(CONSTANT), [1.0, NAN, 1.0])
    np.testing.assert_array_equal(steps.percentile(CONSTANT), [0.0, NAN, 0.0])
    assert np.isnan(steps.percentile(np.array([4.0]))).all()


def test_divisions_by_zero_come_out_missing() -> None:
    assert np.isnan(steps.fraction_of_max(np.array([-1.0, 0.0]))).all()
    assert np.isnan(steps.distance_to_reference(X, 1.0)).all()
    assert np.isnan(steps.distance_to_reference(X, NAN)).all()
    assert np.isnan(steps.distance_to_target(X, 1.0)).all()


def test_direction_comes_first(frame: Frame, values: pl.DataFrame) -> None:
    def column(step: odd17.Normalise, code: str, given: Frame = frame) -> list[float | None]:
        return (
            odd17.Index(given, [step, odd17.Aggregate()]).fit(values, unit="code").table("normalised")[code].to_list()
        )

    assert column(odd17.Normalise("rank"), "b") == [1.0, 2.0, None, 3.0, 4.0]
    posts = dict.fromkeys("acd", (0.0, 10.0)) | {"b": (1.0, 9.0)}
    assert column(odd17.Normalise("goalposts", goalposts=posts), "b") == [0.0, 25.0, None, 75.0, 100.0]
    assert column(odd17.Normalise("distance_to_reference", reference="u4"), "b") == pytest.approx(
        [0.0, 1 / 3, None, 1.0, 4 / 3]
    )
    targets = {"a": 5.0, "b": 3.0, "c": 9.0, "d": 5.0}
    aimed = Frame.from_json(
        {
            "nodes": [node | {"target": targets.get(node["code"])} for node in frame.to_json()["nodes"]],
            "level_names": {},
        }
    )
    assert column(odd17.Normalise("distance_to_target"), "b", aimed) == pytest.approx([0.0, 1 / 3, None, 1.0, 4 / 3])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "min-max"}, "Did you mean 'minmax'"),
        ({"method": "zscore", "low": 0}, "takes no 'low'"),
        ({"method": "minmax", "low": 5, "high": 5}, "under high"),
        ({"method": "minmax", "high": float("inf")}, "finite"),
        ({"method": "zscore", "sd": 0}, "above zero"),
        ({"method": "rank", "reference": "u1"}, "goes with"),
        ({"method": "distance_to_reference"}, "goes with"),
        ({"method": "goalposts"}, "goes with"),
        ({"method": "goalposts", "goalposts": {"a": (2, 1)}}, "must rise"),
    ],
)
def test_choices_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        odd17.Normalise(**arguments)


def test_what_a_method_needs_is_asked_for(frame: Frame, values: pl.DataFrame) -> None:
    def fit(step: odd17.Normalise) -> None:
        odd17.Index(frame, [step, odd17.Aggregate()]).fit(values, unit="code")

    with pytest.raises(DataError, match="'a' has no target"):
        fit(odd17.Normalise("distance_to_target"))
    with pytest.raises(UsageError, match="no goalposts"):
        fit(odd17.Normalise("goalposts", goalposts={"a": (0, 1)}))
    with pytest.raises(UsageError, match="Did you mean 'u"):
        fit(odd17.Normalise("distance_to_reference", reference="u9"))
    with pytest.raises(UsageError, match="below every value"):
        steps.distance_to_target(X, 0.5)
