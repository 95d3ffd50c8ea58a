from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl
import pytest

from odd17.core.diagnosis.peers import level_of
from odd17.core.diagnosis.ranking import Ranking, rank_peers
from odd17.core.diagnosis.scoring import Scoring
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ReasonCode, UsageError
from odd17.core.territories import Cog

Rank = Callable[..., Ranking]


@pytest.fixture(scope="module")
def rank(cog: Cog, indicators: Mapping[str, Indicator], observations: pl.DataFrame, scoring: Scoring) -> Rank:
    """The ranking of a peer set on a node from the shipped figures."""

    def make(node: str, peer_set: str, observations: pl.DataFrame = observations, **rows: object) -> Ranking:
        return rank_peers(
            release="r",
            node=node,
            peer_set=peer_set,
            cog=cog,
            indicators=indicators,
            observations=observations.filter(pl.col("level") == level_of(peer_set).value),
            scores=scoring.scores.filter(pl.col("peer_set") == peer_set, pl.col("node") == node),
            log=scoring.logs[peer_set],
            **rows,
        )

    return make


def test_the_most_fragile_comes_first_and_equals_by_name(rank: Rank) -> None:
    ranking = rank("employment", "REG-metropolitan")
    assert ranking.scored == len(ranking.rows) == ranking.peers.size == 13
    assert ranking.rows[0].territory.name == "Hauts-de-France"
    assert ranking.rows[0].figures[0].value == 10.8
    assert [row.territory.name for row in ranking.rows[-2:]] == ["Bretagne", "Pays de la Loire"]
    assert [row.score.rank.value for row in ranking.rows] == ranking.table["rank"].to_list()
    assert ranking.table["unemployment_rate"].to_list() == [row.figures[0].value for row in ranking.rows]


def test_figures_that_are_not_scored_are_columns_too(rank: Rank) -> None:
    columns = rank("digital_access", "REG-metropolitan").columns
    assert [(column.indicator.id, column.period, column.not_scored is None) for column in columns] == [
        ("digital_access_2016", "2016", True),
        ("digital_access_2017", "2017", False),
    ]


def test_a_column_says_what_qualifies_all_of_it_and_a_figure_what_qualifies_it_alone(
    rank: Rank, observations: pl.DataFrame
) -> None:
    (column,) = rank("employment", "REG-metropolitan", day=date(2026, 11, 25)).columns
    assert [flag.code for flag in column.flags] == [ReasonCode.TRANSCRIBED_UNVERIFIED]
    assert column.stale is not None
    assert column.stale.params == {"months": 91}
    here = (pl.col("indicator") == column.indicator.id) & (pl.col("territory") == "REG-53")
    status = pl.when(here).then(pl.lit("P")).otherwise("obs_status").alias("obs_status")
    mixed = rank("employment", "REG-metropolitan", observations=observations.with_columns(status))
    assert (mixed.columns[0].flags, mixed.columns[0].stale) == ((), None)
    flags = {row.territory.id: [(flag.code.value, dict(flag.params)) for flag in row.flags[0]] for row in mixed.rows}
    assert flags["REG-53"] == [("transcribed_unverified", {}), ("qualified", {"status": "P"})]
    assert flags["REG-11"] == [("transcribed_unverified", {})]


def test_without_scores_every_peer_is_there_with_the_reason(rank: Rank) -> None:
    ranking = rank("employment", "DEP")
    assert (ranking.scored, ranking.columns, ranking.table.height) == (0, (), 101)
    assert set(ranking.table["reason"]) == {"no_figure_at_level"}
    assert {row.score.refusal.code for row in ranking.rows} == {ReasonCode.NO_FIGURE_AT_LEVEL}
    environment = rank("environment", "REG-metropolitan")
    assert environment.scored == 0
    assert set(environment.table["reason"]) == {"inconsistent_with_reference"}
    assert environment.table["co2_per_inhabitant"].null_count() == 0


def test_the_whole_counts_what_it_lacks(rank: Rank) -> None:
    (refusal,) = {row.score.refusal.code for row in rank("overall", "REG-metropolitan").rows}
    assert refusal is ReasonCode.TOO_MANY_MISSING


def test_rows_are_cut_and_the_table_is_whole(rank: Rank) -> None:
    ranking = rank("employment", "REG-metropolitan", start=5, count=3)
    assert (ranking.start, len(ranking.rows), ranking.table.height) == (5, 3, 13)
    assert ranking.rows[0].territory.id == ranking.table["territory"][5]


@pytest.mark.parametrize("node", ["unemployment_rate", "", "../employment"])
def test_another_node_is_refused_with_the_list(rank: Rank, node: str) -> None:
    with pytest.raises(UsageError, match="choose one of overall, economic, employment"):
        rank(node, "DEP")
