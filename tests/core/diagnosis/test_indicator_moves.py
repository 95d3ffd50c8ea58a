from __future__ import annotations

from collections.abc import Callable

import polars as pl

from odd17.core.diagnosis.indicator_moves import IndicatorMove, indicator_moves
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Text

Tell = Callable[..., pl.DataFrame]

THEN = {"REG-01": 1.0, "REG-02": 2.0, "REG-03": 3.0, "REG-04": 9.0}
NOW = {"REG-01": 5.0, "REG-02": 2.0, "REG-03": 3.0, "REG-05": 9.0}


def told(tell: Tell) -> pl.DataFrame:
    rows = [(region, "jobless", "2018", value) for region, value in THEN.items()]
    return tell([*rows, *((region, "jobless", "2022", value) for region, value in NOW.items())])


def test_ranks_move_among_those_that_have_both_figures(tell: Tell) -> None:
    found = indicator_moves(told(tell), ["2018", "2022"], descending=True)
    assert found is not None
    assert (found.since, found.until, found.of, found.left_out) == ("2018", "2022", 3, 1)
    assert found.nearer == (IndicatorMove("REG-01", 1.0, 5.0, 3, 1),)
    assert [(move.territory, move.change) for move in found.further] == [("REG-02", 1), ("REG-03", 1)]
    other_way = indicator_moves(told(tell), ["2018", "2022"], descending=False)
    assert other_way is not None
    assert [(move.territory, move.change) for move in other_way.further] == [("REG-01", 2)]


def test_a_break_is_not_bridged(tell: Tell) -> None:
    anew = told(tell).with_columns(
        obs_status=pl.when(pl.col("period") == "2022").then(pl.lit("B")).otherwise("obs_status")
    )
    assert indicator_moves(anew, ["2018", "2022"], descending=True) is None
    dated = [SeriesBreak(Text("Autre loi.", "Another law."), after="2018")]
    assert indicator_moves(told(tell), ["2018", "2022"], descending=True, breaks=dated) is None
    one = told(tell).with_columns(
        obs_status=pl.when((pl.col("period") == "2022") & (pl.col("territory") == "REG-01"))
        .then(pl.lit("B"))
        .otherwise("obs_status")
    )
    found = indicator_moves(one, ["2018", "2022"], descending=True)
    assert found is not None
    assert (found.of, found.left_out, found.nearer, found.further) == (2, 2, (), ())


def test_one_period_or_one_territory_has_no_move(tell: Tell) -> None:
    assert indicator_moves(told(tell), ["2022"], descending=True) is None
    few = told(tell).filter(pl.col("territory") == "REG-01")
    assert indicator_moves(few, ["2018", "2022"], descending=True) is None
