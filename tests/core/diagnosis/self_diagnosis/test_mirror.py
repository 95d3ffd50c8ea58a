"""The mirror shows peers, and nobody: attacked by adding, subtracting and crossing everything that it publishes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.diagnosis.self_diagnosis.mirror import NOTHING, K, Peer, Snapshot, reflection, refreshed

ORDER = ("year", "territory", "size", "kind")


def _peer(number: int, kind: str = "association", size: str = "small", score: float = 50.0) -> Peer:
    return Peer(f"org-{number}", {"kind": kind, "size": size}, {"vision": score, "action": 100.0 - score})


def _crowd(count: int, start: int = 0, **criteria: str) -> list[Peer]:
    return [_peer(start + place, **criteria, score=float(place % 101)) for place in range(count)]


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
    wanted = {"kind": "company", "size": "large"}
    shown = reflection(snapshot, wanted, ORDER)
    assert (shown.group, shown.given_up) == ((("kind", "company"),), ("size",))
    assert reflection(snapshot, wanted, ("size",)).group == (("kind", "company"),)
    assert reflection(NOTHING, wanted, ORDER).given_up == ("size", "kind")


def test_groups_that_differ_by_one_are_not_both_shown() -> None:
    snapshot = refreshed([*_crowd(20), _peer(99, kind="company")])
    assert reflection(snapshot, {}, ()).group == ()
    assert reflection(snapshot, {"kind": "association"}, ()).group is None


def test_who_joins_alone_does_not_move_the_figures() -> None:
    before = refreshed(_crowd(20))
    after = refreshed([*_crowd(20), _peer(99, score=100.0)], before)
    assert after.groups[()] == before.groups[()]
    assert refreshed([*_crowd(20), *_crowd(10, 100)], before).groups[()].figures != before.groups[()].figures


def test_who_leaves_is_gone_at_once_and_the_group_is_silent_until_enough_others_changed() -> None:
    before = refreshed(_crowd(20))
    alone = refreshed(_crowd(20)[1:], before)
    assert reflection(alone, {}, ()).group is None
    assert not any("org-0:" in member for published in alone.groups.values() for member in published.members)
    still = refreshed([*_crowd(20)[1:], *_crowd(5, 100)], alone)
    assert reflection(still, {}, ()).group is None


def test_ten_who_leave_together_leave_a_group_that_speaks() -> None:
    before = refreshed(_crowd(40))
    after = refreshed(_crowd(40)[10:], before)
    assert reflection(after, {}, ()).figures["vision"].n == 30


def test_who_answers_otherwise_alone_does_not_move_the_figures() -> None:
    before = refreshed(_crowd(20))
    changed = [_peer(0, score=100.0), *_crowd(20)[1:]]
    assert refreshed(changed, before).groups[()] == before.groups[()]


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


def _shown(*snapshots: Snapshot) -> list[frozenset[str]]:
    return [one.members for snapshot in snapshots for one in snapshot.groups.values() if one.figures is not None]


def _attack(groups: list[frozenset[str]]) -> None:
    """Every union, difference and crossing of up to three published groups: somebody, then at least ``K``."""
    for several in (*combinations(groups, 2), *combinations(groups, 3)):
        for first, *others in ((one, *(other for other in several if other is not one)) for one in several):
            for signs in product((True, False), repeat=len(others)):
                found = first
                for other, within in zip(others, signs, strict=True):
                    found = found & other if within else found - other
                assert not found or len(found) >= K, several


@given(_PEERS)
@settings(max_examples=60)
def test_no_combination_of_published_groups_holds_a_few(drawn: list[tuple[str, str, int]]) -> None:
    _attack(_shown(refreshed(_people(drawn))))


@given(_PEERS, st.sets(st.integers(0, 79)), st.integers(0, 15))
@settings(max_examples=60)
def test_nor_does_it_across_two_snapshots(drawn: list[tuple[str, str, int]], leave: set[int], join: int) -> None:
    people = _people(drawn)
    before = refreshed(people)
    stay = [peer for place, peer in enumerate(people) if place not in leave]
    after = refreshed([*stay, *_crowd(join, 1000, kind="company")], before)
    gone = {f"org-{place}" for place in leave}
    for published in after.groups.values():
        assert not {member.rsplit(":", 1)[0] for member in published.members} & gone
    numbered = sorted(member for member in set().union(*_shown(before)) if member.rsplit(":", 1)[0] in gone)
    assert len({member for one in after.groups.values() for member in one.members if "gone:" in member}) == len(
        numbered
    )
    _attack(_shown(before, after))


def test_a_subtraction_that_would_have_told_a_score_finds_nothing() -> None:
    """Nineteen associations and one company: everybody less the associations would have been that company."""
    rng = np.random.default_rng(17)
    people = [_peer(place, score=float(rng.integers(0, 101))) for place in range(19)]
    snapshot = refreshed([*people, _peer(19, kind="company", score=3.0)])
    assert () in snapshot.groups
    assert not [group for group in snapshot.groups if "kind" in dict(group)]
