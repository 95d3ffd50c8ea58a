"""What people type in the search box lands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.territories import Cog
from odd17.core.territories.normalised import words
from odd17.store.territories import load_shipped_cog

COG = load_shipped_cog()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("saint etienne", "COM-42218"), ("st-étienne", "COM-42218"), ("ST ETIENNE", "COM-42218"),
        ("42218", "COM-42218"),
        ("Rhône", "DEP-69"), ("rhone", "DEP-69"), ("REG-53", "REG-53"), ("com-35238", "COM-35238"),
        ("mar", "COM-13055"), ("lyon", "COM-69123"), ("paris", "DEP-75"), ("la reunion", "REG-04"),
        ("hay les roses", "COM-94038"), ("l’hay", "COM-94038"), ("L'Haÿ-les-Roses", "COM-94038"),
        ("oeuilly", "COM-51410"), ("Œuilly", "COM-51410"), ("ste foy les lyon", "COM-69202"),
        ("rennes metr", "EPCI-243500139"), ("metropole rennes", "EPCI-243500139"), ("2A", "DEP-2A"),
        ("75101", "COM-75056"), ("fr", "FR"),
    ],
)  # fmt: skip
def test_the_first_answer_is_the_one_meant(cog: Cog, typed: str, first: str) -> None:
    assert cog.search(typed)[0].id == first


def test_the_largest_come_first_among_equals(cog: Cog) -> None:
    found = cog.search("saint-den", limit=50)
    whole = [item for item in found if item.slug.startswith("saint-den")]
    assert [item.population for item in whole] == sorted((item.population or 0 for item in whole), reverse=True)


def test_a_whole_word_comes_before_the_beginning_of_one(cog: Cog) -> None:
    found = [item.id for item in cog.search("lyon", limit=50)]
    assert found[:2] == ["COM-69123", "EPCI-200046977"]  # Lyon, Métropole de Lyon
    assert found.index("EPCI-243800935") < found.index("EPCI-246900575")  # Lyon-Saint-Exupéry, Est Lyonnais


def test_a_code_shared_by_two_levels_answers_both_first(cog: Cog) -> None:
    assert [item.id for item in cog.search("53", limit=2)] == ["REG-53", "DEP-53"]


def test_levels_and_limit_are_held(cog: Cog) -> None:
    assert {item.level for item in cog.search("lyon", levels=["EPCI"])} == {"EPCI"}
    assert len(cog.search("s", limit=3)) == 3
    assert cog.search("lyon", limit=0) == []
    assert cog.search("FR", levels=["COM"], limit=1)[0].level == "COM"
    with pytest.raises(ValueError, match="CANTON"):
        cog.search("lyon", levels=["CANTON"])


@pytest.mark.parametrize(
    "typed", ["", "  ", "<script>", "a\0b", "\0", "%00", "x" * 10_000, "saint " * 30, "'; --", "🦄"]
)
def test_hostile_text_answers_nothing(cog: Cog, typed: str) -> None:
    assert cog.search(typed) == []
    assert cog.suggest("x" * 10_000) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rennnes", "Rennes"),
        ("bretgne", "Bretagne"),
        ("saint etiene", "Saint-Étienne"),
        ("Ille et Vilain", "Ille-et-Vilaine"),
    ],
)
def test_a_slip_of_the_finger_is_suggested_the_name_that_was_meant(cog: Cog, typed: str, meant: str) -> None:
    assert cog.suggest(typed)[0].name == meant


def test_the_words_of_a_name_are_those_of_its_address(cog: Cog) -> None:
    """The index reads them there: folding 36,000 names again would take half a second."""
    assert [" ".join(words(name)) for name in cog.table["name"]] == cog.table["slug"].str.replace_all(
        "-", " "
    ).to_list()


@given(st.text(max_size=300), st.integers(0, 20))
def test_any_text_is_answered_without_error_nor_repetition(typed: str, limit: int) -> None:
    found = [item.id for item in COG.search(typed, limit=limit)]
    assert len(found) == len(set(found)) <= limit
    COG.suggest(typed)


@given(st.sampled_from(COG.table["name"].to_list()))
def test_a_whole_name_finds_its_namesakes_first(name: str) -> None:
    assert words(COG.search(name, limit=1)[0].name) == words(name) or name.upper() in COG


@given(st.text(max_size=50))
def test_words_are_stable(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
