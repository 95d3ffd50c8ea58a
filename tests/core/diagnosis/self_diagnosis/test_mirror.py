"""The mirror shows peers, and nobody: attacked by adding, subtracting and crossing everything that it ever showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, count, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.diagnosis.self_diagnosis.mirror import NOTHING, K, Peer, Widening, reflection, refreshed

ORDER = ("year", "territory", "size", "kind")


def _peer(number: int, kind: str = "association", size: str = "small", score: float = 50.0) -> Peer:
    return Peer(f"org-{number}", {"kind": (kind,), "size": (size,)}, {"vision": score, "action": 100.0 - score})


def _crowd(count: int, start: int = 0, **criteria: str) -> list[Peer]:
    return [_peer(start + place, **criteria, score=float(place % 101)) for place in range(count)]


def _there(count: int, territory: tuple[str, ...], start: int) -> list[Peer]:
    return [replace(peer, criteria={"territory": territory}) for peer in _crowd(count, start)]


def test_nine_organisations_are_nobody_and_ten_are_a_group() -> None:
    assert reflection(refreshed(_crowd(9)), {}, ()).group is None
    shown = reflection(refreshed(_crowd(10)), {}, ())
    assert (shown.group, shown.given_up, shown.figures["vision"].n) == ((), (), 10)


def test_figures_are_quartiles_to_five_points() -> None:
    figures = reflection(refreshed(_crowd(41)), {}, ()).figures["vision"]
    assert (figures.low, figures.median, figures.high, figures.n) == (10, 20, 30, 40)


def test_k_is_not_met_by_counting_one_organisation_twice() -> None:
    with pytest.raises(ValueError, match="once"):
        refreshed([*_crowd(9), _peer(3)])


def test_peers_are_scored_on_the_same_dimensions() -> None:
    with pytest.raises(ValueError, match="same dimensions"):
        refreshed([*_crowd(9), replace(_peer(10), scores={"vision": 1.0})])


def test_too_narrow_a_group_is_widened_and_what_was_given_up_is_said() -> None:
    snapshot = refreshed([*_crowd(15), *_crowd(15, 100, kind="company")])
    wanted = {"kind": ("company",), "size": ("large",)}
    shown = reflection(snapshot, wanted, ORDER)
    assert (shown.group, shown.given_up) == ((("kind", "company"),), (Widening("size", "large", None),))
    assert reflection(snapshot, wanted, ("size",)).group == (("kind", "company"),)
    assert [one.criterion for one in reflection(NOTHING, wanted, ORDER).given_up] == ["kind", "size"]


@pytest.mark.parametrize(
    ("here", "around", "reached"),
    [(10, 0, "DEP-35"), (4, 8, "REG-53"), (4, 0, None)],
    ids=["here", "region", "country"],
)
def test_a_territory_widens_to_its_region_then_to_the_country(here: int, around: int, reached: str | None) -> None:
    people = [
        *_there(here, ("DEP-35", "REG-53"), 0),
        *_there(around, ("DEP-29", "REG-53"), 100),
        *_there(12, ("DEP-69", "REG-84"), 200),
    ]
    shown = reflection(refreshed(people), {"territory": ("DEP-35", "REG-53")}, ORDER)
    assert shown.group == (() if reached is None else (("territory", reached),))
    assert shown.given_up == (() if reached == "DEP-35" else (Widening("territory", "DEP-35", reached),))


def test_groups_that_differ_by_one_are_not_both_shown_with_that_one() -> None:
    snapshot = refreshed([*_crowd(20), _peer(99, kind="company", score=3.0)])
    everybody, associations = (reflection(snapshot, wanted, ()) for wanted in ({}, {"kind": ("association",)}))
    assert (everybody.group, associations.group) == ((), (("kind", "association"),))
    assert everybody.figures == associations.figures
    assert not any(member.startswith("org-99:") for shown in snapshot.groups.values() for member in shown.members)


def test_who_joins_alone_does_not_move_the_figures() -> None:
    before = refreshed(_crowd(20))
    after = refreshed([*_crowd(20), _peer(99, score=100.0)], before)
    assert after.groups[()] == before.groups[()]
    assert refreshed([*_crowd(20), *_crowd(10, 100)], before).groups[()].figures != before.groups[()].figures


def test_newcomers_wait_until_they_are_half_of_those_shown() -> None:
    before = refreshed(_crowd(40))
    assert refreshed([*_crowd(40), *_crowd(19, 100)], before).groups == before.groups
    assert len(refreshed([*_crowd(40), *_crowd(20, 100)], before).groups[()].members) == 60


def test_who_leaves_is_gone_at_once_with_as_many_as_it_takes_to_hide_them() -> None:
    before = refreshed(_crowd(40))
    after = refreshed(_crowd(40)[1:], before)
    assert len(after.groups[()].members) == 30
    assert not any(member.startswith("org-0:") for member in after.parts)
    assert sum(member.startswith("gone:") for member in after.parts) == 1


def test_too_small_a_group_is_silent_once_somebody_left_until_others_can_stand_in() -> None:
    before = refreshed(_crowd(19))
    alone = refreshed(_crowd(19)[1:], before)
    assert reflection(alone, {}, ()).group is None
    assert reflection(refreshed([*_crowd(19)[1:], *_crowd(9, 100)], alone), {}, ()).group is None
    others = refreshed([*_crowd(19)[1:], *_crowd(10, 100)], alone).groups[()]
    assert {member.partition(":")[0] for member in others.members} == {f"org-{place}" for place in range(100, 110)}


def test_ten_who_leave_together_leave_a_group_that_speaks() -> None:
    before = refreshed(_crowd(40))
    after = refreshed(_crowd(40)[10:], before)
    assert reflection(after, {}, ()).figures["vision"].n == 30


def test_who_answers_otherwise_alone_does_not_move_the_figures() -> None:
    before = refreshed(_crowd(20))
    changed = [_peer(0, score=100.0), *_crowd(20)[1:]]
    assert refreshed(changed, before).groups[()] == before.groups[()]


def test_answers_that_one_person_of_an_organisation_takes_back_are_gone_at_once() -> None:
    before = refreshed(_crowd(40))
    changed = [_peer(0, score=100.0), *_crowd(40)[1:]]  # what is left of org-0 is what its other people said
    after = refreshed(changed, before, taken_back={"org-0"})
    assert not any(member.startswith("org-0:") for member in after.parts)
    assert len(after.groups[()].members) == 30


def test_three_snapshots_tell_no_more_than_two() -> None:
    """Ten join, then nine of them and one of the first leave: the first and the third would differ by one each way."""
    people, more = _crowd(40), _crowd(30, 100)
    first = refreshed(people)
    second = refreshed([*people, *more], first)
    third = refreshed([*people[1:], *more[9:]], second)
    _attack(shown.members for one in (first, second, third) for shown in one.groups.values())


_PEERS = st.lists(
    st.tuples(
        st.sampled_from(["association", "company", "authority"]),
        st.sampled_from(["small", "large"]),
        st.integers(0, 100),
    ),
    max_size=80,
)


def _people(drawn: list[tuple[str, str, int]]) -> list[Peer]:
    return [_peer(place, kind, size, float(score)) for place, (kind, size, score) in enumerate(drawn)]


def _attack(shown: Iterable[frozenset[str]]) -> None:
    """Every combination is made of those whom the same sets hold: they are ``K`` organisations at least."""
    found = set(shown)
    parts: dict[frozenset[frozenset[str]], set[str]] = defaultdict(set)
    for member in frozenset().union(*found):
        parts[frozenset(one for one in found if member in one)].add(member.partition(":")[0])
    assert all(len(organisations) >= K for organisations in parts.values())


@given(_PEERS)
@settings(max_examples=60)
def test_no_combination_of_shown_groups_holds_a_few(drawn: list[tuple[str, str, int]]) -> None:
    """Every union, difference and crossing of up to three groups: somebody, then at least ``K``."""
    groups = [shown.members for shown in refreshed(_people(drawn)).groups.values()]
    for several in (*combinations(groups, 2), *combinations(groups, 3)):
        for first, *others in ((one, *(other for other in several if other is not one)) for one in several):
            for signs in product((True, False), repeat=len(others)):
                found = first
                for other, within in zip(others, signs, strict=True):
                    found = found & other if within else found - other
                assert not found or len(found) >= K, several


_STEP = st.tuples(
    st.integers(0, 30),  # so many join,
    st.sampled_from(["association", "company"]),  # of this kind,
    st.sampled_from([("DEP-35", "REG-53"), ("DEP-29", "REG-53"), ("REG-53",), ()]),  # from here,
    st.lists(st.integers(0, 200), max_size=12),  # these leave (by their place among those who are there),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), max_size=15),  # these answer otherwise,
    st.sets(st.integers(0, 200), max_size=3),  # and in these somebody takes answers back
)


@given(st.lists(_STEP, min_size=2, max_size=10))
@settings(max_examples=150, deadline=None)
def test_nor_does_it_over_any_number_of_snapshots(steps: list[tuple[object, ...]]) -> None:
    """Whoever kept every snapshot reads ten organisations or nobody; who left is nowhere.

    No two answers are the same: who takes theirs back and gives them again is somebody new, as nothing is kept of them.
    """
    snapshot, people, made = NOTHING, {}, 0
    kept: list[frozenset[str]] = []
    answer = count(1000)
    for join, kind, territory, leave, again, back in steps:
        for _one in range(join):
            criteria = {"kind": (kind,)} | ({"territory": territory} if territory else {})
            people[made] = replace(_peer(made, score=float(made * 37 % 101)), criteria=criteria)
            made += 1
        there = list(people)
        for place, score in again:
            if there:
                who = there[place % len(there)]
                people[who] = replace(people[who], scores={"vision": float(score), "action": float(next(answer))})
        takers = {there[place % len(there)] for place in back if there}
        for who in takers:
            people[who] = replace(people[who], scores={"vision": 50.0, "action": float(next(answer))})
        gone = {there[place % len(there)] for place in leave if there}
        for who in gone:
            del people[who]
        snapshot = refreshed(list(people.values()), snapshot, {f"org-{who}" for who in takers})
        named = {member for shown in snapshot.groups.values() for member in shown.members} | set(snapshot.parts)
        assert not {member.partition(":")[0] for member in named} & {f"org-{who}" for who in gone}
        for shown in snapshot.groups.values():
            assert len({member.partition(":")[0] for member in shown.members}) == len(shown.members) >= K
            kept.append(shown.members)
    _attack(kept)


@given(_PEERS, st.sets(st.integers(0, 79)))
@settings(max_examples=60)
def test_who_leaves_is_a_number_to_the_rule_and_nobody_to_the_mirror(
    drawn: list[tuple[str, str, int]], leave: set[int]
) -> None:
    people = _people(drawn)
    before = refreshed(people)
    after = refreshed([peer for place, peer in enumerate(people) if place not in leave], before)
    gone = {member for member in before.parts if int(member[4:].partition(":")[0]) in leave}
    assert sum(member.startswith("gone:") for member in after.parts) == len(gone)
    assert not gone & after.parts.keys()
    assert not any(shown.members & gone for shown in after.groups.values())


def test_a_subtraction_that_would_have_told_a_score_finds_nothing() -> None:
    """Nineteen associations and one company: everybody less the associations would have been that company."""
    rng = np.random.default_rng(17)
    people = [_peer(place, score=float(rng.integers(0, 101))) for place in range(19)]
    snapshot = refreshed([*people, _peer(19, kind="company", score=3.0)])
    assert snapshot.groups[()].members == snapshot.groups[(("kind", "association"),)].members


def test_a_thousand_organisations_are_mirrored_in_a_moment() -> None:
    rng = np.random.default_rng(17)
    kinds, sizes = ("association", "company", "authority", "school"), ("tiny", "small", "medium", "large")
    people = [
        Peer(
            f"org-{number}",
            {
                "kind": (kinds[rng.integers(4)],),
                "size": (sizes[rng.integers(4)],),
                "territory": (f"DEP-{number % 96}", f"REG-{number % 96 % 13}"),
                "year": ("2026",),
            },
            {"vision": float(rng.integers(0, 101))},
        )
        for number in range(1000)
    ]
    snapshot = refreshed(people)
    assert len(snapshot.groups[()].members) > 900
    _attack(shown.members for shown in snapshot.groups.values())
