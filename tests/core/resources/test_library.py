"""What the library holds, what is asked of it, and what it starts with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.resources.access import kit_axes
from odd17.core.resources.library import KIT, Resource, kinds, licences, years_of
from odd17.core.resources.library_query import Facet, LibraryQuery, Sort, library_query_from, library_query_to
from odd17.core.resources.orientation import Kind, audiences, cells
from odd17.core.resources.spine import spine
from odd17.core.resources.starting import starting


def test_the_eight_kinds_each_named_in_both_languages() -> None:
    assert [kind.id for kind in kinds()] == [
        "document", "kit", "webinar", "module", "mooc", "testimony", "news", "bulletin",
    ]  # fmt: skip
    assert len({kind.slug for kind in kinds()}) == 8
    for kind in kinds():
        assert all(text.fr and text.en for text in (kind.name, kind.plural, kind.explained))


def test_licences_have_their_words_or_say_that_all_is_reserved() -> None:
    assert [one.id for one in licences() if not one.address] == ["reserved"]


@pytest.mark.parametrize("printed", ["2022-2013", "18", "2018-", "1750", "2018/2019", "9999", "2018 "])
def test_years_that_are_none(printed: str) -> None:
    assert years_of(printed) is None


def test_a_day_tells_its_year_and_a_span_all_of_its_own() -> None:
    assert Resource("1", "a", "news", day=date(2020, 3, 1), years="2018").all_years() == (2020,)
    assert Resource("1", "a", "news", years="2018-2019").sorting_day() == date(2019, 12, 31)
    assert Resource("1", "a", "news").sorting_day() is None


_QUERIES = st.builds(
    LibraryQuery,
    text=st.text("abc é", max_size=20).map(lambda text: " ".join(text.split())),
    filters=st.dictionaries(
        st.sampled_from(list(Facet)),
        st.lists(st.text("abc", min_size=1), min_size=1, max_size=3, unique=True).map(tuple),
    ),
    page=st.integers(1, 500),
    language=st.sampled_from([None, "fr", "en"]),
    sort=st.sampled_from(list(Sort)),
)


@given(_QUERIES)
def test_an_address_keeps_the_whole_query(query: LibraryQuery) -> None:
    parameters: dict[str, list[str]] = {}
    for name, value in library_query_to(query):
        parameters.setdefault(name, []).append(value)
    assert library_query_from(parameters) == query


def test_what_makes_no_sense_is_left_out() -> None:
    asked = {"tri": ["x"], "page": ["-3"], "langue": ["de"], "genre": ["", " "], "q": ["a" * 1000]}
    assert library_query_from(asked) == LibraryQuery(text="a" * 300)


def test_it_starts_with_what_the_report_names_and_adds_nothing() -> None:
    readings = {(reading.title, reading.by, reading.year) for step in spine() for reading in step.reading}
    cited = [start.resource for start in starting() if start.resource.cited]
    read = [one for one in cited if one.kind == "document" and one.sources]
    assert {(one.title, one.producer, one.years) for one in read} == readings
    for one in cited:
        assert (one.summary, one.body, one.kit, one.link, one.licence, one.file) == ("", "", {}, "", None, "")


def test_the_kits_that_it_cites_are_those_that_the_report_says_exist() -> None:
    named = {
        str(getattr(name, "fr", name)): audience.id
        for audience in audiences()
        for cell in cells(audience.id)
        if cell.kind is Kind.TOOLS
        for name in cell.named
    }
    kits = [start.resource for start in starting() if start.resource.cited and start.resource.kind == KIT]
    assert len(kits) == 2
    for kit in kits:
        assert named[kit.title] == kit.audiences[0]


def test_its_own_kit_tells_every_axis_in_both_languages() -> None:
    own = [start for start in starting() if not start.resource.cited]
    assert {start.resource.language for start in own} == {"fr", "en"}
    for start in own:
        axes = [axis.id for axis in kit_axes()]
        assert list(start.resource.kit) == axes
        assert list(start.leads_to) == axes
