"""The guide for the discussion: what divides first, what works last, each impact once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.answers import Answer, Claim, Measured
from odd17.core.alliances.discussion import Ask, Prompt, guide
from odd17.core.alliances.evaluation import Opened, Round, opened
from odd17.core.kernel import impacts, proofs

CLOSES = date(2026, 11, 25)
IMPACTS = tuple(word.id for word in impacts())
WEAKEST, STRONGER = proofs()[0].id, proofs()[1].id


def _answer(partner: str, *marks: int, proof: str = STRONGER, members: int | None = None) -> Answer:
    claims = {impact: Claim(mark, proof) for impact, mark in zip(IMPACTS, marks, strict=True)}
    return Answer(partner, claims, "told", members)


def _opened(*answers: Answer, before: Opened | None = None) -> Opened:
    seen = opened(Round("tell", tuple(one.partner for one in answers), CLOSES, answers), CLOSES, before)
    assert seen is not None
    return seen


def test_what_divides_most_comes_first_and_what_works_last() -> None:
    seen = _opened(_answer("a", 5, 1, 1), _answer("b", 5, 5, 3))
    assert [(one.ask, one.about, one.low, one.high) for one in guide(seen)] == [
        (Ask.DIFFER, IMPACTS[1], 1, 5), (Ask.DIFFER, IMPACTS[2], 1, 3), (Ask.KEEP, IMPACTS[0], 5, 5),
    ]  # fmt: skip


def test_marks_next_to_each_other_agree() -> None:
    assert Ask.DIFFER not in {one.ask for one in guide(_opened(_answer("a", 2, 2, 2), _answer("b", 3, 3, 3)))}


def test_what_fell_is_asked_about_and_what_rose_is_not() -> None:
    before = _opened(_answer("a", 4, 2, 3), _answer("b", 4, 2, 3))
    seen = _opened(_answer("a", 3, 3, 3), _answer("b", 3, 3, 3), before=before)
    assert guide(seen) == (Prompt(Ask.FELL, IMPACTS[0], 3, 3),)


def test_words_alone_are_asked_for_a_proof_and_one_proof_is_enough() -> None:
    words = guide(_opened(_answer("a", 4, 4, 4, proof=WEAKEST), _answer("b", 4, 4, 4, proof=WEAKEST)))
    assert {one.ask for one in words} == {Ask.PROVE}
    proved = guide(_opened(_answer("a", 4, 4, 4, proof=WEAKEST), _answer("b", 4, 4, 4)))
    assert {one.ask for one in proved} == {Ask.KEEP}


def test_counts_that_differ_are_asked_about_after_the_impacts_that_do() -> None:
    seen = _opened(_answer("a", 1, 3, 3, members=4), _answer("b", 5, 3, 3, members=90))
    assert [one.ask for one in guide(seen)] == [Ask.DIFFER, Ask.COUNT]
    same = _opened(_answer("a", 3, 3, 3, members=4), _answer("b", 3, 3, 3, members=4))
    assert guide(same) == ()


def test_a_question_about_an_indicator_keeps_its_unit() -> None:
    def told(partner: str, value: float) -> Answer:
        measured = Measured("Repas", "par semaine", 0, 100, {CLOSES: value})
        return replace(_answer(partner, 3, 3, 3), indicators=(measured,))

    assert guide(_opened(told("a", 40), told("b", 90))) == (Prompt(Ask.COUNT, "Repas", 40, 90, "par semaine"),)


def test_a_round_that_nobody_answered_has_nothing_to_discuss() -> None:
    seen = opened(Round("tell", ("a",), CLOSES), CLOSES + timedelta(1))
    assert seen is not None
    assert guide(seen) == ()


_MARKS = st.lists(
    st.tuples(*[st.integers(1, 5)] * 3, st.sampled_from([word.id for word in proofs()]), st.none() | st.integers(0, 9)),
    min_size=1, max_size=6,
)  # fmt: skip


def _of(rows: list[tuple[int, int, int, str, int | None]]) -> tuple[Answer, ...]:
    return tuple(_answer(str(number), *row[:3], proof=row[3], members=row[4]) for number, row in enumerate(rows))


@given(_MARKS, st.none() | _MARKS)
def test_whatever_is_said_each_impact_is_asked_about_once_in_order_and_no_divergence_is_passed_over(
    now: list[tuple[int, int, int, str, int | None]], past: list[tuple[int, int, int, str, int | None]] | None
) -> None:
    seen = _opened(*_of(now), before=None if past is None else _opened(*_of(past)))
    prompts = guide(seen)
    about = [one.about for one in prompts]
    assert len(about) == len(set(about))
    order = [list(Ask).index(one.ask) for one in prompts]
    assert order == sorted(order)
    divided = {one.about for one in prompts if one.ask is Ask.DIFFER}
    assert divided == {view.impact for view in seen.views if not view.agreed}
    assert {one.about for one in prompts if one.ask is Ask.COUNT} == {one.item for one in seen.counts if not one.agreed}
