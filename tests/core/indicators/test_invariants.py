"""What no table, weight or order may change."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import odd17
from odd17.core.indicators.frame import Frame

CODES = ("a", "b", "c", "d")
FRAME = Frame.from_table(
    pl.DataFrame(
        {
            "code": [*CODES, "work", "home", "Index"],
            "parent": ["work", "work", "home", "home", "Index", "Index", None],
            "weight": [1.0, 3.0, 0.5, 2.0, 1.0, 4.0, 1.0],
            "direction": [1, -1, 1, -1, 1, 1, 1],
        }
    ),
    level_names={2: "domain"},
)
STEPS = [
    odd17.Impute("median"),
    odd17.Treat(max_points=2),
    odd17.Normalise("minmax", low=1, high=100),
    odd17.Aggregate("arithmetic", at={"Index": "geometric"}, min_available=0.5),
]
# whole numbers, so that an affine change of them is exact
cells = st.one_of(st.none(), st.integers(-1000, 1000).map(float))


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(st.integers(1, 12))
    columns = {code: draw(st.lists(cells, min_size=rows, max_size=rows)) for code in CODES}
    units = [f"u{row}" for row in range(rows)]
    return pl.DataFrame({"code": units, **columns}, schema_overrides=dict.fromkeys(CODES, pl.Float64))


def scores(frame: Frame, steps: list[object], table: pl.DataFrame) -> np.ndarray:
    return odd17.Index(frame, steps).fit(table, unit="code").scores.sort("unit").drop("unit").to_numpy()  # type: ignore[arg-type]


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(table: pl.DataFrame, random) -> None:
    order = list(range(table.height))
    random.shuffle(order)
    np.testing.assert_allclose(scores(FRAME, STEPS, table), scores(FRAME, STEPS, table[order]), rtol=1e-9)


@given(tables(), st.sampled_from([0.5, 2.0, 1024.0]), st.integers(-50, 50))
def test_an_affine_change_of_a_column_changes_nothing_under_minmax(
    table: pl.DataFrame, factor: float, shift: int
) -> None:
    steps = [odd17.Normalise("minmax"), odd17.Aggregate()]
    changed = table.with_columns(pl.col("b") * factor + shift)
    np.testing.assert_allclose(scores(FRAME, steps, table), scores(FRAME, steps, changed), rtol=1e-12)


@given(tables(), st.floats(1e-6, 1e6))
def test_only_the_proportions_of_weights_count(table: pl.DataFrame, scale: float) -> None:
    heavier = FRAME.with_weights({code: weight * scale for code, weight in FRAME.weights.items()})
    np.testing.assert_allclose(scores(FRAME, STEPS, table), scores(heavier, STEPS, table), rtol=1e-12)


@given(tables())
@settings(max_examples=50)
def test_a_replay_equals_the_result(table: pl.DataFrame) -> None:
    result = odd17.Index(FRAME, STEPS).fit(table, unit="code")
    assert odd17.replay(json.dumps(result.log), table) == result


@given(tables())
def test_turning_a_column_and_its_direction_changes_nothing(table: pl.DataFrame) -> None:
    turned = Frame.from_json(
        {
            "nodes": [
                node | ({"direction": -node["direction"]} if node["code"] == "a" else {})
                for node in FRAME.to_json()["nodes"]
            ],
            "level_names": {},
        }
    )
    steps = [odd17.Normalise("minmax"), odd17.Aggregate()]
    np.testing.assert_allclose(
        scores(FRAME, steps, table), scores(turned, steps, table.with_columns(-pl.col("a"))), rtol=1e-12
    )


@given(tables())
def test_scores_stay_within_what_they_are_means_of(table: pl.DataFrame) -> None:
    result = odd17.Index(FRAME, [odd17.Normalise("minmax"), odd17.Aggregate()]).fit(table, unit="code")
    found = result.scores.select("Index", "work", "home").to_numpy()
    present = found[~np.isnan(found)]
    assert ((present >= -1e-9) & (present <= 100 + 1e-9)).all()
