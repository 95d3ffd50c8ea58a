from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd17.core.diagnosis.scoring import Scoring, replay_scores, score
from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.kernel import domains
from odd17.core.territories import Cog

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]

# figures as sources print them: a few digits, so that ties and affine changes are exact
FIGURES = st.lists(st.one_of(st.none(), st.integers(-1000, 1000)), min_size=2, max_size=12)
REPEATED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def row_of(scores: pl.DataFrame, territory: str, node: str) -> dict[str, object]:
    return scores.row(by_predicate=(pl.col("territory") == territory) & (pl.col("node") == node), named=True)


def test_unemployment_as_the_report_prints_it(scoring: Scoring) -> None:
    worst = row_of(scoring.scores, "REG-32", "employment")
    assert (worst["score"], worst["rank"], worst["tied"], worst["of"]) == (100.0, 1, 0, 13)
    for best in ("REG-53", "REG-52"):
        row = row_of(scoring.scores, best, "employment")
        assert (row["score"], row["rank"], row["tied"], row["of"]) == (0.0, 12, 1, 13)


def test_a_figure_that_falls_with_fragility_is_turned(scoring: Scoring) -> None:
    culture = scoring.scores.filter(pl.col("node") == "culture").sort("rank")
    assert culture["territory"][0] == "REG-53"  # 2.7 facilities per 1,000 inhabitants, the fewest
    assert culture["territory"][-1] == "REG-93"  # 4.7, the most


def test_six_domains_are_scored_and_ten_say_why_not(scoring: Scoring) -> None:
    names = [domain.id for domain in domains()]
    brittany = scoring.scores.filter(pl.col("territory") == "REG-53", pl.col("node").is_in(names))
    assert brittany["score"].count() == 6
    assert Counter(brittany["reason"].drop_nulls()) == {"no_figure": 7, "inconsistent_with_reference": 3}


def test_the_whole_and_every_dimension_are_refused(scoring: Scoring) -> None:
    upper = scoring.scores.filter(pl.col("node").is_in(["overall", "economic", "social", "societal", "environmental"]))
    assert upper["score"].count() == 0
    assert set(upper["reason"]) == {"too_many_missing"}
    available = dict(upper.filter(pl.col("territory") == "REG-53").select("node", "available").iter_rows())
    assert available == {"overall": 0, "economic": 2, "social": 2, "societal": 2, "environmental": 0}


def test_only_peers_with_figures_have_rows(scoring: Scoring) -> None:
    assert scoring.scores["peer_set"].unique().to_list() == ["REG-metropolitan"]
    assert scoring.scores.height == 13 * 21
    assert dict(scoring.scores.schema) == SCORES
    assert scoring.scores.equals(scoring.scores.sort("peer_set", "territory", "node"))


def test_the_log_says_what_entered_and_why_the_rest_did_not(scoring: Scoring) -> None:
    log = scoring.logs["REG-metropolitan"]
    entered = {item["indicator"]: item["period"] for item in log["indicators"] if item["not_scored"] is None}
    assert entered == {
        "unemployment_rate": "2019-Q1",
        "purchasing_power_report": "2019",
        "housing_report": "2019",
        "disability_report": "2019",
        "digital_access_2016": "2016",
        "culture_2018": "2018",
    }
    reasons = {item["indicator"]: item["not_scored"]["code"] for item in log["indicators"] if item["not_scored"]}
    assert reasons["digital_access_2017"] == "direction_unknown"
    assert reasons["co2_per_inhabitant"] == "inconsistent_with_reference"
    assert "population" not in entered | reasons


def test_peer_sets_without_figures_have_a_log_all_the_same(scoring: Scoring) -> None:
    assert set(scoring.logs) == {"REG-metropolitan", "REG-overseas", "DEP", "EPCI", "COM"}
    (jobless,) = (item for item in scoring.logs["COM"]["indicators"] if item["indicator"] == "unemployment_rate")
    assert jobless["not_scored"] == {"code": "no_figure_at_level", "params": {"levels": ["FRM", "REG"]}}
    (overseas,) = (i for i in scoring.logs["REG-overseas"]["indicators"] if i["indicator"] == "unemployment_rate")
    assert overseas["not_scored"]["code"] == "no_figure_here"


