from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from odd17.core.diagnosis.twins import VARIABLES, find_twins, profiles_of
from odd17.core.kernel import UsageError
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level

CHANGES = pl.DataFrame(schema={"territory": pl.String, "value": pl.Float64})


def drawn(cog: Cog, level: Level) -> pl.DataFrame:
    ids = cog.at(level)
    return pl.DataFrame({"territory": ids, "value": np.random.default_rng(1).normal(size=len(ids))})


@pytest.mark.parametrize("id", ["REG-53", "DEP-35", "EPCI-243500139", "COM-35238"])
def test_twins_are_the_nearest_of_all(cog: Cog, id: str) -> None:
    here = cog[id]
    profiles = profiles_of(here.level, cog, drawn(cog, here.level))
    found = find_twins(here, profiles, cog, release="r", count=5)
    z = profiles.scaled
    at = profiles.place[id]
    known = ~np.isnan(z[at])
    by_hand = {
        profiles.ids[row]: math.sqrt(sum((z[row, c] - z[at, c]) ** 2 for c in np.flatnonzero(known)) / known.sum())
        for row in range(len(z))
        if row != at and not np.isnan(z[row, known]).any()
    }
    nearest = sorted(by_hand, key=lambda other: by_hand[other])[:5]
    assert [twin.territory.id for twin in found.twins] == nearest
    assert [twin.distance for twin in found.twins] == pytest.approx([by_hand[other] for other in nearest])
    assert found.compared == len(by_hand)
    assert {twin.territory.level for twin in found.twins} == {here.level}


def test_reasons_are_told_nearest_first_and_make_the_distance(cog: Cog) -> None:
    here = cog["DEP-35"]
    twin = find_twins(here, profiles_of(here.level, cog, drawn(cog, here.level)), cog, release="r", count=1).twins[0]
    gaps = [abs(gap.deviations) for gap in twin.gaps]
    assert gaps == sorted(gaps)
    assert twin.distance == pytest.approx(math.sqrt(sum(gap * gap for gap in gaps) / len(VARIABLES)))
    people = next(gap for gap in twin.gaps if gap.variable.key == "population")
    assert (people.here, people.there) == (here.population, twin.territory.population)


def test_a_ratio_of_populations_counts_and_not_a_difference(cog: Cog) -> None:
    here = cog["COM-35238"]  # 230,000 inhabitants: the logarithm decides, not the number of people
    found = find_twins(here, profiles_of(here.level, cog, CHANGES), cog, release="r", count=10)
    assert all(0.3 < (twin.territory.population or 0) / (here.population or 1) < 3 for twin in found.twins)
    assert [variable.key for variable in found.lacking] == ["population_change"]


def test_those_that_lack_a_figure_are_not_compared(cog: Cog) -> None:
    changes = drawn(cog, Level.REGION).filter(pl.col("territory") != "REG-06")
    profiles = profiles_of(Level.REGION, cog, changes)
    found = find_twins(cog["REG-53"], profiles, cog, release="r", count=50)
    assert found.compared == len(found.twins) == 16
    assert "REG-06" not in {twin.territory.id for twin in found.twins}
    alone = find_twins(cog["REG-06"], profiles, cog, release="r", count=3)
    assert [variable.key for variable in alone.lacking] == ["population_change"]
    assert alone.compared == 17


@pytest.mark.parametrize(("id", "count"), [("FR", 5), ("REG-53", 0), ("REG-53", 51)])
def test_what_makes_no_sense_is_refused(cog: Cog, id: str, count: int) -> None:
    with pytest.raises(UsageError):
        find_twins(cog[id], profiles_of(cog[id].level, cog, CHANGES), cog, release="r", count=count)
