"""Questionnaires that hold together, and the profiles of their answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.diagnosis.self_diagnosis.profile import check_answers, profile, spreads
from odd17.core.diagnosis.self_diagnosis.questionnaire import (
    Advice,
    Dimension,
    Item,
    Level,
    Option,
    Questionnaire,
    Scale,
    check_questionnaire,
)
from odd17.core.kernel import DataError, Text


def _text(words: str) -> Text:
    return Text(words, words)


ADVICE = {"start": Advice(_text("begin")), "well": Advice(_text("go on"))}
YES_NO = Scale(
    "yes_no",
    (Option("yes", _text("Yes"), 1.0), Option("no", _text("No"), 0.0), Option("na", _text("Not for us"), None)),
)
OPEN = Scale("open", (Option("a", _text("A"), None), Option("b", _text("B"), None)))


def _item(id: str, dimension: str = "vision", **other: object) -> Item:
    return Item(id, dimension, _text(id), **{"scale": "yes_no", "origin": _text("o"), **other})  # type: ignore[arg-type]  # fields


GOOD = Questionnaire(
    "organisations", 1, "organisations", _text("Q"), 10,
    (Dimension("vision", _text("V"), _text("o"), ADVICE), Dimension("action", _text("A"), _text("o"), ADVICE)),
    (YES_NO, OPEN),
    (Level("start", _text("Start"), 0), Level("well", _text("Well"), 60)),
    (_item("v1"), _item("v2", only_if={"v1": ("yes",)}), _item("a1", "action"), _item("a2", "action", weight=3.0)),
)  # fmt: skip


def test_a_questionnaire_that_holds_is_given_back() -> None:
    assert check_questionnaire(GOOD) is GOOD


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"items": (_item("v1"),)}, "no item gives points to the dimension 'action'"),
        ({"items": (_item("v1"), _item("a1", "action", scale="open"))}, "no item gives points"),
        ({"levels": (Level("start", _text("S"), 10), Level("well", _text("W"), 60))}, "hole in the scores"),
        ({"levels": (Level("start", _text("S"), 0), Level("well", _text("W"), 100))}, "hole in the scores"),
        ({"levels": ()}, "hole in the scores"),
        ({"levels": (*GOOD.levels, Level("more", _text("M"), 80))}, "has no advice for 'more'"),
        ({"items": (*GOOD.items, _item("v1"))}, "share this identifier"),
        ({"items": (*GOOD.items, _item("x", "nowhere"))}, "no such dimension"),
        ({"items": (*GOOD.items, _item("x", scale="none"))}, "no such scale"),
        ({"items": (*GOOD.items, _item("x", weight=0.0))}, "above zero"),
        ({"items": (*GOOD.items, _item("x", only_if={"later": ("yes",)}))}, "no answer leads"),
        ({"items": (*GOOD.items, _item("x", only_if={"v1": ("maybe",)}))}, "no answer leads"),
        ({"items": (*GOOD.items, _item("x", only_if={"v1": ("no",), "v2": ("yes",)}))}, "no answer leads"),
        ({"scales": (Scale("yes_no", (YES_NO.options[0],)), OPEN)}, "at least two options"),
        ({"scales": (Scale("yes_no", (YES_NO.options[0],) * 2), OPEN)}, "two options share"),
        ({"scales": (Scale("yes_no", (Option("a", _text("A"), 2.0), YES_NO.options[1])), OPEN)}, "from 0 to 1"),
    ],
)
def test_a_hole_in_the_scoring_or_an_item_out_of_reach_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_questionnaire(replace(GOOD, **change))  # type: ignore[arg-type]  # any field


def test_a_score_is_the_weighted_share_of_points() -> None:
    found = profile(GOOD, {"v1": "yes", "v2": "no", "a1": "yes", "a2": "no"})
    assert [one.score for one in found.scored] == [50.0, 25.0]
    assert [one.level and one.level.id for one in found.scored] == ["start", "start"]
    assert found.complete
    assert [one.dimension.id for one in found.next_steps] == ["action", "vision"]


def test_a_level_starts_at_its_bound() -> None:
    levels = (GOOD.levels[0], Level("well", _text("W"), 25))
    (_, action) = profile(replace(GOOD, levels=levels), {"v1": "no", "a1": "yes", "a2": "no"}).scored
    assert action.level is not None
    assert (action.score, action.level.id) == (25.0, "well")


def test_too_little_answered_has_no_score_and_says_what_misses() -> None:
    found = profile(GOOD, {"a1": "yes"})
    assert [one.score for one in found.scored] == [None, None]
    assert [item.id for item in found.missing] == ["v1", "a2"]


def test_what_does_not_apply_counts_neither_way() -> None:
    (_, action) = profile(GOOD, {"a1": "yes", "a2": "na"}).scored
    assert action.score == 100.0


def test_an_item_whose_condition_does_not_hold_is_not_asked_and_its_answer_is_dropped() -> None:
    kept = check_answers(GOOD, {"v1": "no", "v2": "yes"})
    assert kept == {"v1": "no"}
    assert "v2" not in {item.id for item in profile(GOOD, kept).missing}


@pytest.mark.parametrize(
    ("answers", "words"), [({"z": "yes"}, "does not ask this"), ({"v1": "maybe"}, "no answer to the question")]
)
def test_an_answer_to_another_version_is_refused(answers: dict[str, str], words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_answers(GOOD, answers)


def test_several_people_of_one_organisation_see_where_they_differ() -> None:
    one = profile(GOOD, {"v1": "no", "a1": "yes", "a2": "yes"})
    other = profile(GOOD, {"v1": "yes", "v2": "yes", "a1": "no", "a2": "yes"})
    assert [(row.dimension.id, row.low, row.high, row.people) for row in spreads([one, other])] == [
        ("vision", 0.0, 100.0, 2), ("action", 75.0, 100.0, 2),
    ]  # fmt: skip
    assert not spreads([one])


@given(
    st.fixed_dictionaries({}, optional={id: st.sampled_from(["yes", "no", "na"]) for id in ("v1", "v2", "a1", "a2")})
)
def test_a_score_is_between_its_bounds_and_has_a_level_where_it_is(answers: dict[str, str]) -> None:
    found = profile(GOOD, check_answers(GOOD, answers))
    for one in found.scored:
        assert one.score is None or 0 <= one.score <= 100
        assert (one.score is None) == (one.level is None) == (one.advice is None)
        assert one.answered <= one.asked
