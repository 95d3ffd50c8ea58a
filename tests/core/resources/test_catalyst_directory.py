"""Who answers, who is near and who does which trade: what is looked up is what reading every entry would find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.kernel import UnknownTerritory
from odd17.core.resources.catalyst_directory import Directory
from odd17.core.resources.catalyst_query import CatalystQuery
from odd17.core.resources.catalysts import Catalyst, Kind
from odd17.core.resources.catalysts_near import Reach, touched
from odd17.core.territories import Cog
from odd17.core.territories.own import OwnTerritory, with_own
from odd17.store.territories import load_shipped_cog

COG = with_own(load_shipped_cog(), [OwnTerritory("t10", "Paris Est Marne & Bois", ("94018", "94080"))])
ACROSS = next(one for one in map(COG.__getitem__, COG.at("EPCI")) if one.other_parents)
PLACES = (
    "FR", "REG-11", "REG-53", "DEP-94", "DEP-75", "DEP-35", "EPCI-200054781", "COM-94018", "COM-94028", "COM-35238",
    "TER-t10", ACROSS.id, *ACROSS.parents, *ACROSS.other_parents,
)  # fmt: skip


def named(id: str, name: str, **more: object) -> Catalyst:
    return Catalyst(id, name, confirmed=None, cited=True, **more)  # type: ignore[arg-type]  # any of its fields


def test_the_territory_comes_before_what_holds_it_and_its_parts() -> None:
    there = [
        Catalyst("part", "P", territories=("COM-94018",)),
        Catalyst("country", "C", territories=("FR",)),
        Catalyst("elsewhere", "E", territories=("DEP-31",)),
        Catalyst("region", "R", territories=("REG-11",)),
        Catalyst("nowhere", "N"),
        Catalyst("here", "H", territories=("DEP-31", "DEP-94")),
    ]
    assert [(one.id, how) for one, how in Directory(there, COG).near("DEP-94")] == [
        ("here", Reach.HERE),
        ("region", Reach.WIDER),
        ("country", Reach.WIDER),
        ("part", Reach.PART),
    ]


def reach(one: Catalyst, territory: str, cog: Cog = COG) -> Reach | None:
    return next((how for _one, how in Directory([one], cog).near(territory)), None)


def test_an_entry_meets_a_commune_of_its_departement_and_no_neighbour() -> None:
    one = Catalyst("1", "A", territories=("DEP-94",))
    assert reach(one, "COM-94018") is Reach.WIDER
    assert reach(one, "DEP-93") is None


def test_an_unknown_territory_is_refused() -> None:
    with pytest.raises(UnknownTerritory):
        Directory([Catalyst("1", "A", territories=("FR",))], COG).near("DEP-99")
    with pytest.raises(UnknownTerritory):
        Directory([Catalyst("1", "A", territories=("DEP-99",))], COG)


def test_a_territory_of_one_s_own_is_met_by_its_communes_and_meets_them() -> None:
    """An EPT stands in no COG: one brings it in as a territory of one's own."""
    own = Catalyst("own", "O", territories=("TER-t10",))
    inside = Catalyst("inside", "I", territories=("COM-94018",))
    beside = Catalyst("beside", "B", territories=("COM-94028",))
    directory = Directory([beside, inside, own], COG)
    assert [(one.id, how) for one, how in directory.near("TER-t10")] == [("own", Reach.HERE), ("inside", Reach.PART)]
    assert reach(own, "COM-94018") is Reach.WIDER
    assert reach(own, "COM-94028") is None
    assert reach(own, "DEP-94") is Reach.PART
    assert directory.ground(own) >= {"TER-t10", "COM-94018", "DEP-94", "REG-11", "FR"}
    assert reach(Catalyst("wide", "W", territories=("DEP-94",)), "TER-t10") is Reach.WIDER


def test_an_epci_across_two_departements_is_met_from_both() -> None:
    other = ACROSS.other_parents[0]
    assert reach(Catalyst("1", "A", territories=(ACROSS.id,)), other) is Reach.PART
    assert reach(Catalyst("2", "B", territories=(other,)), ACROSS.id) is Reach.PART


