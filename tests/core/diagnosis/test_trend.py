from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from odd17.core.diagnosis.scoring import replay_scores, score
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import Text
from odd17.core.territories import Cog

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]

THEN = {"REG-01": 1.0, "REG-02": 2.0, "REG-03": 3.0, "REG-04": 9.0}
NOW = {"REG-01": 5.0, "REG-02": 2.0, "REG-03": 3.0, "REG-05": 9.0}


def of(scores: pl.DataFrame, node: str) -> dict[str, tuple[object, ...]]:
    columns = ("territory", "since", "rank", "rank_change", "rank_change_low", "rank_change_high")
    return {row[0]: row[1:] for row in scores.filter(pl.col("node") == node).select(columns).iter_rows()}


def test_a_rank_moves_among_those_that_are_there_both_times(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [(region, "jobless", "2018", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2022", value) for region, value in NOW.items()]
    cog = country({f"{at:02}": 1 for at in range(1, 6)})
    found = of(score(tell(rows), {"jobless": made_up()}, frame, cog).scores, "employment")
    # among the three that have both: the first climbs from third to first, though a newcomer is above it
    assert found["REG-01"] == ("2018", 2, -2, -2, -2)
    assert found["REG-02"] == ("2018", 4, 1, 1, 1)
    assert found["REG-03"] == ("2018", 3, 1, 1, 1)
    assert found["REG-05"][0] is None
    assert found["REG-04"][2] is None


def test_without_an_older_period_nothing_is_said(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [(f"REG-0{at}", name, "2022", float(at)) for at in range(1, 5) for name in ("i0", "i1")]
    rows += [(f"REG-0{at}", "i0", "2018", float(-at)) for at in range(1, 5)]  # one of the two has no older figure
    indicators = {name: made_up(name) for name in ("i0", "i1")}
    scores = score(tell(rows), indicators, frame, country({f"{at:02}": 1 for at in range(1, 5)})).scores
    assert scores["rank_change"].null_count() == scores.height


def test_a_break_of_most_peers_is_not_bridged(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [(region, "jobless", "2016", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2018", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2022", value) for region, value in NOW.items()]
    cog = country({f"{at:02}": 1 for at in range(1, 6)})
    observations = tell(rows)
    begins = (pl.col("period") == "2018") & (pl.col("territory") != "REG-01")
    broken = observations.with_columns(obs_status=pl.when(begins).then(pl.lit("B")).otherwise("obs_status"))
    found = of(score(broken, {"jobless": made_up()}, frame, cog).scores, "employment")
    assert {row[0] for row in found.values()} == {"2018", None}
    anew = observations.with_columns(
        obs_status=pl.when(pl.col("period") == "2022").then(pl.lit("B")).otherwise("obs_status")
    )
    scores = score(anew, {"jobless": made_up()}, frame, cog).scores
    assert scores["rank_change"].null_count() == scores.height


def test_a_break_that_the_catalogue_dates_is_not_bridged_and_is_replayed(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [(region, "jobless", "2016", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2018", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2022", value) for region, value in NOW.items()]
    cog, observations = country({f"{at:02}": 1 for at in range(1, 6)}), tell(rows)

    def since(*after: str | None) -> set[object]:
        known = {"jobless": [SeriesBreak(Text("Autre loi.", "Another law."), period) for period in after]}
        scoring = score(observations, {"jobless": made_up()}, frame, cog, known)
        log = json.loads(json.dumps(scoring.logs["REG-metropolitan"]))
        assert replay_scores(log, observations, cog).equals(scoring.scores)
        return {row[0] for row in of(scoring.scores, "employment").values()}

    assert since() == since(None) == {"2016", None}
    assert since("2016", None) == {"2018", None}
    assert since("2021") == {None}


def test_a_peer_whose_own_series_breaks_has_no_change(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [(region, "jobless", "2018", value) for region, value in THEN.items()]
    rows += [(region, "jobless", "2022", value) for region, value in NOW.items()]
    cog = country({f"{at:02}": 1 for at in range(1, 6)})
    observations = tell(rows).with_columns(
        obs_status=pl.when((pl.col("territory") == "REG-01") & (pl.col("period") == "2022"))
        .then(pl.lit("B"))
        .otherwise("obs_status")
    )
    scoring = score(observations, {"jobless": made_up()}, frame, cog)
    found = of(scoring.scores, "employment")
    assert found["REG-01"][0] is None
    assert found["REG-02"][2] == found["REG-03"][2] == 0  # the two that are left keep their order
    log = json.loads(json.dumps(scoring.logs["REG-metropolitan"]))
    assert replay_scores(log, observations, cog).equals(scoring.scores)


def test_a_move_has_an_interval_of_its_own_and_replays(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    random = np.random.default_rng(6)
    names = [f"i{at}" for at in range(3)]
    rows = [
        (f"REG-{at:02}", name, period, float(random.normal()))
        for at in range(10)
        for name in names
        for period in ("2018", "2022")
    ]
    frame = replace(frame, uncertainty=UncertaintyRanges(replicates=200))
    cog, observations = country({f"{at:02}": 1 for at in range(10)}), tell(rows)
    scoring = score(observations, {name: made_up(name) for name in names}, frame, cog)
    found = scoring.scores.filter(pl.col("node") == "employment")
    assert (found["rank_change_low"] <= found["rank_change_high"]).all()
    assert (found["rank_change_low"] < found["rank_change_high"]).any()
    assert found["rank_change"].sum() == 0
    log = json.loads(json.dumps(scoring.logs["REG-metropolitan"]))
    expected = scoring.scores.filter(pl.col("peer_set") == "REG-metropolitan")
    assert replay_scores(log, observations, cog).equals(expected)


def test_the_same_figures_twice_move_nothing_whatever_the_choices(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    random = np.random.default_rng(7)
    drawn = {(f"REG-{at:02}", f"i{n}"): float(random.normal()) for at in range(8) for n in range(3)}
    rows = [(region, name, period, value) for (region, name), value in drawn.items() for period in ("2018", "2022")]
    cog = country({f"{at:02}": 1 for at in range(8)})
    found = score(tell(rows), {f"i{n}": made_up(f"i{n}") for n in range(3)}, frame, cog).scores
    employment = found.filter(pl.col("node") == "employment")
    for column in ("rank_change", "rank_change_low", "rank_change_high"):
        assert employment[column].to_list() == [0] * 8
