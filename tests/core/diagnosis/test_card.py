from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.diagnosis.card import QUANTILES, distribution, draw_card
from odd17.core.diagnosis.scoring import Scoring
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Absence, ReasonCode
from odd17.core.territories import Cog, Level

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]


def test_the_card_of_unemployment(
    cog: Cog, indicators: dict[str, Indicator], observations: pl.DataFrame, scoring: Scoring
) -> None:
    card = draw_card(
        release="r",
        indicator=indicators["unemployment_rate"],
        cog=cog,
        observations=observations.filter(pl.col("indicator") == "unemployment_rate"),
        checks=scoring.checks,
    )
    country, regions = card.levels
    assert (country.level, country.present, country.highest) == (Level.METROPOLITAN, 1, ())
    assert (regions.period, regions.present, regions.total) == ("2019-Q1", 13, 18)
    assert regions.absences == {Absence.NOT_AVAILABLE: 5}  # the overseas regions
    assert regions.highest[0][0].name == "Hauts-de-France"
    assert {item.name for item, _ in regions.lowest[:2]} == {"Bretagne", "Pays de la Loire"}
    assert regions.distribution.quantiles[0.5] == 8.2
    assert [check.passed for check in card.checks] == [True]
    assert [flag.code for flag in card.flags] == [ReasonCode.TRANSCRIBED_UNVERIFIED]
    assert card.not_scored is None


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("co2_per_inhabitant", ReasonCode.INCONSISTENT_WITH_REFERENCE),
        ("digital_access_2017", ReasonCode.DIRECTION_UNKNOWN),
    ],
)
def test_the_card_says_what_keeps_it_out(
    cog: Cog,
    indicators: dict[str, Indicator],
    observations: pl.DataFrame,
    scoring: Scoring,
    indicator: str,
    code: ReasonCode,
) -> None:
    own = observations.filter(pl.col("indicator") == indicator)
    card = draw_card(release="r", indicator=indicators[indicator], cog=cog, observations=own, checks=scoring.checks)
    assert card.not_scored is not None
    assert card.not_scored.code is code


def test_absences_are_counted_by_kind_and_zero_is_a_value(country: Country, tell: Tell, made_up: MadeUp) -> None:
    rows = [(f"REG-0{n}", "jobless", "2020", 0.0 if n == 1 else None) for n in range(1, 5)]
    table = tell(rows, statuses={"REG-02": "Q", "REG-03": "M"})
    cog = country({f"0{n}": 1 for n in range(1, 7)})
    (regions,) = draw_card(release="r", indicator=made_up(), cog=cog, observations=table, checks=()).levels
    assert (regions.present, regions.total) == (1, 6)
    assert regions.absences == {Absence.NOT_AVAILABLE: 3, Absence.NOT_APPLICABLE: 1, Absence.SUPPRESSED: 1}


def test_an_indicator_without_figures_has_a_card_all_the_same(cog: Cog, tell: Tell, made_up: MadeUp) -> None:
    card = draw_card(release="r", indicator=made_up(), cog=cog, observations=tell([]), checks=())
    assert (card.levels, card.flags) == ((), ())


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60))
def test_a_distribution_counts_every_value(values: list[int]) -> None:
    found = distribution([float(value) for value in values])
    assert sum(found.counts) == len(values)
    assert len(found.edges) == len(found.counts) + 1
    assert list(found.quantiles) == list(QUANTILES)
    assert (found.quantiles[0.0], found.quantiles[1.0]) == (min(values), max(values))
    assert found.quantiles[0.5] == pytest.approx(np.median(values))


def test_no_value_has_no_distribution() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        distribution([])
