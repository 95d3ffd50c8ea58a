from __future__ import annotations

import pytest

from odd17.core.kernel import UsageError
from odd17.store.releases import Release
from odd17.workflows.rankings import rank_node


def test_unemployment_among_the_metropolitan_regions(shipped_release: Release) -> None:
    ranking = rank_node(shipped_release, "employment", "REG-metropolitan")
    assert ranking.release == shipped_release.id
    assert [row.territory.id for row in ranking.rows[:2]] == ["REG-32", "REG-76"]
    assert [column.indicator.id for column in ranking.columns] == ["unemployment_rate"]
    assert ranking.table["unemployment_rate"].max() == 10.8


def test_communes_are_ranked_with_those_that_have_no_figure(fictional_release: Release) -> None:
    ranking = rank_node(fictional_release, "overall", "COM", count=20)
    assert (ranking.scored, ranking.table.height, len(ranking.rows)) == (332, 34875, 20)
    assert ranking.rows[0].score.rank is not None
    assert ranking.rows[0].score.rank.value == 1
    assert set(ranking.table["reason"].drop_nulls()) == {"too_many_missing"}
    domain = rank_node(fictional_release, "sport", "COM", start=332, count=1)
    assert domain.table["reason"][332] == "no_figure_here"
    assert domain.rows[0].figures[0].value is None


def test_another_peer_set_is_refused(shipped_release: Release) -> None:
    with pytest.raises(UsageError, match="is not a peer set"):
        rank_node(shipped_release, "employment", "REG")
