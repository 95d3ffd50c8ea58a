"""The innovation path: concept, prototype, process. Forward with proof and recognition, back with a reason.

What has been recorded is never changed: the stage is what the history says, and a slip is put right by a step back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import DataError, Message, Text, stages


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that leaving a stage asks for."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and what goes with it: how one evaluates, who funds, who supports, who recognises that it is passed."""

    id: str
    phase: Text
    stake: Text
    evaluation: str
    evaluation_name: Text
    project: Text
    model: Text
    funding: Text
    support: tuple[Text, ...]
    recognised_by: str
    gives: Text
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A move along the path, as recorded on ``day``.

    Forward: ``proofs`` (what was shown, in words, by identifier of proof) and ``recognised_by`` (the name of who
    recognised it). Back: ``reason``.
    """

    day: date
    to: str
    proofs: Mapping[str, str] | None = None
    recognised_by: str = ""
    reason: str = ""


@cache
def path() -> tuple[Stage, ...]:
    """The three stages in order.

    >>> [(stage.id, stage.evaluation) for stage in path()]
    [('concept', 'tell'), ('prototype', 'count_oneself'), ('process', 'count')]
    """
    told = {one["id"]: one for one in _told()["stages"]}
    return tuple(_stage(told[word.id]) for word in stages())


def stage(id: str) -> Stage:
    """The stage of this identifier; KeyError where there is none."""
    return {one.id: one for one in path()}[id]


def stage_at(history: Sequence[Step], day: date | None = None) -> Stage:
    """Where an alliance stands on ``day``, None for the end of its history; first at the first stage."""
    reached = path()[0]
    for step in history:
        if day is None or step.day <= day:
            reached = stage(step.to)
    return reached


def passages(history: Sequence[Step]) -> tuple[Stage, ...]:
    """The stages that the next step can lead to: the next one, and all those before."""
    place = path().index(stage_at(history))
    return (*path()[:place], *path()[place + 1 : place + 2])


def moved(history: Sequence[Step], step: Step, today: date) -> tuple[Step, ...]:
    """``history`` with ``step`` at its end.

    Raises DataError on: a step to the stage where one is, or over a stage; a proof that is missing or blank; no
    recognition; a step back without a reason; a step dated after ``today`` or before the last one.
    """
    here = stage_at(history)
    order = [one.id for one in path()]
    if step.to not in order:
        raise DataError(Message("the path has no such stage: it has {known}", known=order), value=step.to)
    if step.day > today:
        raise DataError("the step is dated in the future", value=str(step.day), remedy="record it on its day")
    if history and step.day < history[-1].day:
        raise DataError(
            Message("the last step was recorded on {day}", day=history[-1].day), value=str(step.day),
            remedy="date this one no earlier",
        )  # fmt: skip
    distance = order.index(step.to) - order.index(here.id)
    if distance == 0:
        raise DataError("the alliance is at this stage already", value=step.to)
    if distance > 1:
        raise DataError("no stage is passed over", value=step.to, remedy="pass the stages one by one")
    if distance < 0 and not step.reason.strip():
        raise DataError("going back is never said without a reason", value=step.to, remedy="say why")
    if distance == 1:
        _check_proofs(here, step)
    return (*history, step)


def _check_proofs(here: Stage, step: Step) -> None:
    given = step.proofs or {}
    missing = [proof.name for proof in here.proofs if not given.get(proof.id, "").strip()]
    if missing:
        raise DataError(
            Message("leaving this stage asks for proof: {missing}", missing=missing), value=step.to,
            remedy="say what shows it",
        )  # fmt: skip
    if not step.recognised_by.strip():
        raise DataError(
            "somebody has to recognise that the stage is passed", value=step.to, remedy="name who recognised it"
        )


def _stage(one: Mapping[str, Any]) -> Stage:
    return Stage(
        one["id"],
        Text(**one["phase"]),
        Text(**one["stake"]),
        one["evaluation"]["id"],
        Text(**one["evaluation"]["name"]),
        Text(**one["project"]),
        Text(**one["model"]),
        Text(**one["funding"]),
        tuple(Text(**text) for text in one["support"]),
        one["recognised_by"],
        Text(**one["gives"]),
        tuple(Proof(proof["id"], Text(**proof["name"])) for proof in one["proofs"]),
    )


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.alliances").joinpath("path.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