def read_one_by_one(one: Catalyst, territory: str) -> tuple[Reach, int] | None:
    """How an entry meets a territory, from the territories themselves: what a directory looks up must say the same."""
    wider, covered = COG[territory].parents, COG.get(one.territories)
    if territory in one.territories:
        return Reach.HERE, 0
    steps = [wider.index(place.id) for place in covered if place.id in wider]
    steps += [0 for place in covered if place.level == "TER" and territory in COG.children(place.id, "COM")]
    if steps:
        return Reach.WIDER, min(steps)
    met = any(
        territory in place.parents or place.id in touched(territory, COG) or territory in touched(place.id, COG)
        for place in covered
    )
    return (Reach.PART, 0) if met else None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PLACES), max_size=3, unique=True), max_size=8), st.sampled_from(PLACES))
def test_what_is_looked_up_is_what_reading_every_entry_would_find(covered: list[list[str]], territory: str) -> None:
    entries = [Catalyst(str(place), "Same", territories=tuple(ids)) for place, ids in enumerate(covered)]
    directory = Directory(entries, COG)
    met = [(one, found) for one in entries if (found := read_one_by_one(one, territory)) is not None]
    met.sort(key=lambda item: (tuple(Reach).index(item[1][0]), item[1][1]))
    assert directory.near(territory) == tuple((one, how) for one, (how, _step) in met)
    assert set(directory.on(territory)) == {one for one, _found in met}


HERE = named("1", "Étoile", trades=("support",), territories=("DEP-94",), summary="Près d’Évry")
PERHAPS = named("2", "Abeille", doubtful_trades=("support",), territories=("REG-11",), kind=Kind.SCHEME)
ELSEWHERE = named(
    "3", "Belette", trades=("running_a_place",), territories=("REG-53",), languages=("fr", "br"), services=("kits",),
    practices=("12",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (CatalystQuery(), ["2", "3", "1"]),
        (CatalystQuery("etoile"), ["1"]),
        (CatalystQuery("evry près"), ["1"]),
        (CatalystQuery("rien"), []),
        (CatalystQuery(trade="support"), ["1", "2"]),  # sure before doubtful
        (CatalystQuery(kind="scheme"), ["2"]),
        (CatalystQuery(language="br"), ["3"]),
        (CatalystQuery(domain="employment"), []),
        (CatalystQuery(service="kits"), ["3"]),
        (CatalystQuery(service="workshops"), []),
        (CatalystQuery("toile"), []),  # a word is found by its beginning
        (CatalystQuery("etoile rien"), []),
        (CatalystQuery(territory="COM-94028"), ["1", "2"]),
        (CatalystQuery(territory="REG-11"), ["2", "1"]),
    ],
)
def test_those_who_answer(query: CatalystQuery, ids: list[str]) -> None:
    assert [one.id for one, _reach in Directory([HERE, PERHAPS, ELSEWHERE], COG).answering(query)] == ids


def test_the_reach_is_told_where_a_territory_is_asked() -> None:
    found = Directory([HERE, PERHAPS], COG).answering(CatalystQuery(territory="REG-11"))
    assert [how for _one, how in found] == [Reach.HERE, Reach.PART]


def test_an_entry_is_had_by_its_address_and_by_a_practice() -> None:
    directory = Directory([HERE, ELSEWHERE], COG)
    assert (directory.get("3"), directory.get("9")) == (ELSEWHERE, None)
    assert (directory.of_practice("12"), directory.of_practice("1")) == ((ELSEWHERE,), ())


def test_coverage_is_read_on_each_territory() -> None:
    matrix = Directory([HERE, PERHAPS, ELSEWHERE], COG).coverage(["DEP-94", "REG-53", "DEP-48"])
    said = {(id, trade): matrix.cells[trade, id].presence.value for id in matrix.territories for trade in matrix.trades}
    assert said["DEP-94", "support"] == "someone"
    assert said["REG-53", "running_a_place"] == "someone"
    assert {said["DEP-48", trade] for trade in matrix.trades} == {"no_one_known"}
