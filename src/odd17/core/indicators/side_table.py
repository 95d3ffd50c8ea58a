"""A table that a step reads besides the values: denominators, earlier periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from odd17.core.kernel import DataError, Message

from .choose import one_of
from .digest import digest
from .stage import FloatArray, read_frame, read_matrix, read_units


@dataclass(frozen=True, slots=True)
class SideTable:
    """The columns of a side table that a step needs, by unit; ``sha256`` is that of this content."""

    units: tuple[str, ...]
    columns: tuple[str, ...]
    values: FloatArray
    sha256: str

    @classmethod
    def read(cls, table: Any, *, on: str, columns: Sequence[str]) -> SideTable:
        """Read the columns named from any dataframe; DataError where one is absent, or a unit is given twice."""
        frame = read_frame(table)
        units = read_units(frame, one_of(on, frame.columns, "column of a side table"))
        values = read_matrix(frame, columns, units)
        return cls(units, tuple(columns), values, digest(units, columns, values))

    def aligned(self, units: Sequence[str]) -> FloatArray:
        """Its values in the order of the units given; DataError naming a unit that it lacks."""
        at = {unit: row for row, unit in enumerate(self.units)}
        for unit in units:
            if unit not in at:
                raise DataError(Message("the side table has no row for unit {unit!r}", unit=unit), remedy="add the row")
        return self.values[np.array([at[unit] for unit in units], dtype=np.int64)]
