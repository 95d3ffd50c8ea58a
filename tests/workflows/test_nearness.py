"""Distances between territories, from the shipped contours."""

from __future__ import annotations

from math import inf

import pytest

from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog
from odd17.workflows.nearness import apart_from, distances


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.mark.parametrize(
    ("near", "other", "kilometres", "off"),
    # Great circles between the town halls, from their coordinates; communes reach away from them.
    [
        ("COM-75056", "COM-69123", 392, 5),  # Paris, Lyon
        ("COM-75056", "COM-13055", 661, 5),  # Paris, Marseille
        ("COM-35238", "COM-44109", 100, 5),  # Rennes, Nantes
        ("COM-97411", "COM-97416", 51, 12),  # Saint-Denis, Saint-Pierre: each from the shore to the summits
    ],
)
def test_distances_are_near_those_of_a_map(cog: Cog, near: str, other: str, kilometres: float, off: float) -> None:
    assert distances(cog)(near, [other]) == pytest.approx([kilometres], abs=off)
    assert distances(cog)(near, [other]) == pytest.approx(distances(cog)(other, [near]))


def test_inside_is_there_and_over_the_sea_is_not_known(cog: Cog) -> None:
    asked = ["DEP-35", "COM-35238", "EPCI-243500139", "REG-53", "COM-97411", "REG-04", "FR", "no such"]
    assert distances(cog)("REG-53", asked) == [0.0, 0.0, 0.0, 0.0, inf, inf, inf, inf]
    (departement, region) = distances(cog)("COM-35238", ["DEP-35", "REG-53"])
    assert 0 < departement < 20 < region < 120


def test_nothing_is_near_to_a_country_nor_to_what_is_none(cog: Cog) -> None:
    assert distances(cog)("FR", ["COM-35238"]) == [inf]
    assert distances(cog)("no such", ["COM-35238"]) == [inf]


def test_a_commune_without_a_contour_stands_where_its_epci_does(cog: Cog) -> None:
    (apart,) = distances(cog)("COM-15031", [cog["COM-15031"].parents[0]])
    assert apart == 0


def test_every_territory_but_countries_has_a_centre(cog: Cog) -> None:
    whole = [id for id in cog.table["id"] if not cog[id].level.is_single]
    metropolitan = [id for id in whole if not cog[id].is_overseas]
    assert max(distances(cog)("COM-75056", metropolitan)) < 1_100
    for number in ("1", "2", "3", "4", "6"):
        assert max(distances(cog)(f"DEP-97{number}", cog.children(f"DEP-97{number}", "COM"))) == 0.0
        assert distances(cog)(cog.children(f"DEP-97{number}", "COM")[0], [f"DEP-97{number}"]) != [inf]


def test_of_several_places_the_nearest_counts(cog: Cog) -> None:
    apart = apart_from(cog, "COM-35238", {1: ["COM-13055", "COM-44109"], 2: ["FR"], 3: [], 4: ["COM-35238"]})
    assert apart.keys() == {1, 4}
    assert apart[1] == pytest.approx(100, abs=10)
    assert apart[4] == 0.0
