"""On PySpark, in a local session: the same matrix, scores and ranks as on Polars."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import DataError, UsageError
from odd17.core.territories import MEMBERSHIPS

EXACT = 1e-9
INDICATORS, UNITS = 18, 240


def on_spark(session: Any, table: pl.DataFrame) -> Any:
    return session.createDataFrame(table.to_arrow())


def brought(table: Any) -> pl.DataFrame:
    """A table of PySpark, brought here."""
    assert type(table).__module__.startswith("pyspark")
    return pl.DataFrame(pl.from_arrow(table.toArrow()))


@pytest.fixture(scope="module")
def nested() -> Frame:
    """Eighteen indicators under six pillars, two sub-indices and a root, of uneven weights and both directions."""
    random = np.random.default_rng(5)
    codes = [f"i{at}" for at in range(INDICATORS)]
    pillars = [f"p{at}" for at in range(6)]
    return Frame.from_table(
        pl.DataFrame(
            {
                "code": [*codes, *pillars, "left", "right", "Index"],
                "parent": [*(pillars[at % 6] for at in range(18)), *["left"] * 3, *["right"] * 3, *["Index"] * 2, None],
                "weight": [*random.uniform(0.5, 2, INDICATORS + 6), 2.0, 1.0, 1.0],
                "direction": [*random.choice([-1, 1], INDICATORS), *[1] * 9],
            }
        ),
        level_names={2: "pillar", 3: "sub-index"},
    )


@pytest.fixture(scope="module")
def values() -> pl.DataFrame:
    """Made up, from a seed; five in a hundred are missing, and one unit has nothing."""
    random = np.random.default_rng(7)
    table = random.gamma(2.0, size=(UNITS, INDICATORS))
    table[random.random(table.shape) < 0.05] = np.nan
    table[3] = np.nan
    named = pl.DataFrame(table, schema=[f"i{at}" for at in range(INDICATORS)], nan_to_null=True)
    groups = pl.Series("group", random.choice(["x", "y", "z"], UNITS))
    return named.with_columns(groups, code=pl.format("T{}", pl.int_range(UNITS)))


@pytest.mark.parametrize(
    "steps",
    [
        [
            odd17.Impute("median"),
            odd17.Normalise("minmax", low=1, high=100),
            odd17.Aggregate("arithmetic", at={"sub-index": "geometric", "p2": "harmonic"}, min_available=0.6),
        ],
        [
            odd17.Screen(min_available=0.9),
            odd17.Impute("mean", by="group"),
            odd17.Normalise("zscore", mean=50, sd=2),
            odd17.Aggregate("power", at={"Index": "arithmetic"}, power=2.0),
        ],
        [odd17.Normalise("percentile"), odd17.Aggregate("arithmetic", min_available=0.75)],
    ],
    ids=["medians, mixed means", "screened, group means", "percentiles, gaps left"],
)
def test_scores_and_ranks_are_those_of_polars(
    spark: Any, nested: Frame, values: pl.DataFrame, steps: list[Any]
) -> None:
    index = odd17.Index(nested, steps)
    expected = index.fit(values, unit="code")
    found = index.fit_lazy(on_spark(spark, values), unit="code")
    assert found.log["engine"] == "pyspark"
    scores, ranks = brought(found.scores).sort("unit"), brought(found.ranks).sort("unit")
    assert_frame_equal(scores, expected.scores.sort("unit"), abs_tol=EXACT, rel_tol=EXACT)
    assert_frame_equal(ranks, expected.ranks.sort("unit"))


PERIODS = {"jobs": "2019", "rate": "2020", "median": "2019"}
COUNTS, RATIOS = ["jobs"], {"rate": 100.0}


def observations() -> pl.DataFrame:
    """A table like a release's, of the codes of 2020: 60 communes, some without a figure, some of another period."""
    random = np.random.default_rng(11)
    rows = []
    for at in range(60):
        for indicator, period in [*PERIODS.items(), ("jobs", "2018"), ("rate", "2019")]:
            row: dict[str, object] = dict.fromkeys(OBSERVATIONS)
            parts = [float(random.integers(1, 90)), float(random.integers(100, 900))]
            missing = random.random() < 0.05
            row |= {"territory": f"COM-{at:02}", "level": "COM", "vintage": 2020, "indicator": indicator}
            row |= {"period": period, "obs_status": "L" if missing else "A", "conf_status": "F", "source": "made up"}
            if not missing:
                row["value"] = {"jobs": parts[0], "rate": 100 * parts[0] / parts[1]}.get(indicator, parts[1] / 7)
            if not missing and indicator == "rate":
                row |= {"numerator": parts[0], "denominator": parts[1]}
            rows.append(row)
    return pl.DataFrame(rows, schema=OBSERVATIONS)


