from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from odd17.core.diagnosis.class_places import class_places
from odd17.core.diagnosis.rank_intervals import branch, choices_of, decided_alone, replicated_ranks
from odd17.core.diagnosis.ranked import quantiles
from odd17.core.diagnosis.scoring import Scoring, fit_again, replay_scores, score
from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.index import Index
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.normalise import Normalise
from odd17.core.indicators.rank import ranks
from odd17.core.indicators.uncertainty import Uncertainty
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.indicators.weight import Noise
from odd17.core.territories import Cog

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]
Scored = tuple[Scoring, pl.DataFrame, Cog]

REGIONS = 9
RANGES = UncertaintyRanges(replicates=200)


@pytest.fixture(scope="module")
def three(country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> Scored:
    """Nine regions: three indicators of employment, and one of housing."""
    random = np.random.default_rng(5)
    indicators = {f"i{n}": made_up(f"i{n}") for n in range(3)} | {"rent": made_up("rent", "housing")}
    rows = [(f"REG-{at:02}", name, "2020", float(random.normal())) for at in range(REGIONS) for name in indicators]
    observations, cog = tell(rows), country({f"{at:02}": 1 for at in range(REGIONS)})
    return score(observations, indicators, replace(frame, uncertainty=RANGES), cog), observations, cog


def test_each_rank_lies_between_bounds_that_other_choices_give_it(three: Scored) -> None:
    found = three[0].scores.filter(pl.col("node") == "employment")
    assert found["rank"].null_count() == 0
    assert (found["rank_low"] <= found["rank_median"]).all()
    assert (found["rank_median"] <= found["rank_high"]).all()
    assert (found["rank_high"] > found["rank_low"]).any()
    assert found["rank_low"].min() >= 1
    assert found["rank_high"].max() <= REGIONS


def test_the_bounds_are_those_of_the_engine(three: Scored) -> None:
    scoring, observations, _cog = three
    wide = observations.pivot("indicator", index="territory", values="value").sort("territory")
    table = {
        "code": ["i0", "i1", "i2", "E"],
        "parent": ["E", "E", "E", None],
        "weight": [1.0] * 4,
        "direction": [1] * 4,
    }
    index = Index(Frame.from_table(pl.DataFrame(table)), [Normalise("minmax"), Aggregate("arithmetic")])
    scales = [Normalise("minmax", low=1, high=100), Normalise("zscore", mean=50, sd=10)]
    analysis = index.fit(wide, unit="territory").uncertainty(
        {"Normalise": scales, "Aggregate": ["arithmetic", "geometric"], "weights": Noise(0.25)}, n=200, seed=RANGES.seed
    )
    expected = analysis.ranks(level=0.9).sort("unit")
    found = scoring.scores.filter(pl.col("node") == "employment").sort("territory")
    for mine, theirs in (("rank_low", "low"), ("rank_median", "median"), ("rank_high", "high")):
        assert found[mine].to_list() == expected[theirs].to_list()


def test_one_indicator_alone_leaves_nothing_to_chance(three: Scored) -> None:
    scoring = three[0]
    housing = scoring.scores.filter(pl.col("node") == "housing")
    assert housing["rank_low"].equals(housing["rank"], check_names=False)
    assert housing["rank_high"].equals(housing["rank"], check_names=False)
    assert set(scoring.logs["REG-metropolitan"]["uncertainty"]["nodes"]) == {"employment"}


def test_a_node_without_score_has_no_bounds(three: Scored) -> None:
    refused = three[0].scores.filter(pl.col("score").is_null())
    assert refused.height > 0
    assert refused["rank_low"].null_count() == refused.height


def test_the_log_says_what_was_drawn_and_replays_to_the_same_bounds(three: Scored) -> None:
    scoring, observations, cog = three
    log = json.loads(json.dumps(scoring.logs["REG-metropolitan"]))
    drawn = log["uncertainty"]
    assert (drawn["replicates"], drawn["seed"], drawn["level"], drawn["weights"]) == (200, 17, 0.9, 0.25)
    assert drawn["nodes"]["employment"]["indicators"] == 3
    assert [scale["method"] for scale in drawn["nodes"]["employment"]["normalisation"]] == ["minmax", "zscore"]
    expected = scoring.scores.filter(pl.col("peer_set") == "REG-metropolitan")
    assert replay_scores(log, observations, cog).equals(expected)
    log["uncertainty"]["seed"] = 18
    assert not replay_scores(log, observations, cog).equals(expected)


def test_communes_have_bounds_within_their_class(cog: Cog, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> None:
    random = np.random.default_rng(3)
    indicators = {f"i{n}": made_up(f"i{n}") for n in range(3)}
    rows = [(id, name, "2020", float(random.normal())) for id in cog.at("COM")[:400] for name in indicators]
    scoring = score(tell(rows), indicators, replace(frame, uncertainty=RANGES), cog)
    found = scoring.scores.filter(pl.col("node") == "employment", pl.col("class_rank").is_not_null())
    assert scoring.logs["COM"]["uncertainty"]["replicates"] == 80  # fewer than asked for: communes are many
    assert found.height == 400
    assert (found["class_rank_low"] <= found["class_rank_high"]).all()
    assert (found["class_rank_high"] <= found["class_of"]).all()
    assert (found["class_rank_high"] - found["class_rank_low"] <= found["rank_high"] - found["rank_low"]).all()


@settings(max_examples=50, deadline=None)
@given(data=st.data(), units=st.integers(1, 30), replicates=st.integers(1, 4))
def test_places_within_classes_are_ranks_of_the_class_alone(data: st.DataObject, units: int, replicates: int) -> None:
    classes = np.array(data.draw(st.lists(st.integers(0, 3), min_size=units, max_size=units)))
    scores = np.array(
        data.draw(
            st.lists(
                st.lists(st.sampled_from([1.0, 2.0, 3.0, np.nan]), min_size=units, max_size=units),
                min_size=replicates,
                max_size=replicates,
            )
        )
    )
    ranked = np.nan_to_num([ranks(row) for row in scores]).astype(np.uint16)
    found = class_places(classes)(ranked)
    for row, places in zip(scores, found, strict=True):
        for kind in range(4):
            here = classes == kind
            expected = np.zeros(here.sum()) if kind == 0 else np.nan_to_num(ranks(row[here]))
            assert_array_equal(places[here], expected)


def test_a_branch_is_an_index_of_its_own() -> None:
    table = {
        "code": ["a", "b", "c", "E", "H", "Index"],
        "parent": ["E", "E", "H", "Index", "Index", None],
        "weight": [1.0, 2.0, 1.0, 1.0, 1.0, 1.0],
        "direction": [1, -1, 1, 1, 1, 1],
    }
    values = pl.DataFrame({"unit": ["x", "y", "z"], "a": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 2.0], "c": [0.0, 9.0, 5.0]})
    index = Index(Frame.from_table(pl.DataFrame(table)), [Normalise("minmax"), Aggregate("arithmetic")])
    fit = index.fit(values, unit="unit")
    part = branch(fit, "E")
    assert (part.frame.root, part.frame.indicators) == ("E", ("a", "b"))
    assert part.run.stages[-1].table()["E"].to_list() == fit.scores["E"].to_list()
    assert decided_alone(fit.frame) == {"H"}


def test_a_far_value_raises_the_scale_until_a_geometric_mean_can_be_taken() -> None:
    far = [0.0] * 60 + [-1.0]
    values = pl.DataFrame({"unit": range(61), "a": far, "b": [float(at) for at in range(61)]})
    table = {"code": ["a", "b", "E"], "parent": ["E", "E", None], "weight": [1.0] * 3, "direction": [1] * 3}
    index = Index(Frame.from_table(pl.DataFrame(table)), [Normalise("minmax"), Aggregate("arithmetic")])
    choices = choices_of(index.fit(values, unit="unit"), RANGES)
    assert choices["Normalise"][1].mean == 78.0  # the far value stands 7.7 standard deviations below the mean
    assert Uncertainty(index.fit(values, unit="unit"), choices, n=20, seed=1).ranks()["low"].null_count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": 0},
        {"weights": 1.5},
        {"level": 1.0},
        {"replicates": 0},
        {"normalisation": ()},
        {"normalisation": ("rank",)},
        {"aggregation": ("geometric", "geometric")},
    ],
)
def test_ranges_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|choose|shaken"):
        UncertaintyRanges(**wrong)


def test_ranges_keep_their_defaults_where_a_frame_says_nothing() -> None:
    assert UncertaintyRanges.from_dict({"seed": 3}) == UncertaintyRanges(seed=3)
    assert UncertaintyRanges.from_dict(RANGES.to_dict()) == RANGES


def test_the_replicates_are_those_behind_the_intervals(three: Scored) -> None:
    scoring, observations, cog = three
    fit = fit_again(scoring.logs["REG-metropolitan"], observations, cog)
    assert fit is not None
    found = replicated_ranks(fit, RANGES, nodes={"employment", "housing"}, replicates=200)
    assert set(found) == {"employment"}  # one indicator decides housing
    assert found["employment"].shape == (200, REGIONS)
    low, high = quantiles(found["employment"], RANGES.level)
    scores = scoring.scores.filter(pl.col("node") == "employment").sort("territory")
    assert_array_equal(low, scores["rank_low"].to_numpy())
    assert_array_equal(high, scores["rank_high"].to_numpy())
