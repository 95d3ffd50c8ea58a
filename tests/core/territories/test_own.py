"""Territories of one's own beside those of the COG: what they are, and that nothing else changes."""

from __future__ import annotations

import pytest

from odd17.core.kernel import UnknownTerritory
from odd17.core.territories import Cog, Level, OwnTerritory, with_own

MARCHES = OwnTerritory("trois-marches", "Pays des Trois Marches", ("53130", "35360", "44180"))
ACROSS = OwnTerritory("outre-mer-et-paris", "Outre-mer et Paris", ("75056", "97411", "97611"))


@pytest.fixture(scope="module")
def own(cog: Cog) -> Cog:
    return with_own(cog, [MARCHES, ACROSS])


def test_it_lies_where_most_of_its_people_live_and_reaches_into_the_others(own: Cog) -> None:
    here = own["TER-trois-marches"]
    assert here.level is Level.OWN
    assert here.parents == ("DEP-53", "REG-52", "FRM", "FR")
    assert here.other_parents == ("DEP-35", "DEP-44", "REG-53")
    communes = own.get(own.children(here.id, Level.COMMUNE))
    assert [commune.code for commune in communes] == ["35360", "44180", "53130"]
    assert here.population == sum(commune.population or 0 for commune in communes)
    assert here.area_km2 == pytest.approx(sum(commune.area_km2 or 0 for commune in communes))
    assert not here.is_overseas


def test_across_the_sea_it_lies_in_france_alone(own: Cog) -> None:
    assert own["TER-outre-mer-et-paris"].parents == ("DEP-75", "REG-11", "FR")


def test_a_commune_without_true_contour_leaves_the_whole_without_area(cog: Cog) -> None:
    here = with_own(cog, [OwnTerritory("x", "X", ("15141", "15187"))])["TER-x"]
    assert here.area_km2 is None
    assert not here.has_true_contour
    assert here.density is None


def test_nothing_of_the_cog_changes(cog: Cog, own: Cog) -> None:
    assert own.table.head(len(cog)).equals(cog.table.select(own.table.columns))
    assert len(own) == len(cog) + 2
    assert own.memberships.equals(cog.memberships)
    for level in ("COM", "EPCI", "DEP", "REG"):
        assert own.children("REG-53", level) == cog.children("REG-53", level)
    assert with_own(cog, []) is cog


def test_it_is_found_by_identifier_and_by_name(own: Cog) -> None:
    assert own.resolve("pays des trois marches").id == "TER-trois-marches"
    assert own.resolve("TER-trois-marches").name == "Pays des Trois Marches"
    assert own.search("trois marches")[0].id == "TER-trois-marches"


def test_what_cannot_be_made_is_refused(cog: Cog) -> None:
    with pytest.raises(UnknownTerritory):
        with_own(cog, [OwnTerritory("x", "X", ("69152",))])
    with pytest.raises(ValueError, match="no commune"):
        with_own(cog, [OwnTerritory("x", "X", ())])
    with pytest.raises(ValueError, match="twice"):
        with_own(cog, [MARCHES, MARCHES])
