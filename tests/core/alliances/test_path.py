"""The innovation path as a state machine: any sequence of moves, and what each refuses."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.path import Step, moved, passages, path, stage, stage_at
from odd17.core.kernel import DataError

TODAY = date(2026, 11, 25)


def _forward(to: str, day: date = TODAY) -> Step:
    before = path()[[one.id for one in path()].index(to) - 1]
    return Step(day, to, {proof.id: "shown" for proof in before.proofs}, "An academy")


def test_the_stages_and_what_they_offer_are_those_of_the_model(shared: Path) -> None:
    model = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))
    assert [one.id for one in path()] == model["innovation_path"]["stages"]
    assert [len(one.support) for one in path()] == [3, 3, 3]
    assert {one.recognised_by for one in path()} == {one["by"] for one in model["recognition"]}
    for one, phase in zip(path(), model["innovation_path"]["phases"], strict=True):
        assert one.phase.en.lower() == phase.lower()


def test_an_alliance_begins_at_the_concept_and_goes_on_with_proof_and_recognition() -> None:
    history = moved((), _forward("prototype", TODAY - timedelta(9)), TODAY)
    history = moved(history, _forward("process"), TODAY)
    assert stage_at(()).id == "concept"
    assert stage_at(history).id == "process"
    assert stage_at(history, TODAY - timedelta(1)).id == "prototype"
    assert stage_at(history, TODAY - timedelta(10)).id == "concept"
    assert [one.id for one in passages(history)] == ["concept", "prototype"]
    assert [one.id for one in passages(())] == ["prototype"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(TODAY, "elsewhere"), "no such stage"),
        (Step(TODAY, "concept"), "at this stage already"),
        (_forward("process"), "no stage is passed over"),
        (Step(TODAY, "prototype", {"story": "told"}, "A"), "asks for proof"),
        (Step(TODAY, "prototype", {"story": "told", "need": " "}, "A"), "asks for proof"),
        (Step(TODAY, "prototype", {"story": "told", "need": "n"}), "recognise"),
        (Step(TODAY + timedelta(1), "prototype", {"story": "t", "need": "n"}, "A"), "in the future"),
    ],
)
def test_what_a_step_may_not_be(step: Step, words: str) -> None:
    with pytest.raises(DataError, match=words):
        moved((), step, TODAY)


def test_going_back_takes_a_reason_and_leaves_the_history() -> None:
    history = moved((), _forward("prototype"), TODAY)
    with pytest.raises(DataError, match="without a reason"):
        moved(history, Step(TODAY, "concept"), TODAY)
    back = moved(history, Step(TODAY, "concept", reason="the need had been misread"), TODAY)
    assert stage_at(back).id == "concept"
    assert back[:1] == history


def test_steps_are_recorded_in_the_order_of_their_days() -> None:
    history = moved((), _forward("prototype"), TODAY)
    with pytest.raises(DataError, match="last step was recorded"):
        moved(history, Step(TODAY - timedelta(1), "concept", reason="r"), TODAY)


_STEPS = st.builds(
    Step,
    st.dates(date(2024, 1, 1), TODAY),
    st.sampled_from(["concept", "prototype", "process"]),
    st.just({proof.id: "shown" for one in path() for proof in one.proofs}),
    st.just("An academy"),
    st.sampled_from(["", "a reason"]),
)


@given(st.lists(_STEPS, max_size=12), st.dates(date(2024, 1, 1), TODAY))
def test_whatever_is_tried_the_path_is_walked_one_stage_at_a_time(steps: list[Step], day: date) -> None:
    history: tuple[Step, ...] = ()
    for step in steps:
        before = deepcopy(history)
        ways = [one.id for one in passages(history)]
        try:
            longer = moved(history, step, TODAY)
        except DataError:
            assert history == before  # what is refused leaves nothing behind
            continue
        assert step.to in ways
        assert history == before  # what was recorded is as it was
        assert longer == (*before, step)
        history = longer
    order = [one.id for one in path()]
    places = [0, *(order.index(step.to) for step in history)]
    assert all(after - before == 1 or after < before for before, after in pairwise(places))
    assert stage_at(history, day) == stage_at([step for step in history if step.day <= day])
    assert stage(stage_at(history).id) in path()


@given(st.lists(_STEPS, max_size=12), st.lists(_STEPS, max_size=4), st.dates(date(2024, 1, 1), TODAY))
def test_the_stage_of_a_day_rests_on_the_steps_recorded_up_to_it_alone(
    steps: list[Step], later: list[Step], day: date
) -> None:
    history = _walked((), steps)
    until = tuple(step for step in history if step.day <= day)
    more = _walked(history, [step for step in later if step.day > day])
    assert stage_at(more, day) == stage_at(history, day) == stage_at(until)
    assert stage_at(until).id == (until[-1].to if until else "concept")


def _walked(history: tuple[Step, ...], steps: list[Step]) -> tuple[Step, ...]:
    for step in steps:
        with suppress(DataError):
            history = moved(history, step, TODAY)
    return history
