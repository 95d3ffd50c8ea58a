from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from odd17.core.diagnosis.card import PeriodSummary, draw_card
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Text
from odd17.core.territories import Cog


def test_periods_are_compared_over_the_same_territories(
    country: Callable[[Mapping[str, int]], Cog], tell: Callable[..., pl.DataFrame], made_up: Callable[..., Indicator]
) -> None:
    rows = [
        (f"REG-0{at}", "jobless", period, at * factor)
        for at in (1, 2, 3)
        for period, factor in (("2018", 1.0), ("2022", 2.0))
    ]
    rows.append(("REG-04", "jobless", "2022", 90.0))  # a newcomer moves nothing
    cog = country({f"{at:02}": 1 for at in range(1, 5)})
    card = draw_card(release="r", indicator=made_up(), cog=cog, observations=tell(rows), checks=[])
    (level,) = card.levels
    assert level.over_time == (PeriodSummary("2018", 3, 1.5, 2.0, 2.5), PeriodSummary("2022", 3, 3.0, 4.0, 5.0))
    known = [SeriesBreak(Text("Autre loi.", "Another law."), after="2021")]
    again = draw_card(release="r", indicator=made_up(), cog=cog, observations=tell(rows), checks=[], breaks=known)
    assert [summary.breaks for summary in again.levels[0].over_time] == [False, True]
