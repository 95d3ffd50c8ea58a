"""The shipped code officiel géographique holds what it says, and nothing is counted twice."""

from __future__ import annotations

import polars as pl
import pytest

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.territories import MEMBERSHIPS, TERRITORIES, Cog, Level, Territory


def test_levels_have_their_numbers_of_territories(cog: Cog) -> None:
    assert {level.value: len(cog.at(level)) for level in Level} == {
        "FR": 1, "FRM": 1, "REG": 18, "DEP": 101, "EPCI": 1255, "COM": 34875, "TER": 0,
    }  # fmt: skip
    assert len([item for item in cog.get(cog.at("REG")) if not item.is_overseas]) == 13
    assert len(cog) == 36251


def test_four_communes_have_no_epci(cog: Cog) -> None:
    without = cog.memberships.filter(pl.col("epci").is_null())["commune"].to_list()
    assert without == ["22016", "29083", "29155", "85113"]
    assert cog["COM-29155"].parents == ("DEP-29", "REG-53", "FRM", "FR")


def test_every_level_adds_up_to_the_country(cog: Cog) -> None:
    total = cog["FR"].population
    for level in ("REG", "DEP", "COM"):
        assert cog.table.filter(level=level)["population"].sum() == total
    islands = cog.get(["COM-22016", "COM-29083", "COM-29155", "COM-85113"])
    assert cog.table.filter(level="EPCI")["population"].sum() == (total or 0) - sum(i.population or 0 for i in islands)
    overseas = cog.table.filter(level="REG", is_overseas=True)["population"].sum()
    assert cog["FRM"].population == (total or 0) - overseas


def test_municipal_arrondissements_are_not_counted_beside_their_commune(cog: Cog) -> None:
    assert cog["COM-75056"].population == cog["DEP-75"].population == 2_103_778
    assert "COM-75101" not in cog
    with pytest.raises(UnknownTerritory, match="COM-75056"):
        cog.resolve("75101")
    assert [item.id for item in cog.search("69381")] == ["COM-69123"]


def test_epci_across_borders_belong_where_most_of_their_people_live(cog: Cog) -> None:
    across = cog.table.filter(pl.col("other_parents").list.len() > 0)
    assert across["level"].unique().to_list() == ["EPCI"]
    assert across.height == cog.epci_spans["epci"].n_unique() == 89
    regions = pl.col("other_parents").list.eval(pl.element().filter(pl.element().str.starts_with("REG-")))
    assert across.filter(regions.list.len() > 0).height == 26
    beaune = cog["EPCI-200006682"]
    assert (beaune.parents, beaune.other_parents) == (("DEP-21", "REG-27", "FRM", "FR"), ("DEP-71",))
    shares = cog.epci_spans.group_by("epci").agg(pl.col("share").sum(), pl.col("population").sum())
    assert shares["share"].to_list() == pytest.approx([1.0] * 89)
    for code, people in shares.select("epci", "population").iter_rows():
        assert cog[f"EPCI-{code}"].population == people


def test_parents_go_from_the_nearest_to_the_country(cog: Cog) -> None:
    assert [item.id for item in cog.parents("COM-35238")] == ["EPCI-243500139", "DEP-35", "REG-53", "FRM", "FR"]
    assert [item.id for item in cog.parents("REG-04")] == ["FR"]
    assert cog.parents("FR") == ()


def test_children_are_those_whose_parents_name_it(cog: Cog) -> None:
    assert cog.children("REG-53", Level.DEPARTEMENT) == ["DEP-22", "DEP-29", "DEP-35", "DEP-56"]
    assert len(cog.children("EPCI-243500139", "COM")) == 43
    assert len(cog.children("FRM", "REG")) == 13
    assert cog.children("COM-35238", "REG") == []
    with pytest.raises(UnknownTerritory):
        cog.children("REG-99", "COM")


def test_a_territory_is_whole(cog: Cog) -> None:
    rennes = cog["COM-35238"]
    assert isinstance(rennes, Territory)
    assert (rennes.name, rennes.slug, rennes.level, rennes.is_overseas) == ("Rennes", "rennes", Level.COMMUNE, False)
    assert cog["COM-42218"].slug == "saint-etienne"
    assert cog["REG-93"].slug == "provence-alpes-cote-d-azur"
    assert all(cog.table["slug"].str.contains(r"^[a-z0-9]+(-[a-z0-9]+)*$"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("REG-53", "REG-53"), ("reg-53", "REG-53"), ("2A", "DEP-2A"), ("2a", "DEP-2A"), ("42218", "COM-42218"),
        (" Rhône ", "DEP-69"), ("RHONE", "DEP-69"), ("FR", "FR"), ("France métropolitaine", "FRM"),
        ("243500139", "EPCI-243500139"), ("st etienne", "COM-42218"),
    ],
)  # fmt: skip
def test_resolve_finds_identifiers_codes_and_whole_names(cog: Cog, query: str, found: str) -> None:
    assert cog.resolve(query).id == found


@pytest.mark.parametrize(
    ("query", "candidates"),
    [
        ("53", ("REG-53", "DEP-53")),
        ("01", ("REG-01", "DEP-01")),
        ("Paris", ("DEP-75", "COM-75056")),
        ("Sainte-Foy", ("COM-85214", "COM-76577", "COM-40258", "COM-71415")),
    ],
)
def test_resolve_lists_the_candidates_of_an_ambiguous_query(cog: Cog, query: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousTerritory) as caught:
        cog.resolve(query)
    assert caught.value.candidates == candidates


@pytest.mark.parametrize(
    ("query", "meant", "aside"),
    [
        ("Bretagne", "REG-53", ["COM-90019", "COM-36024"]),
        ("paris", "DEP-75", ["COM-75056"]),
        ("Rennes", "COM-35238", []),
        ("REG-53", "REG-53", []),
    ],
)
def test_the_widest_of_one_name_is_taken_and_the_communes_set_aside(
    cog: Cog, query: str, meant: str, aside: list[str]
) -> None:
    found, others = cog.widest(query)
    assert (found.id, [item.id for item in others]) == (meant, aside)


@pytest.mark.parametrize("query", ["53", "01", "Sainte-Foy", "Guadeloupe", "La Réunion"])
def test_a_bare_code_and_equals_stay_ambiguous(cog: Cog, query: str) -> None:
    with pytest.raises(AmbiguousTerritory):
        cog.widest(query)


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("1001", "COM-01001 (L'Abergement-Clémenciat)"),
        ("brtagne", "REG-53 (Bretagne)"),
        ("Marseile", "COM-13055 (Marseille)"),
    ],
)
def test_resolve_suggests_what_is_near(cog: Cog, query: str, near: str) -> None:
    with pytest.raises(UnknownTerritory) as caught:
        cog.resolve(query)
    assert caught.value.suggestions[0] == near
    with pytest.raises(UnknownTerritory):
        cog[query]


@pytest.mark.parametrize("query", ["", " ", "\0", "x" * 10_000, "<script>alert(1)</script>", "%00", "REG-", "-", "é"])
def test_resolve_refuses_hostile_text(cog: Cog, query: str) -> None:
    with pytest.raises(UnknownTerritory):
        cog.resolve(query)


def test_an_identifier_that_stands_twice_is_refused() -> None:
    row = dict.fromkeys(TERRITORIES) | {"id": "REG-53"}
    with pytest.raises(ValueError, match="twice"):
        Cog(pl.DataFrame([row, row], schema=TERRITORIES), pl.DataFrame(schema=MEMBERSHIPS))
