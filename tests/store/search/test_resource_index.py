"""The index of the library: found by words in any of their forms, filtered and counted, apart from practices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from odd17.core.resources.library import Resource
from odd17.core.resources.library_query import Facet, LibraryQuery, Sort
from odd17.store.search import ResourceIndex, load_synonyms


@pytest.fixture
def resources() -> list[Resource]:
    """Four resources, one in English."""
    return [
        Resource(
            "1",
            "Évaluer un partenariat",
            "document",
            summary="Un guide d’évaluation partenariale.",
            audiences=("organisations", "territories"),
            domains=("education",),
            producer="Le RAMEAU",
            years="2018-2020",
            licence="cc-by-4.0",
            version="a",
        ),
        Resource(
            "2", "Kit des tiers-lieux", "kit", kit={"method": "Réunir les habitantes."}, audiences=("territories",)
        ),
        Resource("3", "Lettre de mars", "bulletin", day=date(2026, 3, 1), producer="odd17", collection="Veille"),
        Resource("4", "Evaluating together", "webinar", language="en", day=date(2025, 1, 1)),
    ]


@pytest.fixture
def index(tmp_path: Path, resources: list[Resource]) -> ResourceIndex:
    """Their index."""
    made = ResourceIndex(tmp_path / "index", load_synonyms())
    made.replace_all(resources)
    return made


def ids(index: ResourceIndex, text: str = "", **more: object) -> list[str]:
    return [hit.id for hit in index.search(LibraryQuery(text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("guides", ["1"]),
        ("EVALUATION", ["1", "4"]),
        ("habitants", ["2"]),  # told on an axis of the kit
        ("rameau", ["1"]),
        ("bulletins de veille", ["3"]),  # its kind
        ("tiers lieu", ["2"]),
    ],
)
def test_words_are_found_in_any_form(index: ResourceIndex, text: str, found: list[str]) -> None:
    assert sorted(ids(index, text)) == found


def test_filters_narrow_and_are_counted(index: ResourceIndex) -> None:
    answer = index.search(LibraryQuery("", {Facet.AUDIENCE: ("territories",)}))
    assert {hit.id for hit in answer.hits} == {"1", "2"}
    assert answer.facets[Facet.KIND] == {"document": 1, "kit": 1}
    assert answer.facets[Facet.AUDIENCE] == {"territories": 2, "organisations": 1}
    assert answer.facets[Facet.YEAR] == {"2018": 1, "2019": 1, "2020": 1}
    assert ids(index, "", filters={Facet.LICENCE: ("cc-by-4.0",), Facet.YEAR: ("2019",)}) == ["1"]
    assert ids(index, "", language="en") == ["4"]


def test_the_newest_first(index: ResourceIndex) -> None:
    assert ids(index, "", sort=Sort.DATE) == ["3", "4", "1", "2"]


def test_nothing_found_offers_less(index: ResourceIndex) -> None:
    answer = index.search(LibraryQuery("évaluer", {Facet.KIND: ("kit",)}))
    assert answer.total == 0
    assert (LibraryQuery("évaluer"), 2) in [(query, count) for query, count in answer.wider]


def test_changes_are_held(index: ResourceIndex, resources: list[Resource]) -> None:
    assert index.versions()["1"] == "a"
    index.change((Resource("5", "Une ruche", "news", version="b"),), ("1",))
    assert ids(index, "ruche") == ["5"]
    assert "1" not in index.versions()
