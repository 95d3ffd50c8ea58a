"""Evaluation: blind until all have answered or the day has passed, then what agrees and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from odd17.core.alliances.evaluation import Answer, Claim, Measured, Round, check_answer, opened, without_names
from odd17.core.kernel import DataError

CLOSES = date(2026, 11, 25)
IMPACTS = ("innovation", "performance", "trust")


def _answer(partner: str, *marks: int, **other: object) -> Answer:
    claims = {impact: Claim(mark, "told") for impact, mark in zip(IMPACTS, marks, strict=True)}
    return Answer(partner, claims, **{"story": "What we tried.", **other})  # type: ignore[arg-type]  # fields


ROUND = Round("tell", ("a", "b", "c"), CLOSES)


def test_nothing_is_read_before_everybody_answered_or_the_day_has_passed() -> None:
    two = replace(ROUND, answers=(_answer("a", 5, 3, 3), _answer("b", 1, 3, 4)))
    assert opened(two, CLOSES) is None
    assert opened(replace(ROUND, answers=()), CLOSES) is None
    late = opened(two, CLOSES + timedelta(1))
    assert late is not None
    assert late.silent == ("c",)
    three = opened(replace(two, answers=(*two.answers, _answer("c", 2, 3, 4))), CLOSES - timedelta(9))
    assert three is not None
    assert three.silent == ()


def test_the_widest_divergence_comes_first_with_its_change() -> None:
    first = opened(replace(ROUND, partners=("a", "b"), answers=(_answer("a", 2, 2, 2), _answer("b", 2, 2, 2))), CLOSES)
    second = replace(ROUND, partners=("a", "b"), answers=(_answer("a", 5, 3, 3), _answer("b", 1, 3, 4)))
    found = opened(second, CLOSES, first)
    assert found is not None
    assert [(view.impact, view.agreed, view.change) for view in found.views] == [
        ("innovation", False, 1.0), ("trust", True, 1.5), ("performance", True, 1.0),
    ]  # fmt: skip


def test_a_member_who_leaves_in_the_middle_is_no_longer_waited_for_and_an_answer_given_stands() -> None:
    told = replace(ROUND, answers=(_answer("a", 5, 3, 3), _answer("b", 1, 3, 4)), left=("c",))
    found = opened(told, CLOSES)
    assert found is not None
    assert found.silent == ()
    gone = opened(replace(told, left=("b", "c")), CLOSES)
    assert gone is not None
    assert {answer.partner for answer in gone.answers} == {"a", "b"}


def test_a_round_that_nobody_answered_opens_on_nothing() -> None:
    found = opened(ROUND, CLOSES + timedelta(1))
    assert found is not None
    assert (found.views, found.silent) == ((), ("a", "b", "c"))


PLAIN = _answer("a", 1, 1, 1)
COUNTED = replace(ROUND, mode="count_oneself")
MEASURING = replace(ROUND, mode="count")
MEASURED = Measured("members", "people", 10, 100, {CLOSES: 40})


@pytest.mark.parametrize(
    ("told", "answer", "words"),
    [
        (ROUND, _answer("z", 1, 1, 1), "not asked"),
        (replace(ROUND, left=("a",)), _answer("a", 1, 1, 1), "not asked"),
        (replace(ROUND, answers=(_answer("a", 1, 1, 1),)), _answer("a", 2, 2, 2), "has answered"),
        (ROUND, _answer("a", 0, 1, 1), "from 1 to 5"),
        (ROUND, _answer("a", 1, 6, 1), "from 1 to 5"),
        (ROUND, Answer("a", {"trust": Claim(1, "told")}, "s"), "left out"),
        (ROUND, replace(PLAIN, claims={**PLAIN.claims, "x": Claim(1, "told")}), "no such"),
        (ROUND, replace(PLAIN, claims={**PLAIN.claims, "trust": Claim(1, "sworn")}), "proof"),
        (ROUND, _answer("a", 1, 1, 1, story=" "), "a story is asked for"),
        (COUNTED, _answer("a", 1, 1, 1, members=3), "are counted"),
        (COUNTED, _answer("a", 1, 1, 1, members=-3, uses=1), "are counted"),
        (MEASURING, _answer("a", 1, 1, 1), "indicators are asked for"),
        (MEASURING, replace(PLAIN, indicators=(replace(MEASURED, target=10),)), "another target"),
        (MEASURING, replace(PLAIN, indicators=(replace(MEASURED, measures={}),)), "a measure"),
        (MEASURING, replace(PLAIN, indicators=(MEASURED, replace(MEASURED, name="Members "))), "twice"),
    ],
)  # fmt: skip
def test_what_an_answer_may_not_be(told: Round, answer: Answer, words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_answer(told, answer, CLOSES)


def test_a_closed_round_takes_no_answer() -> None:
    with pytest.raises(DataError, match="closed on"):
        check_answer(ROUND, _answer("a", 1, 1, 1), CLOSES + timedelta(1))


@pytest.mark.parametrize(
    ("mode", "answer"),
    [
        ("tell", _answer("a", 1, 1, 1)),
        ("count_oneself", _answer("a", 1, 1, 1, members=0, uses=0)),
        ("count", _answer("a", 1, 1, 1, story="", indicators=(MEASURED,))),
    ],
)
def test_each_stage_asks_for_its_own_kind_of_evidence(mode: str, answer: Answer) -> None:
    assert check_answer(replace(ROUND, mode=mode), answer, CLOSES) == answer


def test_without_names_nobody_is_named_and_the_order_does_not_tell() -> None:
    answers = (_answer("a", 5, 3, 3, story="x"), _answer("b", 1, 3, 4, story="y"))
    one = opened(replace(ROUND, partners=("a", "b"), answers=answers), CLOSES)
    other = opened(replace(ROUND, partners=("b", "a"), answers=answers[::-1]), CLOSES)
    assert one is not None
    assert other is not None
    masked = without_names(one, ["Partner 1", "Partner 2"])
    assert masked == without_names(other, ["Partner 1", "Partner 2"])
    assert {answer.partner for answer in masked.answers} == {"Partner 1", "Partner 2"}
    assert {name for view in masked.views for name in view.claims} == {"Partner 1", "Partner 2"}
