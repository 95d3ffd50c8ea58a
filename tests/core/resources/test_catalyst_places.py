"""What an entry covers: territories of today, those of an older vintage carried or refused with a remedy."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.resources.catalyst_places import Covered, Former, NoPlace, place_named, places_today
from odd17.core.territories import Cog, FormerAreas, FormerCommunes
from odd17.core.territories.tables import FORMER_COMMUNES
from odd17.store.former_areas import read_former_areas
from odd17.store.territories import former_communes, load_shipped_cog

COG = load_shipped_cog()
NO_COMMUNES = Former(FormerCommunes(former_communes().head(0), COG), FormerAreas(read_former_areas()))


@pytest.fixture(scope="module")
def cog() -> Cog:
    return COG


@pytest.fixture(scope="module")
def former(cog: Cog) -> Former:
    return Former(FormerCommunes(former_communes(), cog), FormerAreas(read_former_areas()))


@pytest.mark.parametrize(
    ("label", "id"),
    [
        ("DEP-94", "DEP-94"),
        ("DEP-94 Val-de-Marne", "DEP-94"),
        ("val de marne", "DEP-94"),
        ("94028", "COM-94028"),
        ("Bretagne", "REG-53"),
        ("FR", "FR"),
    ],
)
def test_a_territory_of_today_is_itself(cog: Cog, former: Former, label: str, id: str) -> None:
    assert place_named(label, cog, former) == Covered((id,))


@pytest.mark.parametrize("label", ["69159", "COM-69159", "com-69159", "COM-69159 Porte des Pierres Dorées"])
def test_a_commune_of_before_is_carried_to_the_one_that_holds_it(cog: Cog, former: Former, label: str) -> None:
    assert place_named(label, cog, former) == Covered(("COM-69114",), is_carried=True)


@pytest.mark.parametrize(
    ("label", "ids"),
    [
        ("REG-22", ("DEP-02", "DEP-60", "DEP-80")),
        ("reg-22 Picardie", ("DEP-02", "DEP-60", "DEP-80")),
        ("limousin", ("DEP-19", "DEP-23", "DEP-87")),
        ("Nord Pas de Calais", ("DEP-59", "DEP-62")),
        ("DEP-20", ("DEP-2A", "DEP-2B")),
        ("20", ("DEP-2A", "DEP-2B")),
        ("200067221", ("EPCI-200096675", "EPCI-200096683")),  # parted in two that cover its ground and no more
        ("EPCI-246201149", ("EPCI-200090751",)),  # merged into a larger one
    ],
)
def test_an_area_of_before_is_carried_to_its_own_ground_or_to_the_one_that_holds_it(
    cog: Cog, former: Former, label: str, ids: tuple[str, ...]
) -> None:
    assert place_named(label, cog, former) == Covered(ids, is_carried=True)


@pytest.mark.parametrize(
    ("label", "remedy"),
    [
        ("EPCI-249400001", "older vintage"),  # of before 2017: nothing is known of it
        ("REG-99", "older vintage"),
        ("COM-99999", "older vintage"),
        ("94", "DEP-94"),  # a département and a region
        ("Saint-Martin", "COM-65392"),
        ("", "older vintage"),
        ("22 Côtes d’Armor", "older vintage"),  # a code with words after it is not that of the Picardie
        ("243900719", "EPCI-200069623 (CC Champagnole Nozeroy Jura)"),  # parted among larger ones
    ],
)
def test_what_is_none_or_several_is_refused_with_a_remedy(cog: Cog, former: Former, label: str, remedy: str) -> None:
    place = place_named(label, cog, former)
    assert isinstance(place, NoPlace)
    assert remedy in str(place.remedy)


def test_communes_of_one_name_held_by_several_are_not_chosen_between(cog: Cog) -> None:
    rows = [("99001", "Le Bourg-Oublié", "94028"), ("99002", "Le Bourg-Oublié", "94017")]
    communes = FormerCommunes(pl.DataFrame(rows, schema=FORMER_COMMUNES, orient="row"), cog)
    place = place_named("Le Bourg-Oublié", cog, Former(communes, FormerAreas()))
    assert isinstance(place, NoPlace)
    assert "COM-94028" in str(place.remedy)


def test_kept_identifiers_follow_the_vintage_and_those_gone_are_left_out(cog: Cog, former: Former) -> None:
    kept = ("COM-69159", "DEP-94", "REG-42", "COM-69114", "REG-99")
    assert places_today(kept, cog, former) == ("COM-69114", "DEP-94", "DEP-67", "DEP-68")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(label: str) -> None:
    place = place_named(label, COG, NO_COMMUNES)
    assert isinstance(place, NoPlace) or all(id in COG for id in place.ids)
