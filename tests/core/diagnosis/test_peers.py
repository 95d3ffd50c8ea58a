from __future__ import annotations

import polars as pl
import pytest

from odd17.core.diagnosis.peers import (
    PEER_SETS,
    level_of,
    members,
    peer_set_named,
    peer_set_of,
    population_class,
    population_classes,
)
from odd17.core.diagnosis.reading import PeerSet
from odd17.core.kernel import UsageError
from odd17.core.territories import Cog


def test_the_peer_sets_of_the_shipped_territories(cog: Cog) -> None:
    sizes = {peer_set: peer_set_named(peer_set, cog).size for peer_set in PEER_SETS}
    assert sizes == {"REG-metropolitan": 13, "REG-overseas": 5, "DEP": 101, "EPCI": 1255, "COM": 34875}


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        ("REG-53", PeerSet("REG-metropolitan", 13)),
        ("REG-04", PeerSet("REG-overseas", 5)),
        ("DEP-2A", PeerSet("DEP", 101)),
        ("COM-35238", PeerSet("COM", 34875)),
        ("FR", None),
        ("FRM", None),
    ],
)
def test_a_territory_has_the_peers_of_its_level(cog: Cog, territory: str, expected: PeerSet | None) -> None:
    assert peer_set_of(cog[territory], cog) == expected


def test_an_unknown_peer_set_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError, match="REG-metropolitan, REG-overseas, DEP, EPCI, COM"):
        level_of("REG")


@pytest.mark.parametrize(
    ("population", "expected"),
    [(0, "0-199"), (199, "0-199"), (200, "200-499"), (1999, "500-1999"), (99_999, "50000-99999"), (None, None)],
)
def test_classes_of_population_close_below(population: int | None, expected: str | None) -> None:
    assert population_class(population) == expected


def test_the_table_and_the_function_agree_on_every_commune(cog: Cog) -> None:
    known = cog.table.filter(pl.col("level") == "COM").select("id", "population")
    expected = {id: population_class(people) for id, people in known.iter_rows()}
    assert dict(members("COM", cog).iter_rows()) == expected
    assert None in {people for _, people in known.iter_rows()} or set(expected.values()) == set(population_classes())


def test_only_communes_are_classed(cog: Cog) -> None:
    assert members("DEP", cog)["population_class"].null_count() == 101


def test_classes_are_labelled_in_both_languages() -> None:
    labels = population_classes()
    assert len(labels) == 9
    assert labels["0-199"].fr == "moins de 200 habitants"
    assert labels["2000-4999"].fr == "2\u202f000 à 4\u202f999 habitants"
    assert labels["100000-"].en == "100,000 inhabitants and more"