def test_the_log_replays_to_the_same_table(scoring: Scoring, observations: pl.DataFrame, cog: Cog) -> None:
    for peer_set, log in scoring.logs.items():
        written = json.loads(json.dumps(log))
        expected = scoring.scores.filter(pl.col("peer_set") == peer_set)
        assert replay_scores(written, observations, cog).equals(expected)


def test_every_level_has_a_whole_once_the_sixteen_domains_have_figures(
    cog: Cog, frame: FrameDefinition, one_each: dict[str, Indicator], tell: Tell
) -> None:
    rows = [
        (territory, id, "2020", float((31 * place + 17 * step) % 101))
        for level in ("REG", "DEP", "EPCI", "COM")
        for place, territory in enumerate(cog.at(level)[:2000])
        for step, id in enumerate(one_each)
    ]
    observations = tell(rows)
    result = score(observations, one_each, frame, cog)
    whole = result.scores.filter(pl.col("node") == "overall", pl.col("score").is_not_null())
    counts = dict(whole.group_by("peer_set").len().iter_rows())
    assert counts == {"REG-metropolitan": 13, "REG-overseas": 5, "DEP": 101, "EPCI": 1255, "COM": 2000}
    # its score is the mean of its four dimensions, and each of theirs the mean of its domains
    sample = result.scores.filter(pl.col("territory") == "DEP-35")
    found = dict(sample.select("node", "score").iter_rows())
    parts = [found[name] for name in ("economic", "social", "societal", "environmental")]
    assert found["overall"] == pytest.approx(sum(parts) / 4)
    environmental = [found["environment"], found["energy_transition"]]
    assert found["environmental"] == pytest.approx(sum(environmental) / 2)
    # a commune is ranked again within its class of population
    communes = whole.filter(pl.col("peer_set") == "COM", pl.col("population_class") == "200-499")
    assert communes["class_rank"].min() == 1
    assert communes["class_of"].unique().to_list() == [communes.height]
    assert (communes["class_rank"] <= communes["rank"]).all()
    for peer_set, log in result.logs.items():
        expected = result.scores.filter(pl.col("peer_set") == peer_set)
        assert replay_scores(log, observations, cog).equals(expected)


