"""What an uncertainty analysis varies, read once from words and checked against the steps of the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from odd17.core.kernel import Message, UsageError

from .choose import one_of
from .frame import Frame
from .step import Step
from .weight import Noise

WEIGHTS = "weights"
"""The word for the weights of the frame."""


@dataclass(frozen=True)
class StepChoice:
    """Alternatives of one step: ``steps`` are all of the same class, which the index has."""

    name: str
    kind: type[Step]
    field: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class WeightChoice:
    """Alternatives of the weights: noise, or sets of weights (code to weight; what is not named stays)."""

    name: str
    noise: Noise | None
    sets: tuple[Mapping[str, float], ...]


def parse(
    choices: Mapping[str, object], steps: Sequence[Step], frame: Frame
) -> tuple[tuple[StepChoice, ...], WeightChoice | None]:
    """The alternatives of steps and of weights.

    A key is ``weights``, a step (``Normalise``), a field of one (``Treat.max_points``), or a field alone where one
    step has it. Raises UsageError, with the near name, for a key that is unknown, of a step that the index lacks, or
    that fits two steps; and for two keys that vary the same thing.
    """
    if not choices:
        raise UsageError("nothing to vary")
    found: list[StepChoice] = []
    weights: WeightChoice | None = None
    taken: dict[tuple[str, str | None], str] = {}
    for name, values in choices.items():
        if name == WEIGHTS:
            weights = _weights(name, values, frame)
            continue
        step, field = _target(name, steps)
        kind = type(step).__name__
        for (other, part), key in taken.items():
            if other == kind and (part is None or field is None or part == field):
                raise UsageError(Message("{key!r} and {name!r} vary the same thing", key=key, name=name))
        taken[kind, field] = name
        found.append(StepChoice(name, type(step), field, _alternatives(name, step, field, values)))
    return tuple(found), weights


def applied(step: Step, choice: StepChoice, picked: Step) -> Step:
    """The step with what the choice varies taken from the alternative picked."""
    if choice.field is None:
        return picked
    return replace(step, **{choice.field: getattr(picked, choice.field)})


def _target(name: str, steps: Sequence[Step]) -> tuple[Step, str | None]:
    known = {type(step).__name__: step for step in steps}
    kind, _, field = name.partition(".")
    names = {kind: [choice.name for choice in fields(step)] for kind, step in known.items()}
    if field:
        step = known[one_of(kind, known, "step of this index")]
        return step, one_of(field, names[kind], f"field of {kind}")
    if kind in known:
        return known[kind], None
    holders = [step for step, of_step in names.items() if kind in of_step]
    if len(holders) > 1:
        raise UsageError(
            Message(
                "{kind!r} fits {holders}: say which",
                kind=kind,
                holders=" and ".join(f"{holder}.{kind}" for holder in holders),
            )
        )
    if holders:
        return known[holders[0]], kind
    every = [*known, *(part for of_step in names.values() for part in of_step), WEIGHTS]
    one_of(kind, dict.fromkeys(every), "step or field of this index")
    raise UsageError(Message("unknown step or field of this index {kind!r}", kind=kind))


def _alternatives(name: str, step: Step, field: str | None, values: object) -> tuple[Step, ...]:
    if isinstance(values, str | Mapping) or not isinstance(values, Sequence) or not values:
        raise UsageError(Message("{name!r} needs a list of alternatives", name=name))
    if field is not None:
        return tuple(replace(step, **{field: value}) for value in values)
    found: list[Step] = []
    for value in values:
        if isinstance(value, str):
            found.append(step.with_method(value))
        elif isinstance(value, type(step)):
            found.append(value)
        else:
            raise UsageError(
                Message(
                    "{name!r} takes steps {step}(…) or methods, not {value!r}",
                    name=name,
                    step=type(step).__name__,
                    value=value,
                )
            )
    return tuple(found)


def _weights(name: str, values: object, frame: Frame) -> WeightChoice:
    if isinstance(values, Noise):
        for level in values.levels or ():
            frame.at_level(level)
        return WeightChoice(name, values, ())
    if isinstance(values, Sequence) and not isinstance(values, str) and values:
        for value in values:
            if not isinstance(value, Mapping):
                raise UsageError(
                    Message(
                        "{name!r} takes Noise(…) or a list of weights by code, not {value!r}", name=name, value=value
                    )
                )
            frame.with_weights(value)
        return WeightChoice(name, None, tuple(values))
    raise UsageError(
        Message("{name!r} takes Noise(…) or a list of weights by code, not {values!r}", name=name, values=values)
    )
