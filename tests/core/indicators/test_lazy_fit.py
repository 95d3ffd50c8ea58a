"""An index over a lazy table: the scores and ranks of the same index in memory, and the same refusals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.step import Step
from odd17.core.kernel import DataError, UsageError

POSITIVE = odd17.Normalise("minmax", low=1, high=100)
MIXED = odd17.Aggregate("arithmetic", at={"domain": "geometric", "Index": "harmonic"}, min_available=0.5)


def check(frame: Frame, steps: Sequence[Step], values: pl.DataFrame) -> None:
    """The lazy way gives what the way in memory gives."""
    index = odd17.Index(frame, steps)
    expected, found = index.fit(values, unit="code"), index.fit_lazy(values.lazy(), unit="code")
    assert isinstance(found.scores, pl.LazyFrame)
    scores, ranks = (table.sort("unit").collect() for table in (found.scores, found.ranks))
    assert_frame_equal(scores, expected.scores.sort("unit"), abs_tol=1e-9, rel_tol=1e-9)
    rounded = expected.scores.sort("unit").with_columns(pl.exclude("unit").round(7))
    if all(rounded[code].drop_nulls().n_unique() == rounded[code].drop_nulls().len() for code in frame.codes):
        assert_frame_equal(ranks, expected.ranks.sort("unit"))
    assert ranks.schema == expected.ranks.schema


@pytest.mark.parametrize(
    "normalise",
    [
        odd17.Normalise("minmax", low=1, high=100),
        odd17.Normalise("zscore", mean=50, sd=10),
        odd17.Normalise("rank"),
        odd17.Normalise("percentile"),
        odd17.Normalise("borda"),
        odd17.Normalise("fraction_of_max"),
        odd17.Normalise("distance_to_max"),
        odd17.Normalise("distance_to_reference", reference="u4"),
        odd17.Normalise("goalposts", goalposts={"a": (2, 4), "b": (3, 7), "c": (2, 8), "d": (0, 9)}, low=1, high=9),
    ],
    ids=lambda step: step.method,
)
def test_every_normalisation(frame: Frame, values: pl.DataFrame, normalise: odd17.Normalise) -> None:
    check(frame, [normalise, odd17.Aggregate("arithmetic")], values)


def test_distance_to_the_targets_of_the_frame(frame: Frame, values: pl.DataFrame) -> None:
    goals = {"a": 4.0, "b": 2.0, "c": 9.0, "d": 5.0}
    aimed = Frame(
        tuple(type(n)(n.code, n.parent, n.weight, n.direction, n.level, None, goals.get(n.code)) for n in frame.nodes)
    )
    check(aimed, [odd17.Normalise("distance_to_target"), odd17.Aggregate()], values)


@pytest.mark.parametrize(
    "aggregate",
    [
        odd17.Aggregate("arithmetic", min_available=0.6),
        odd17.Aggregate("geometric"),
        odd17.Aggregate("harmonic"),
        odd17.Aggregate("power", power=2.5),
        odd17.Aggregate("power", power=-0.5),
        MIXED,
    ],
    ids=["arithmetic", "geometric", "harmonic", "power", "negative power", "mixed"],
)
def test_every_mean(frame: Frame, values: pl.DataFrame, aggregate: odd17.Aggregate) -> None:
    check(frame, [POSITIVE, aggregate], values)


@pytest.mark.parametrize(
    "steps",
    [
        [odd17.Screen(min_available=0.9)],
        [odd17.Screen(min_nonzero=0.6)],
        [odd17.Impute("median")],
        [odd17.Impute("mean", by="group")],
        [odd17.Impute("median", by="group"), odd17.Screen(min_available=1.0)],
        [odd17.Impute("none")],
    ],
)
def test_what_is_done_with_gaps(frame: Frame, values: pl.DataFrame, steps: list[Step]) -> None:
    gaps = values.with_columns(
        a=pl.Series([0.0, float("nan"), 0.0, 4.0, 5.0]), group=pl.Series(["x", "x", None, "y", "y"])
    )
    check(frame, [*steps, POSITIVE, odd17.Aggregate()], gaps)


@pytest.mark.parametrize("aside", [True, False])
def test_ratios_by_a_column_or_by_a_side_table(frame: Frame, values: pl.DataFrame, aside: bool) -> None:
    sized = Frame(
        tuple(
            type(n)(n.code, n.parent, n.weight, n.direction, n.level, "people" if n.code in "ad" else None)
            for n in frame.nodes
        )
    )
    people = pl.DataFrame({"code": ["u5", "u4", "u3", "u2", "u1", "u0"], "people": [10, None, 30, 25, 50, 0]})
    denominate = odd17.Denominate(by=people, on="code") if aside else odd17.Denominate()
    given = values if aside else values.join(people, on="code", how="left")
    check(sized, [denominate, POSITIVE, odd17.Aggregate()], given)
    zero = given.with_columns(code=pl.col("code").replace("u1", "u0"))
    zero = zero if aside else zero.with_columns(people=pl.when(pl.col("code") != "u0").then("people").otherwise(0))
    with pytest.raises(DataError, match="denominator of zero for unit 'u0'"):
        odd17.Index(sized, [denominate, POSITIVE, odd17.Aggregate()]).fit_lazy(zero, unit="code")


def test_a_unit_that_the_side_table_lacks(frame: Frame, values: pl.DataFrame) -> None:
    sized = Frame(
        tuple(
            type(n)(n.code, n.parent, n.weight, n.direction, n.level, "p" if n.code == "a" else None)
            for n in frame.nodes
        )
    )
    denominate = odd17.Denominate(by=pl.DataFrame({"code": ["u1"], "p": [3]}), on="code")
    with pytest.raises(DataError, match="no row for unit 'u2'"):
        odd17.Index(sized, [denominate, POSITIVE, odd17.Aggregate()]).fit_lazy(values, unit="code")


NUMBER = st.one_of(st.none(), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, st.sampled_from(["x", "y", None])), min_size=1, max_size=9),
    steps=st.sampled_from(
        [
            [odd17.Normalise("minmax"), odd17.Aggregate()],
            [odd17.Impute("median"), POSITIVE, MIXED],
            [odd17.Impute("mean", by="group"), odd17.Normalise("zscore"), odd17.Aggregate(min_available=0.6)],
            [odd17.Screen(min_available=0.5), odd17.Normalise("percentile"), odd17.Aggregate("power", power=3)],
        ]
    ),
)
def test_any_table(rows: list[tuple[float | None, ...]], steps: list[Step]) -> None:
    codes = ["a", "b", "c", "d", "work", "home", "empty", "Index"]
    frame = Frame.from_table(
        pl.DataFrame(
            {
                "code": codes,
                "parent": ["work", "work", "home", "home", "Index", "Index", "Index", None],
                "weight": [1.0, 3.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0],
                "direction": [1, -1, 1, 1, 1, 1, 1, 1],
                "level": [1, 1, 1, 1, 2, 2, 2, 3],
            }
        ),
        level_names={2: "domain"},
    )
    schema = {**dict.fromkeys("abcd", pl.Float64), "group": pl.String}
    values = pl.DataFrame(rows, schema=schema, orient="row")
    check(frame, steps, values.with_columns(code=pl.format("u{}", pl.int_range(values.height))))


def test_more_indicators_than_fit_on_a_hand() -> None:
    random = np.random.default_rng(3)
    table = random.gamma(2.0, size=(300, 24))
    table[random.random(table.shape) < 0.05] = np.nan
    codes = [f"i{at}" for at in range(24)]
    meta = pl.DataFrame(
        {
            "code": [*codes, "p0", "p1", "p2", "left", "right", "Index"],
            "parent": [*(f"p{at % 3}" for at in range(24)), "left", "left", "right", "Index", "Index", None],
            "weight": [*random.random(24), 1, 2, 1, 1, 3, 1],
            "direction": [*random.choice([-1, 1], 24), 1, 1, 1, 1, 1, 1],
        }
    )
    values = pl.DataFrame(table, schema=codes).with_columns(code=pl.int_range(300).cast(pl.String))
    aggregate = odd17.Aggregate("arithmetic", at={"left": "geometric", "Index": "harmonic"}, min_available=0.6)
    check(Frame.from_table(meta), [odd17.Impute("median"), POSITIVE, aggregate], values)


@pytest.mark.parametrize(
    ("step", "named"),
    [
        (odd17.Treat(), "Treat"),
        (odd17.Impute("last_known", panel=pl.DataFrame(), on="a", period="b"), "last_known"),
        (odd17.Aggregate("arithmetic", at={"domain": "copeland"}), "copeland"),
    ],
)
def test_a_step_that_cannot_run_there_says_so(frame: Frame, values: pl.DataFrame, step: Step, named: str) -> None:
    steps = [step] if isinstance(step, odd17.Aggregate) else [step, odd17.Aggregate()]
    if not isinstance(step, odd17.Impute):
        steps.insert(len(steps) - 1, POSITIVE)
    else:
        steps.insert(1, POSITIVE)
    with pytest.raises(UsageError, match=rf"{named}.*does not run on a lazy table.*Index\.fit"):
        odd17.Index(frame, steps).fit_lazy(values.lazy(), unit="code")


@pytest.mark.parametrize(
    ("aggregate", "node"),
    [
        (odd17.Aggregate("geometric"), "work"),
        (odd17.Aggregate("arithmetic", at={"Index": "harmonic"}), "Index"),
        (odd17.Aggregate("power", power=-1), "work"),
    ],
)
def test_zeros_are_refused_by_name(frame: Frame, values: pl.DataFrame, aggregate: odd17.Aggregate, node: str) -> None:
    index = odd17.Index(frame, [odd17.Normalise("minmax"), aggregate])
    poor = values.with_columns(b=pl.lit(9.0) - pl.col("a"), c=pl.lit(9.0) - pl.col("a"), d=pl.lit(9.0) - pl.col("a"))
    with pytest.raises(DataError, match=f"node '{node}' takes no zero or negative score: unit 'u[15]'") as lazy:
        index.fit_lazy(poor.lazy(), unit="code")
    with pytest.raises(DataError, match="unit") as eager:
        index.fit(poor, unit="code")
    assert str(lazy.value) == str(eager.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"a": pl.lit("many")}, "not a column of numbers"),
        ({"b": pl.when(pl.col("code") == "u3").then(float("inf")).otherwise("b")}, "infinite value for unit 'u3'"),
        ({"b": pl.when(pl.col("code") == "u3").then(1e200).otherwise("b")}, "too large to work with for unit 'u3'"),
        ({"code": pl.lit("u1")}, "unit given twice .value 'u1'"),
        ({"code": pl.when(pl.col("code") != "u1").then("code")}, "a unit has no name"),
        ({"code": pl.lit(1.5)}, "not a column of names of units"),
    ],
)
def test_values_that_are_no_values(frame: Frame, values: pl.DataFrame, change: dict[str, pl.Expr], said: str) -> None:
    with pytest.raises(DataError, match=said):
        odd17.Index(frame, [POSITIVE, odd17.Aggregate()]).fit_lazy(values.lazy().with_columns(**change), unit="code")


def test_columns_that_are_not_there(frame: Frame, values: pl.DataFrame) -> None:
    index = odd17.Index(frame, [odd17.Impute("mean", by="group"), POSITIVE, odd17.Aggregate()])
    with pytest.raises(DataError, match="column 'c': no such column"):
        index.fit_lazy(values.lazy().drop("c"), unit="code")
    with pytest.raises(UsageError, match="unknown column of units 'kode'"):
        index.fit_lazy(values.lazy(), unit="kode")
    with pytest.raises(UsageError, match="unknown column of attributes 'group'"):
        index.fit_lazy(values.lazy().drop("group"), unit="code")
    with pytest.raises(DataError, match="not a dataframe"):
        index.fit_lazy([1, 2], unit="code")


def test_an_overflow_names_the_unit(frame: Frame, values: pl.DataFrame) -> None:
    sized = Frame(
        tuple(type(n)(n.code, n.parent, n.weight, 1, n.level, "p" if n.code == "a" else None) for n in frame.nodes)
    )
    tiny = values.with_columns(p=pl.lit(1e-300), a=pl.col("a") * 1e100)
    with pytest.raises(DataError, match="overflows for unit 'u1'"):
        odd17.Index(sized, [odd17.Denominate(), odd17.Aggregate()]).fit_lazy(tiny, unit="code")


def test_the_log_replays_in_memory(frame: Frame, values: pl.DataFrame) -> None:
    found = odd17.Index(frame, [POSITIVE, MIXED]).fit_lazy(values.lazy(), unit="code")
    assert found.log["engine"] == "polars"
    again = odd17.replay(found.log, values, tables={})
    assert_frame_equal(found.scores.sort("unit").collect(), again.scores.sort("unit"), abs_tol=1e-9)


def test_a_frame_without_indicator() -> None:
    meta = pl.DataFrame(
        {"code": ["a", "Index"], "parent": ["Index", None], "weight": [1, 1], "direction": [1, 1], "level": [2, 3]}
    )
    with pytest.raises(UsageError, match="no indicator"):
        odd17.Index(Frame.from_table(meta), [odd17.Aggregate()]).fit_lazy(pl.LazyFrame({"code": ["x"]}), unit="code")
