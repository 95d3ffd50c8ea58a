"""A module can be followed to its end: its steps come in an order, its quiz has right answers, completion is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError, Text
from odd17.core.resources.learning import (
    Choice,
    Module,
    Passage,
    Question,
    Step,
    check_module,
    completed,
    mark,
    next_step,
    open_steps,
)


def said(word: str) -> Text:
    return Text(word, word)


def step(id: str, *after: str) -> Step:
    return Step(id, said(id), (Passage((said("words"),)),), after=after)


def question(id: str, right: str = "yes") -> Question:
    return Question(id, said(id), tuple(Choice(name, said(name), name == right, said("why")) for name in ("yes", "no")))


MODULE = Module(
    "m", 1, said("title"), said("summary"), 10, said("source"),
    (step("a"), step("b", "a"), step("c", "a"), step("d", "b", "c")),
    (question("one"), question("two", "no"), question("three")),
    enough=2,
)  # fmt: skip


def test_a_step_opens_once_all_that_comes_before_it_is_read() -> None:
    assert [one.id for one in open_steps(MODULE, ())] == ["a"]
    assert [one.id for one in open_steps(MODULE, ("a", "b"))] == ["a", "b", "c"]
    assert [one.id for one in open_steps(MODULE, ("a", "b", "c"))] == ["a", "b", "c", "d"]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True))
def test_going_on_from_anywhere_comes_to_the_end(read: list[str]) -> None:
    known = set(read)
    for _turn in MODULE.steps:
        if (following := next_step(MODULE, known)) is None:
            break
        assert set(following.after) <= known
        known.add(following.id)
    assert next_step(MODULE, known) is None


@given(st.dictionaries(st.sampled_from(["one", "two", "three"]), st.sampled_from(["yes", "no"])))
def test_a_quiz_is_passed_by_enough_right_answers_to_all_its_questions(answers: dict[str, str]) -> None:
    marks = mark(MODULE, answers)
    right = sum(answers.get(id) == wanted for id, wanted in (("one", "yes"), ("two", "no"), ("three", "yes")))
    assert marks.right == right
    assert [one.id for one in marks.missing] == [id for id in ("one", "two", "three") if id not in answers]
    assert marks.passed == (len(answers) == 3 and right >= 2)


def test_nothing_is_completed_before_every_step_is_read_and_the_quiz_passed() -> None:
    everything = ("a", "b", "c", "d")
    assert completed(MODULE, everything, passed=True)
    assert not completed(MODULE, everything, passed=False)
    assert not completed(MODULE, everything[:3], passed=True)
    assert not completed(MODULE, (), passed=True)


@pytest.mark.parametrize(
    ("answers", "word"),
    [({"four": "yes"}, "does not ask"), ({"one": "maybe"}, "does not offer"), ({"": ""}, "does not ask")],
)
def test_answers_to_what_this_version_does_not_ask_are_refused(answers: dict[str, str], word: str) -> None:
    with pytest.raises(DataError, match=word):
        mark(MODULE, answers)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"questions": (question("one", "neither"),)}, "no answer to this question is right"),
        (
            {"questions": (Question("q", said("q"), tuple(Choice(n, said(n), True, said("w")) for n in "ab")),)},
            "several answers",
        ),
        ({"questions": (Question("q", said("q"), (*question("x").choices, *question("x").choices)),)}, "share"),
        ({"questions": (question("one"), question("one"))}, "share this identifier"),
        ({"steps": (step("a"), step("a"))}, "share this identifier"),
        ({"steps": (step("a", "b"), step("b"))}, "nobody ever comes to this step"),
        ({"steps": (step("a"), step("b", "nothing"))}, "nobody ever comes to this step"),
        ({"steps": (step("a", "a"),)}, "nobody ever comes to this step"),
        ({"enough": 4}, "nobody can pass"),
        ({"enough": 0}, "nobody can pass"),
    ],
)
def test_a_module_that_cannot_be_followed_is_refused(wrong: dict[str, object], word: str) -> None:
    assert check_module(MODULE) is MODULE
    with pytest.raises(DataError, match=word) as found:
        check_module(replace(MODULE, **wrong), "mine.yml")
    assert "mine.yml" in str(found.value)
