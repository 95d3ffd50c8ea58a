"""What the index finds, counts, sorts and marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet, PracticeQuery, Sort, query_from
from odd17.store.search import PracticeIndex


def found(index: PracticeIndex, text: str, **more: object) -> list[str]:
    return [hit.id for hit in index.search(PracticeQuery(text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ecole", "1"),  # without its accent
        ("FORÊTS", "1"),  # plural, capitals
        ("l'école", "1"),
        ("d’école", "1"),
        ("mutualiser", "1"),  # another ending
        ("mutualisées", "1"),
        ("solidarite", "6"),  # an ending that an accent hides
        ("eleve", "1"),  # in the story
        ("amis des arbres", "1"),  # a partner's name
        ("Limoges", "2"),  # the place's name
        ("Haute-Vienne", "2"),  # what the place belongs to
        ("tiers lieux", "2"),  # plural without hyphen
        ("ESS", "3"),  # a synonym of several words
        ("économie sociale et solidaire", "3"),
        ("repair café vélo", "2"),  # a synonym for one of them
        ("maraichge", "4"),  # a letter missing
        ("maraichhage", "4"),  # one too many
        ("maraicahge", "4"),  # two exchanged
        ("schools", "5"),  # English, in English
        ("bicycle", "5"),
        ('"jardins partagés"', "6"),
        ("jardins partagés", "6"),
    ],
)
def test_the_case_meant_comes_first(index: PracticeIndex, text: str, first: str) -> None:
    assert found(index, text)[:1] == [first]


def test_a_phrase_in_quotes_is_found_as_it_stands(index: PracticeIndex) -> None:
    assert found(index, '"école de la forêt"') == ["1"]
    assert found(index, '"forêt de la école"') == []
    assert found(index, '"jardins insertion"') == []  # "jardins d’insertion" has a word between


def test_a_word_corrected_is_said(index: PracticeIndex) -> None:
    assert index.search(PracticeQuery("maraichge")).corrected == {"maraichge": ("maraichage",)}
    assert index.search(PracticeQuery("ecole")).corrected == {}


def test_empty_words_and_marks_alone_find_nothing_and_say_how_to_widen(index: PracticeIndex, cases: list[Case]) -> None:
    for text in ("de la", "AND ( *", "😀", "()", '""', "' OR 1=1 --", "\x00"):
        answer = index.search(PracticeQuery(text))
        assert answer.total == 0
        assert answer.wider[-1] == (PracticeQuery(), len(cases))


def test_no_result_offers_queries_that_find_something(index: PracticeIndex) -> None:
    query = PracticeQuery("école zzzzzz", {Facet.DOMAIN: ("employment",)})
    answer = index.search(query)
    assert answer.total == 0
    for wider, count in answer.wider:
        assert index.search(wider).total == count > 0
    assert PracticeQuery("", {Facet.DOMAIN: ("employment",)}) in [wider for wider, _ in answer.wider]


def test_where_few_have_all_the_words_those_with_some_come_after_and_it_is_said(tmp_path: Path) -> None:
    index = PracticeIndex(tmp_path / "other")
    index.replace_all([Case(id="1", title="Ruche et verger"), *(Case(id=f"v{n}", title="Verger") for n in range(12))])
    some = index.search(PracticeQuery("verger ruche"))
    assert (some.hits[0].id, some.total, some.partly) == ("1", 13, True)
    all_words = index.search(PracticeQuery("verger"))
    assert (all_words.total, all_words.partly) == (12 + 1, False)
    assert index.search(PracticeQuery('"verger ruche"')).total == 0  # what is in quotes may not lack


def test_facets_are_counted_under_the_other_filters(index: PracticeIndex) -> None:
    answer = index.search(PracticeQuery("", {Facet.DOMAIN: ("education",), Facet.YEAR: ("2019",)}))
    assert [hit.id for hit in answer.hits] == ["1"]
    assert answer.facets[Facet.DOMAIN] == {"education": 1, "environment": 1}  # of 2019, whatever the domain
    assert answer.facets[Facet.YEAR] == {"2019": 1}  # case 5 says no year
    assert answer.facets[Facet.PARTNER] == {"association": 1, "local_authority": 1}
    assert answer.facets[Facet.FAMILY] == {"patronage": 1}
    assert answer.facets[Facet.PROOF] == {"measured": 1}


def test_values_of_one_facet_widen_and_facets_narrow(index: PracticeIndex) -> None:
    assert found(index, "", filters={Facet.DOMAIN: ("mobility", "employment")}) == ["2", "3"]
    assert found(index, "", filters={Facet.DOMAIN: ("mobility",), Facet.PARTNER: ("company",)}) == []
    assert found(index, "", filters={Facet.DOMAIN: ("no such",)}) == []


def test_a_case_in_a_commune_counts_in_all_that_it_belongs_to(index: PracticeIndex) -> None:
    whole = index.search(PracticeQuery())
    assert whole.facets[Facet.TERRITORY] == {"REG-53": 4, "REG-75": 1, "DEP-35": 3, "DEP-87": 1}
    assert set(found(index, "", filters={Facet.TERRITORY: ("REG-53",)})) == {"1", "3", "4", "6"}
    assert set(found(index, "", filters={Facet.TERRITORY: ("EPCI-243500139",)})) == {"1", "4"}
    near = index.search(PracticeQuery("", {Facet.TERRITORY: ("EPCI-243500139",)}))
    assert near.facets[Facet.TERRITORY]["COM-35047"] == 1


def test_sorts(index: PracticeIndex) -> None:
    assert found(index, "", sort=Sort.DATE)[:3] == ["2", "3", "1"]
    assert found(index, "", sort=Sort.PROOF)[:2] == ["1", "3"]


def test_pages_follow_one_another(index: PracticeIndex, cases: list[Case]) -> None:
    pages = [index.search(PracticeQuery("", page=page), size=4) for page in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [4, 2, 0]
    assert {hit.id for page in pages for hit in page.hits} == {case.id for case in cases}
    assert {page.total for page in pages} == {6}
    assert index.identifiers(PracticeQuery(""), 100) == tuple(hit.id for page in pages for hit in page.hits)


def test_what_matches_is_marked_and_nothing_is_html(index: PracticeIndex) -> None:
    hit = index.search(PracticeQuery("école mutualisée")).hits[0]
    assert hit.title == (("L’", False), ("école", True), (" de la forêt", False))
    assert ("mutualisée", True) in hit.excerpt
    (titled,) = (hit for hit in index.search(PracticeQuery("jardin")).hits if hit.id == "6")
    assert titled.title[0] == ("Jardins", True)


def test_a_title_is_whole_and_an_excerpt_says_where_it_is_cut(tmp_path: Path) -> None:
    index = PracticeIndex(tmp_path / "other")
    long = "Avant. " * 100 + "Une ruche, enfin. " + "Après. " * 100
    index.replace_all([Case(id="1", title="« Où ? » (la ruche !)", summary=long)])
    (hit,) = index.search(PracticeQuery("ruche")).hits
    assert "".join(text for text, _ in hit.title) == "« Où ? » (la ruche !)"
    assert hit.excerpt[0] == hit.excerpt[-1] == ("…", False)
    assert ("ruche", True) in hit.excerpt


def test_one_language(index: PracticeIndex) -> None:
    assert found(index, "", language="en") == ["5"]
    assert found(index, "school", language="fr") == []
    assert index.search(PracticeQuery("school", language="fr")).wider[0] == (PracticeQuery("school"), 1)


def test_suggestions_end_the_word_and_name_practices(index: PracticeIndex) -> None:
    offered = index.suggest("jardins par")
    assert offered.words == ("jardins partagés",)
    assert [hit.id for hit in offered.hits] == ["6"]
    assert index.suggest("éco").words == ("école",)
    assert index.suggest("l'éc").hits[0].id == "1"
    for nothing in ("", "(", "de", "zzzz", "😀", "x" * 10_000):
        assert index.suggest(nothing).hits == ()


def test_whom_to_ask_is_not_in_the_index(index: PracticeIndex, tmp_path: Path) -> None:
    assert found(index, "Personne") == []
    folder = tmp_path / "index"
    assert not any(b"ne pas montrer" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_text_of_ten_thousand_characters_is_searched(index: PracticeIndex) -> None:
    index.search(PracticeQuery("école " * 2_000))
    index.search(PracticeQuery("x" * 10_000))
    index.search(PracticeQuery('"' + "forêt " * 2_000 + '"'))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200) | st.lists(st.sampled_from(["école", '"', "«", "AND", "(", "*", "de"])).map(" ".join))
def test_any_text_is_searched_and_each_page_holds_what_it_says(index: PracticeIndex, text: str) -> None:
    answer = index.search(query_from({"q": [text]}))
    assert len(answer.hits) == min(answer.total, 20)
    assert all(hit.title and "".join(piece for piece, _ in hit.title) for hit in answer.hits)
    index.suggest(text)
