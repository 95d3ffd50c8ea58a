"""Cases matched to a need: the reasons add up, the first are varied, and what was widened is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import alliance_types, domains, partner_kinds, proofs, stages
from odd17.core.practices.case import Case, Impact, Partner, Story
from odd17.core.practices.matching import FIRST, Part, match, said_in, similar
from odd17.core.practices.need import Ground, Likeness, Need, Widening

DAY = date(2026, 11, 25)

CASES = st.builds(
    Case,
    id=st.integers(1, 10_000).map(str),
    title=st.sampled_from(["Cantine partagée", "Jardin d’insertion", "Numérique pour tous", "Covoiturage"]),
    summary=st.sampled_from(["", "Une école et une ferme.", "Des ordinateurs pour les aînés."]),
    partners=st.lists(st.builds(Partner, name=st.just("A"), kind=st.sampled_from([k.id for k in partner_kinds()]))).map(
        tuple
    ),
    domains=st.lists(st.sampled_from([d.id for d in domains()]), max_size=3, unique=True).map(tuple),
    territories=st.lists(st.sampled_from(["DEP-35", "DEP-22", "REG-53"]), max_size=2, unique=True).map(tuple),
    alliance_type=st.sampled_from([None, *(t.id for t in alliance_types())]),
    stage=st.sampled_from([None, *(s.id for s in stages())]),
    impacts=st.lists(
        st.builds(Impact, impact=st.just("trust"), claim=st.just("x"), proof=st.sampled_from([p.id for p in proofs()])),
        max_size=2,
    ).map(tuple),
    published=st.dates(date(2010, 1, 1), date(2026, 1, 1)),
)
BASES = st.lists(CASES, max_size=25, unique_by=lambda case: case.id)
NEEDS = st.builds(
    Need,
    domains=st.lists(st.sampled_from([d.id for d in domains()]), max_size=2, unique=True).map(tuple),
    words=st.sampled_from(["", "une cantine pour l’école", "ordinateurs"]),
    partners=st.sampled_from([(), ("company",), ("company", "association")]),
    alliance_type=st.sampled_from([None, "consortium"]),
    stage=st.sampled_from([None, "concept"]),
    ground=st.sampled_from(
        [None, Ground({"DEP-35": (1.0, Likeness.SAME.value), "DEP-22": (0.6, Likeness.TWIN.value)})]
    ),
)


@given(NEEDS, BASES, st.randoms())
def test_scores_are_the_sum_of_their_reasons_whatever_the_order(need: Need, cases: list[Case], random) -> None:
    found = match(need, cases, DAY)
    for item in found.matches:
        assert 0 <= item.score <= 1
        assert item.score == pytest.approx(sum(why.fit * why.weight for why in item.reasons))
        assert all(why.fit > 0 for why in item.reasons)
    shuffled = list(cases)
    random.shuffle(shuffled)
    assert match(need, shuffled, DAY) == found


@given(NEEDS, BASES)
def test_a_need_that_says_nothing_of_a_part_has_no_reason_of_it(need: Need, cases: list[Case]) -> None:
    parts = {why.part for item in match(need, cases, DAY).matches for why in item.reasons}
    assert need.words or Part.WORDS not in parts
    assert need.partners or Part.PARTNERS not in parts
    assert need.ground or Part.TERRITORY not in parts


def case(number: int, **values) -> Case:
    return Case(**{"id": str(number), "title": "Cas", "domains": ("education",)} | values)


def test_hand_worked() -> None:
    found = match(
        Need(domains=("education",), ground=Ground({"DEP-35": (1.0, "same")})),
        [
            case(1, territories=("DEP-35",), impacts=(Impact("trust", "x", "evaluated"),), checked=DAY),
            case(2, territories=("DEP-22",)),
            case(3, domains=("health", "education")),
        ],
        DAY,
    )
    # the parts asked weigh .30 + .20, always .10 + .05
    assert [item.case.id for item in found.matches] == ["1", "2", "3"]
    assert [item.score for item in found.matches] == pytest.approx([1.0, 0.30 / 0.65, 0.30 / 0.65])
    assert found.matches[0].reasons[0].part is Part.DOMAIN
    assert found.widened is None


def test_the_first_ten_are_not_one_family() -> None:
    same = [case(number, alliance_type="consortium", checked=DAY) for number in range(1, 15)]
    others = [case(20, alliance_type="sponsoring"), case(21, alliance_type="public_policy")]
    first = match(Need(domains=("education",)), [*same, *others], DAY).matches[:FIRST]
    assert {"20", "21"} <= {item.case.id for item in first}
    assert first[0].case.id == "1"


@pytest.mark.parametrize(
    ("have", "widened"),
    [
        (["education", "education", "education", "sport"], None),
        (["education", "sport", "culture", "employment"], Widening.DIMENSION),
        (["education", "employment"], Widening.EVERY_DOMAIN),
        (["education"], None),
        ([], None),
    ],
)
def test_what_was_widened_is_said(have: list[str], widened: Widening | None) -> None:
    cases = [case(number, domains=(domain,)) for number, domain in enumerate(have)]
    found = match(Need(domains=("education",)), cases, DAY)
    assert found.widened is widened
    assert found.matches == () or found.matches[0].case.domains == ("education",)


def test_words_that_are_rare_weigh_more() -> None:
    cases = [
        case(1, title="Une école"),
        case(2, title="Un rucher"),
        *(case(n, title="Une école ouverte") for n in range(3, 12)),
    ]
    found = match(Need(words="un rucher à l’école"), cases, DAY)
    assert found.matches[0].case.id == "2"
    assert found.matches[0].reasons[0].facts["words"] == ("rucher",)


def test_similar_leaves_the_case_itself_out() -> None:
    one = case(1, title="Un rucher à l’école", story=Story(need="Des abeilles."), territories=("DEP-35",))
    near = replace(one, id="2")
    far = case(3, domains=("mobility",), title="Covoiturage")
    assert [item.case.id for item in similar(one, [one, near, far], DAY)] == ["2", "3"]


@given(NEEDS, BASES)
def test_words_made_before_give_the_same(need: Need, cases: list[Case]) -> None:
    said = {case.id: said_in(case) for case in cases}
    bare = [replace(case, story=Story()) for case in cases]
    assert [(item.case.id, item.score) for item in match(need, bare, DAY, said=said).matches] == [
        (item.case.id, item.score) for item in match(need, cases, DAY).matches
    ]


def test_the_day_on_which_a_citation_was_copied_says_nothing() -> None:
    told = Case(id="1", title="A", published=DAY)
    (first, second) = match(Need(), [told, replace(told, id="2", cited=True)], DAY).matches
    assert (first.case.id, [why.part for why in second.reasons]) == ("1", [])
    checked = replace(told, id="2", cited=True, checked=DAY)
    assert match(Need(), [checked], DAY).matches[0].reasons[0].part is Part.FRESHNESS
