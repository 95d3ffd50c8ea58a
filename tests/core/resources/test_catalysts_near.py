"""Which catalysts meet a territory, and in what order."""

from __future__ import annotations

import pytest

from odd17.core.kernel import UnknownTerritory
from odd17.core.resources.catalysts import Catalyst
from odd17.core.resources.catalysts_near import Reach, nearest, reach
from odd17.store.territories import load_shipped_cog


def test_the_territory_comes_before_what_holds_it_and_its_parts() -> None:
    cog = load_shipped_cog()
    there = [
        Catalyst("part", "P", territories=("COM-94018",)),
        Catalyst("country", "C", territories=("FR",)),
        Catalyst("elsewhere", "E", territories=("DEP-31",)),
        Catalyst("region", "R", territories=("REG-11",)),
        Catalyst("nowhere", "N"),
        Catalyst("here", "H", territories=("DEP-31", "DEP-94")),
    ]
    assert [(one.id, how) for one, how in nearest(there, "DEP-94", cog)] == [
        ("here", Reach.HERE),
        ("region", Reach.WIDER),
        ("country", Reach.WIDER),
        ("part", Reach.PART),
    ]


def test_an_entry_meets_a_commune_of_its_departement_and_no_neighbour() -> None:
    cog = load_shipped_cog()
    one = Catalyst("1", "A", territories=("DEP-94",))
    assert reach(one, "COM-94018", cog) is Reach.WIDER
    assert reach(one, "DEP-93", cog) is None


def test_an_unknown_territory_is_refused() -> None:
    cog = load_shipped_cog()
    with pytest.raises(UnknownTerritory):
        nearest([Catalyst("1", "A", territories=("FR",))], "DEP-99", cog)
    with pytest.raises(UnknownTerritory):
        reach(Catalyst("1", "A", territories=("DEP-99",)), "DEP-94", cog)
