"""Run steps over the values, keeping every stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .aggregate import Aggregate
from .frame import Frame
from .normalise import Normalise
from .stage import Inputs, Stage
from .step import Context, Note, Step


@dataclass(frozen=True)
class Run:
    """The stages of one run, raw first, and what each step noted."""

    stages: tuple[Stage, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, eq=False)
class Fit:
    """A frame and steps, what they were fitted to, and the stages that came of it."""

    frame: Frame
    steps: tuple[Step, ...]
    inputs: Inputs
    run: Run


def check_steps(frame: Frame, steps: Sequence[object]) -> tuple[Step, ...]:
    """The steps, in an order that makes sense: each at most once, Aggregate last.

    Raises UsageError otherwise, also where an indicator of direction -1 would be aggregated as it is.
    """
    checked: list[Step] = []
    for step in steps:
        if not isinstance(step, Step):
            raise UsageError(
                Message("not a step: {step!r}. Give odd17.Normalise(…), odd17.Aggregate(…) and the like.", step=step)
            )
        if any(type(step) is type(other) for other in checked):
            raise UsageError(Message("the step {step} is given twice", step=type(step).__name__))
        if checked and step.place < checked[-1].place:
            raise UsageError(
                Message(
                    "the step {step} comes before {last}",
                    step=type(step).__name__,
                    last=type(checked[-1]).__name__,
                )
            )
        checked.append(step)
    if not checked or not isinstance(checked[-1], Aggregate):
        raise UsageError("the last step is Aggregate")
    checked[-1].methods(frame)
    if not any(isinstance(step, Normalise) for step in checked) and (frame.directions < 0).any():
        raise UsageError("an indicator has direction -1: only the step Normalise turns it")
    return tuple(checked)


def run(frame: Frame, steps: Sequence[Step], inputs: Inputs) -> Run:
    """Apply steps one after the other; DataError, naming unit and column, where a step overflows."""
    context = Context(frame, inputs.attributes)
    stages = [inputs.raw]
    notes: list[Note] = []
    for step in steps:
        stage, note = advance(step, stages[-1], context)
        if isinstance(step, Aggregate):
            # its last columns are the stage before: one copy in memory serves both
            stages[-1] = stages[-1].moved(
                stages[-1].name, stage.values[:, -len(frame.indicators) or len(frame.codes) :]
            )
        stages.append(stage)
        notes.append(note)
    return Run(tuple(stages), tuple(notes))


def advance(step: Step, stage: Stage, context: Context) -> tuple[Stage, Note]:
    """One step; DataError, naming unit and column, where it overflows."""
    with np.errstate(over="ignore", invalid="ignore"):
        after, note = step.apply(stage, context)
    overflow = np.argwhere(np.isinf(after.values))
    if overflow.size:
        row, at = (int(position) for position in overflow[0])
        raise DataError(
            Message("{step} overflows for unit {unit!r}", step=type(step).__name__, unit=after.units[row]),
            column=after.columns[at],
            remedy="rescale the column",
        )
    return after, note
