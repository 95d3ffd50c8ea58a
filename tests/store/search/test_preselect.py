"""The index chooses those that matching would put first: what it leaves out would not have been shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.kernel import alliance_types, domains, partner_kinds, proofs, stages
from odd17.core.practices.case import Case, Impact, Partner, Story
from odd17.core.practices.matching import Matches, best, match, similar
from odd17.core.practices.need import Ground, Likeness, Need, Widening, need_of
from odd17.store.cited_practices import read_cited_practices
from odd17.store.search import PracticeIndex
from odd17.store.search.preselect import Preselection
from odd17.store.search.reader import open_index

DAY = date(2026, 11, 25)
WORDS = ["une cantine", "un jardin d’insertion", "des ordinateurs", "les aînés", "une école et une ferme"]

CASES = st.builds(
    Case,
    id=st.integers(1, 400).map(str),
    title=st.sampled_from(WORDS),
    story=st.builds(Story, need=st.sampled_from(["", *WORDS])),
    partners=st.lists(
        st.builds(Partner, name=st.just("A"), kind=st.sampled_from([k.id for k in partner_kinds()[:3]])), max_size=2
    ).map(tuple),
    domains=st.lists(st.sampled_from([d.id for d in domains()[:5]]), max_size=2, unique=True).map(tuple),
    territories=st.lists(st.sampled_from(["DEP-35", "DEP-22", "REG-53"]), max_size=2, unique=True).map(tuple),
    alliance_type=st.sampled_from([None, *(t.id for t in alliance_types()[:4])]),
    stage=st.sampled_from([None, *(s.id for s in stages()[:2])]),
    impacts=st.lists(
        st.builds(Impact, impact=st.just("trust"), claim=st.just("x"), proof=st.sampled_from([p.id for p in proofs()])),
        max_size=1,
    ).map(tuple),
    published=st.sampled_from([None, date(2012, 1, 1), date(2025, 3, 31), date(2026, 11, 1), date(2026, 12, 31)]),
    cited=st.booleans(),
)
BASES = st.lists(CASES, max_size=30, unique_by=lambda case: case.id)
NEEDS = st.builds(
    Need,
    domains=st.lists(st.sampled_from([d.id for d in domains()[:6]]), max_size=2, unique=True).map(tuple),
    words=st.sampled_from(["", "une cantine pour l’école", "ordinateurs et rucher", "et (", "le la"]),
    partners=st.sampled_from([(), ("company",), ("company", "association")]),
    alliance_type=st.sampled_from([None, alliance_types()[0].id, alliance_types()[-1].id]),
    stage=st.sampled_from([None, stages()[0].id]),
    ground=st.sampled_from(
        [None, Ground(), Ground({"DEP-35": (1.0, Likeness.SAME.value), "DEP-22": (0.6, Likeness.TWIN.value)})]
    ),
)


def chosen(folder: Path, cases: list[Case], need: Need, most: int, room: int) -> Matches:
    index = PracticeIndex(folder)
    index.replace_all(cases)
    opened = open_index(index._generations.current())
    found = Preselection(opened.searcher(), index._schema, need, DAY, room=room).candidates(most)
    assert len(set(found.ids)) == len(found.ids)
    kept = [case for case in cases if case.id in found.ids]
    return best(need, kept, found, DAY, most)


@settings(max_examples=120, deadline=None)
@given(NEEDS, BASES, st.integers(1, 4), st.sampled_from([2, 200]))
def test_the_answer_is_that_of_matching_all(
    tmp_path_factory: pytest.TempPathFactory, need: Need, cases: list[Case], most: int, room: int
) -> None:
    assert chosen(tmp_path_factory.mktemp("preselect"), cases, need, most, room) == match(need, cases, DAY, most)


@pytest.mark.parametrize("order", [lambda cases: cases, lambda cases: cases[::-1]])
def test_of_thousands_that_are_alike_the_smallest_numbers_come(
    tmp_path: Path, order: Callable[[list[Case]], list[Case]]
) -> None:
    alike = [Case(id=str(number), title="Un jardin", domains=("sport",), published=DAY) for number in range(10, 3010)]
    better = [replace(alike[0], id=str(number), impacts=(Impact("trust", "x", "told"),)) for number in (4000, 4001)]
    need = Need(domains=("sport",), words="jardin")
    found = chosen(tmp_path, order([*alike, *better]), need, 5, 200)
    assert [item.case.id for item in found.matches] == ["4000", "4001", "10", "11", "12"]


def test_the_cases_that_odd17_starts_with_are_matched_as_all_would_be(tmp_path: Path) -> None:
    cases = [replace(case, id=str(number)) for number, case in enumerate(read_cited_practices().cases, start=1)]
    index = PracticeIndex(tmp_path)
    index.replace_all(cases)

    def answered(need: Need, most: int, but: str | None = None) -> Matches:
        found = index.preselect(need, DAY, most, but)
        return best(need, [case for case in cases if case.id in found.ids], found, DAY, most)

    here = Ground({"DEP-35": (1.0, Likeness.SAME.value), "DEP-59": (0.6, Likeness.TWIN.value)})
    for domain in domains():
        for ground in (None, here):
            for words, partners in (("", ()), ("une alliance pour l’emploi", ("company",))):
                need = Need(domains=(domain.id,), ground=ground, words=words, partners=partners)
                assert answered(need, 6) == match(need, cases, DAY, 6)
    for case in cases:
        assert answered(need_of(case), 5, but=case.id).matches == similar(case, cases, DAY, 5)


def test_a_case_is_not_like_itself(tmp_path: Path) -> None:
    one = Case(id="1", title="Un rucher à l’école", domains=("sport",), territories=("DEP-35",))
    cases = [one, replace(one, id="2"), Case(id="3", title="Covoiturage", domains=("mobility",))]
    index = PracticeIndex(tmp_path)
    index.replace_all(cases)
    found = index.preselect(need_of(one), DAY, 5, but="1")
    assert set(found.ids) == {"2", "3"}
    kept = [case for case in cases if case.id in found.ids]
    assert best(need_of(one), kept, found, DAY, 5).matches == similar(one, cases, DAY, 5)


def test_what_is_widened_is_told(tmp_path: Path) -> None:
    index = PracticeIndex(tmp_path)
    index.replace_all([Case(id=str(n), title="A", domains=("employment",)) for n in range(1, 5)])
    assert index.preselect(Need(domains=("education",)), DAY, 5).widened is Widening.EVERY_DOMAIN
    assert index.preselect(Need(domains=("employment",)), DAY, 5).widened is None


def test_an_empty_index_chooses_nothing(tmp_path: Path) -> None:
    index = PracticeIndex(tmp_path)
    index.replace_all([])
    assert index.preselect(Need(domains=("sport",), words="école"), DAY, 5).ids == ()