def test_a_node_is_refused_beyond_a_fifth_missing(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    five = {f"i{n}": made_up(f"i{n}") for n in range(5)}
    cog = country({"01": 1, "02": 1, "03": 1, "04": 1})
    gaps = {"REG-01": 0, "REG-02": 1, "REG-03": 2, "REG-04": 0}
    rows = [
        (region, f"i{n}", "2020", None if n < gap else float(n + int(region[-1])))
        for region, gap in gaps.items()
        for n in range(5)
    ]
    scores = score(tell(rows), five, frame, cog).scores
    found = {region: row_of(scores, region, "employment") for region in gaps}
    assert [found[region]["available"] for region in gaps] == [5, 4, 3, 5]
    assert [found[region]["score"] is not None for region in gaps] == [True, True, False, True]
    assert found["REG-03"]["reason"] == "too_many_missing"
    assert found["REG-03"]["of"] == 3


@pytest.mark.parametrize(
    ("status", "note", "reason"),
    [
        ("Q", None, "suppressed"),
        ("M", None, "not_applicable"),
        ("O", None, "no_figure_here"),
        ("O", "not_carried", "not_carried"),
    ],
)
def test_an_absence_keeps_its_kind(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp, status: str, note: str | None, reason: str
) -> None:
    rows = [("REG-01", "jobless", "2020", 1.0), ("REG-02", "jobless", "2020", 2.0), ("REG-03", "jobless", "2020", None)]
    table = tell(rows, statuses={"REG-03": status}, note=note)
    scores = score(table, {"jobless": made_up()}, frame, country({"01": 1, "02": 1, "03": 1, "04": 1})).scores
    assert row_of(scores, "REG-03", "employment")["reason"] == reason
    assert row_of(scores, "REG-04", "employment")["reason"] == "no_figure_here"


@pytest.mark.parametrize(
    ("values", "code"), [([5.0, 5.0], "constant"), ([5.0, None], "too_few_peers"), ([0.0, 0.0], "constant")]
)
def test_nothing_can_be_said_of_one_value(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp, values: list[float | None], code: str
) -> None:
    rows = [(f"REG-0{at}", "jobless", "2020", value) for at, value in enumerate(values)]
    result = score(tell(rows), {"jobless": made_up()}, frame, country({"00": 1, "01": 1}))
    assert row_of(result.scores, "REG-00", "employment")["reason"] == code
    assert result.logs["REG-metropolitan"]["indicators"][0]["not_scored"]["code"] == code


def test_the_newest_period_that_has_values_is_taken(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [
        ("REG-01", "jobless", "2018", 1.0), ("REG-02", "jobless", "2018", 2.0),
        ("REG-01", "jobless", "2019-Q1", 4.0), ("REG-02", "jobless", "2019-Q1", 3.0),
        ("REG-01", "jobless", "2020", None), ("REG-02", "jobless", "2020", None),
    ]  # fmt: skip
    result = score(tell(rows), {"jobless": made_up()}, frame, country({"01": 1, "02": 1}))
    (entry,) = result.logs["REG-metropolitan"]["indicators"]
    assert (entry["period"], entry["periods"], entry["values"]) == ("2019-Q1", ["2018", "2019-Q1"], 2)
    assert row_of(result.scores, "REG-01", "employment")["score"] == 100.0


def test_a_territory_of_another_vintage_does_not_count(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [("REG-01", "jobless", "2020", 1.0), ("REG-02", "jobless", "2020", 2.0), ("REG-99", "jobless", "2020", 9.0)]
    result = score(tell(rows), {"jobless": made_up()}, frame, country({"01": 1, "02": 1}))
    assert row_of(result.scores, "REG-02", "employment")["score"] == 100.0
    assert "REG-99" not in result.scores["territory"].to_list()


def test_without_any_observation_there_is_an_empty_table(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    result = score(tell([]), {"jobless": made_up()}, frame, country({"01": 1}))
    assert result.scores.is_empty()
    assert dict(result.scores.schema) == SCORES
    assert result.logs["DEP"]["indicators"][0]["not_scored"]["code"] == "no_figure"


def employment(
    values: list[int | None],
    tell: Tell,
    country: Country,
    frame: FrameDefinition,
    indicator: Indicator,
    order: list[int],
) -> dict[str, tuple[float | None, int | None, int | None, int]]:
    rows = [(f"REG-{at:02}", "jobless", "2020", None if values[at] is None else float(values[at])) for at in order]
    cog = country({f"{at:02}": 1 for at in order})
    scores = score(tell(rows), {"jobless": indicator}, frame, cog).scores
    found = scores.filter(pl.col("node") == "employment").select("territory", "score", "rank", "tied", "of")
    return {row[0]: row[1:] for row in found.iter_rows()}


@REPEATED
@given(values=FIGURES, data=st.data())
def test_the_order_of_the_peers_does_not_matter(
    values: list[int | None], data: st.DataObject, tell: Tell, country: Country, frame: FrameDefinition, made_up: MadeUp
) -> None:
    order = data.draw(st.permutations(range(len(values))))
    first = employment(values, tell, country, frame, made_up(), list(range(len(values))))
    assert employment(values, tell, country, frame, made_up(), order) == first


@REPEATED
@given(values=FIGURES, factor=st.integers(1, 50), shift=st.integers(-500, 500))
def test_another_unit_changes_no_score(
    values: list[int | None],
    factor: int,
    shift: int,
    tell: Tell,
    country: Country,
    frame: FrameDefinition,
    made_up: MadeUp,
) -> None:
    order = list(range(len(values)))
    moved = [None if value is None else value * factor + shift for value in values]
    first = employment(values, tell, country, frame, made_up(), order)
    assert employment(moved, tell, country, frame, made_up(), order) == first
    turned = [None if value is None else -value for value in values]
    down = made_up(direction=Direction.FRAGILITY_DOWN)
    assert employment(turned, tell, country, frame, down, order) == first


@REPEATED
@given(values=FIGURES)
def test_scores_and_ranks_say_the_same(
    values: list[int | None], tell: Tell, country: Country, frame: FrameDefinition, made_up: MadeUp
) -> None:
    found = employment(values, tell, country, frame, made_up(), list(range(len(values))))
    scored = [row[:3] for row in found.values() if row[0] is not None]
    present = [value for value in values if value is not None]
    if len(set(present)) < 2:
        assert not scored
        return
    assert len(scored) == len(present)
    assert {of for *_, of in found.values()} == {len(present)}
    assert min(mine for mine, *_ in scored) == 0.0
    assert max(mine for mine, *_ in scored) == 100.0
    for mine, rank, tied in scored:
        assert rank == 1 + sum(other > mine for other, *_ in scored)
        assert tied == sum(other == mine for other, *_ in scored) - 1