def test_observations_are_carried_laid_out_and_scored(spark: Any) -> None:
    # 01 and 02 join 00, 04 becomes 70, 05 is split, 06 goes
    changes = [("00", "00"), ("01", "00"), ("02", "00"), ("04", "70"), ("05", "05"), ("05", "71")]
    movements = odd17.Movements.of([("2021-01-01", *change) for change in changes], through=2024)
    codes = [f"{at:02}" for at in range(60) if at not in (1, 2, 4, 6)] + ["70", "71"]
    today = pl.DataFrame([{"commune": code, "departement": "01", "region": "84"} for code in codes], schema=MEMBERSHIPS)
    meta = pl.DataFrame(
        {
            "code": [*PERIODS, "Index"],
            "parent": ["Index"] * 3 + [None],
            "weight": [2, 1, 1, 1],
            "direction": [1, -1, 1, 1],
        }
    )
    index = odd17.Index(
        Frame.from_table(meta), [odd17.Normalise("minmax"), odd17.Aggregate("arithmetic", min_available=0.6)]
    )

    within = pl.DataFrame(
        {"code": codes, "territory": [f"EPCI-{at % 9}" for at in range(len(codes))], "weight": [10.0] * len(codes)}
    )

    def all_the_way(table: Any) -> tuple[Any, Any, Any, Any, Any]:
        carried = odd17.carried(
            table, to=2024, memberships={2024: today}, movements=movements, counts=COUNTS, ratios=RATIOS
        )
        matrix = odd17.observation_matrix(carried.observations, level="COM", periods=PERIODS)
        result = index.fit_lazy(matrix, unit="territory")
        larger = odd17.recombined(carried.observations, within=within, counts=COUNTS, ratios=RATIOS, complete=0.5)
        return carried.report, carried.observations, matrix, result.scores, larger

    of_figures = ["territory", "indicator", "period"]
    keys = [["territory", "successor"], of_figures, ["territory"], ["unit"], of_figures]
    for key, here, there in zip(
        keys, all_the_way(observations().lazy()), all_the_way(on_spark(spark, observations())), strict=True
    ):
        expected, found = here.collect().sort(key), brought(there).sort(key)
        assert found.height
        assert_frame_equal(found, expected, abs_tol=EXACT, rel_tol=EXACT, check_dtypes=False)


def test_observations_that_nothing_happened_to(spark: Any) -> None:
    today = pl.DataFrame([{"commune": f"{at:02}"} for at in range(60)], schema=MEMBERSHIPS)
    same = odd17.Movements.of([], through=2024)
    carried = odd17.carried(on_spark(spark, observations()), to=2021, memberships={2021: today}, movements=same)
    expected = observations().with_columns(vintage=pl.lit(2021, pl.Int16))
    key = ["territory", "indicator", "period"]
    assert_frame_equal(brought(carried.observations).sort(key), expected.sort(key), check_column_order=False)


def test_what_is_wrong_is_named_there_too(spark: Any, nested: Frame, values: pl.DataFrame) -> None:
    steps = [odd17.Normalise("minmax"), odd17.Aggregate("geometric")]
    with pytest.raises(DataError, match="takes no zero or negative score: unit 'T"):
        odd17.Index(nested, steps).fit_lazy(on_spark(spark, values), unit="code")
    meta = pl.DataFrame({"code": ["i.0", "Index"], "parent": ["Index", None], "weight": [1, 1], "direction": [1, 1]})
    dotted = odd17.Index(Frame.from_table(meta), steps)
    with pytest.raises(UsageError, match=r"Spark cannot tell the column 'i\.0'"):
        dotted.fit_lazy(on_spark(spark, values.rename({"i0": "i.0"})), unit="code")
