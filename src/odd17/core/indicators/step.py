"""What every step of the pipeline is: a frozen set of choices that turns one stage into the next."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from odd17.core.kernel import Message, UsageError

from .frame import Frame
from .side_table import SideTable
from .stage import Stage

Note = dict[str, Any]
"""What a step did, as plain values for the method log."""


@dataclass(frozen=True)
class Context:
    """What a step may look at besides the stage before it: the frame, and attributes by raw row."""

    frame: Frame
    attributes: Mapping[str, tuple[object, ...]]

    def attribute(self, name: str, stage: Stage) -> list[object]:
        """The attribute of each unit of the stage."""
        values = self.attributes[name]
        return [values[row] for row in stage.rows]


@dataclass(frozen=True)
class Step(ABC):
    """A step: its fields are its choices, checked when it is made; ``place`` keeps the order of the pipeline."""

    stage: ClassVar[str]
    place: ClassVar[int]

    @abstractmethod
    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The next stage, and what was done."""

    def attributes(self, frame: Frame) -> tuple[str, ...]:
        """Columns of the values that the step reads besides the indicators."""
        return ()

    def side_tables(self, frame: Frame) -> dict[str, SideTable]:
        """By field, the tables that the step reads besides the values."""
        return {}

    def with_method(self, method: str) -> Step:
        """The step by another method, with those of its choices that this one knows."""
        raise UsageError(Message("{step} has no method: give {step}(…)", step=type(self).__name__))

    def to_json(self, frame: Frame) -> dict[str, Any]:
        """The step's name and choices as plain values; side tables by their sha256."""
        sides = self.side_tables(frame)
        content: dict[str, Any] = {"step": type(self).__name__}
        for choice in fields(self):
            side = sides.get(choice.name)
            content[choice.name] = {"sha256": side.sha256} if side else plain(getattr(self, choice.name))
        return content


def plain(value: Any) -> Any:
    """A value as JSON would give it back: tuples become lists, keys become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
