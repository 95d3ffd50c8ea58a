"""Which catalysts meet a territory, and in what order."""

from __future__ import annotations

import pytest

from odd17.core.kernel import UnknownTerritory
from odd17.core.resources.catalysts import Catalyst
from odd17.core.resources.catalysts_near import Reach, ground, nearest, reach
from odd17.core.territories.own import OwnTerritory, with_own
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


def test_a_territory_of_one_s_own_is_met_by_its_communes_and_meets_them() -> None:
    """An EPT stands in no COG: one brings it in as a territory of one's own."""
    cog = with_own(load_shipped_cog(), [OwnTerritory("t10", "Paris Est Marne & Bois", ("94018", "94080"))])
    own = Catalyst("own", "O", territories=("TER-t10",))
    inside = Catalyst("inside", "I", territories=("COM-94018",))
    beside = Catalyst("beside", "B", territories=("COM-94028",))
    assert [(one.id, how) for one, how in nearest([beside, inside, own], "TER-t10", cog)] == [
        ("own", Reach.HERE),
        ("inside", Reach.PART),
    ]
    assert reach(own, "COM-94018", cog) is Reach.WIDER
    assert reach(own, "COM-94028", cog) is None
    assert reach(own, "DEP-94", cog) is Reach.PART
    assert ground([own], cog)["own"] >= {"TER-t10", "COM-94018", "DEP-94", "REG-11", "FR"}
    assert reach(Catalyst("wide", "W", territories=("DEP-94",)), "TER-t10", cog) is Reach.WIDER


def test_an_epci_across_two_departements_is_met_from_both() -> None:
    cog = load_shipped_cog()
    across = next(one for one in map(cog.__getitem__, cog.at("EPCI")) if one.other_parents)
    other = across.other_parents[0]
    assert reach(Catalyst("1", "A", territories=(across.id,)), other, cog) is Reach.PART
    assert reach(Catalyst("2", "B", territories=(other,)), across.id, cog) is Reach.PART
    assert other in ground([Catalyst("1", "A", territories=(across.id,))], cog)["1"]
