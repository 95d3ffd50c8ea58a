"""What an entry covers: territories of today, those of an older vintage carried or refused with a remedy."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.resources.catalyst_places import Covered, NoPlace, place_named, places_today
from odd17.core.territories import Cog, FormerCommunes
from odd17.core.territories.tables import FORMER_COMMUNES
from odd17.store.territories import former_communes, load_shipped_cog


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture(scope="module")
def former(cog: Cog) -> FormerCommunes:
    return FormerCommunes(former_communes(), cog)


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
def test_a_territory_of_today_is_itself(cog: Cog, former: FormerCommunes, label: str, id: str) -> None:
    assert place_named(label, cog, former) == Covered(id)


@pytest.mark.parametrize("label", ["69159", "COM-69159", "com-69159", "COM-69159 Porte des Pierres Dorées"])
def test_a_commune_of_before_is_carried_to_the_one_that_holds_it(cog: Cog, former: FormerCommunes, label: str) -> None:
    place = place_named(label, cog, former)
    assert isinstance(place, Covered)
    assert place.id == "COM-69114"
    assert place.former is not None
    assert place.former.code == "69159"


@pytest.mark.parametrize("label", ["REG-22", "EPCI-249400001", "Limousin", "94", "Saint-Martin", "", "COM-99999"])
def test_what_is_none_or_several_is_refused_with_a_remedy(cog: Cog, former: FormerCommunes, label: str) -> None:
    place = place_named(label, cog, former)
    assert isinstance(place, NoPlace)
    assert place.remedy


def test_communes_of_one_name_held_by_several_are_not_chosen_between(cog: Cog) -> None:
    rows = [("99001", "Le Bourg-Oublié", "94028"), ("99002", "Le Bourg-Oublié", "94017")]
    former = FormerCommunes(pl.DataFrame(rows, schema=FORMER_COMMUNES, orient="row"), cog)
    place = place_named("Le Bourg-Oublié", cog, former)
    assert isinstance(place, NoPlace)
    assert "COM-94028" in str(place.remedy)


def test_kept_identifiers_follow_the_vintage_and_those_gone_are_left_out(cog: Cog, former: FormerCommunes) -> None:
    assert places_today(("COM-69159", "DEP-94", "REG-22", "COM-69114"), cog, former) == ("COM-69114", "DEP-94")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(label: str) -> None:
    cog = load_shipped_cog()
    place = place_named(label, cog, FormerCommunes(former_communes().head(0), cog))
    assert isinstance(place, NoPlace) or place.id in cog
