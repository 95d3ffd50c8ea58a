"""Correlations of the indicators of a domain, over peers that have both."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from odd17.core.diagnosis.companions import FEWEST, companions
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.store.territories import load_shipped_cog

COG = load_shipped_cog()
PLACES = COG.at("DEP")


def rows(indicator: str, values: list[float], *, period: str = "2020", places: list[str] = PLACES) -> pl.DataFrame:
    chosen = places[: len(values)]
    blank = pl.DataFrame(schema=OBSERVATIONS)
    table = pl.DataFrame({"territory": chosen, "value": values}).with_columns(
        level=pl.lit("DEP"), indicator=pl.lit(indicator), period=pl.lit(period), vintage=pl.lit(2026, pl.Int16)
    )
    return pl.concat([blank, table], how="diagonal")


def test_a_monotone_curve_is_one_for_ranks_and_less_for_values() -> None:
    x = [float(i) for i in range(20)]
    table = pl.concat([rows("a", x), rows("b", [np.exp(i) for i in x])])
    (found,) = companions("a", ["b"], table, COG)
    assert (found.indicator, found.peer_set, found.count) == ("b", "DEP", 20)
    assert found.spearman == pytest.approx(1)
    assert found.pearson == pytest.approx(np.corrcoef(x, np.exp(x))[0, 1])


def test_ties_stand_at_their_middle() -> None:
    x, y = [1.0, 2, 2, 3, 4, 5, 6, 7, 8, 9], [2.0, 1, 3, 3, 3, 6, 5, 8, 9, 7]
    (found,) = companions("a", ["b"], pl.concat([rows("a", x), rows("b", y)]), COG)
    ranks = [pl.Series(values).rank("average").to_numpy() for values in (x, y)]
    assert found.spearman == pytest.approx(np.corrcoef(*ranks)[0, 1])


def test_too_few_peers_and_a_constant_are_not_correlated() -> None:
    few = [float(i) for i in range(FEWEST - 1)]
    (found,) = companions("a", ["b"], pl.concat([rows("a", few), rows("b", few)]), COG)
    assert (found.count, found.pearson, found.spearman) == (FEWEST - 1, None, None)
    many = [float(i) for i in range(20)]
    (found,) = companions("a", ["b"], pl.concat([rows("a", many), rows("b", [1.0] * 20)]), COG)
    assert (found.pearson, found.spearman) == (None, None)


def test_only_the_newest_period_of_each_counts() -> None:
    x = [float(i) for i in range(12)]
    table = pl.concat([rows("a", x), rows("b", x[::-1], period="2018"), rows("b", x, period="2019")])
    (found,) = companions("a", ["b"], table, COG)
    assert found.pearson == pytest.approx(1)


def test_without_a_pair_there_is_nothing() -> None:
    assert companions("a", ["b"], rows("a", [1.0, 2.0]), COG) == ()
    assert companions("a", ["b"], rows("b", [1.0, 2.0]), COG) == ()
