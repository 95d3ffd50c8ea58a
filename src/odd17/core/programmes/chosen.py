"""The measures of a state that a reader asks for: of a dimension, in a workstream, at a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .programme import Programme
from .state import Known, MeasureState


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for nothing. ``known`` is for measures whose level is not known."""

    dimension: str | None = None
    workstream: str | None = None
    level: str | None = None
    known: Known | None = None

    def among(self, states: Sequence[MeasureState]) -> tuple[MeasureState, ...]:
        """Those that are so, in their order."""
        return tuple(
            one
            for one in states
            if self.dimension in {None, one.measure.dimension}
            and (self.workstream is None or self.workstream in one.measure.workstreams)
            and self.level in {None, one.level}
            and self.known in {None, one.known}
        )

    def exists_in(self, programme: Programme) -> bool:
        """Whether the programme has the dimension, the workstream and the level asked for."""
        return (
            self.dimension in {None, *(one.id for one in programme.dimensions)}
            and self.workstream in {None, *(one.id for one in programme.workstreams)}
            and self.level in {None, *(one.id for one in programme.levels)}
        )
