"""How far territories are from one another: as the crow flies, from centre to centre."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

CENTRES: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "plane": pl.String,  # FRM, or the overseas département that has a plane of its own (DEP-974)
    "x": pl.Int32,  # metres on that plane
    "y": pl.Int32,
}
"""The columns of a table of centres."""


class Centres:
    """The centres of territories, from a table with the columns ``CENTRES``.

    >>> row = {"id": ["A", "B", "C"], "plane": ["FRM", "FRM", "DEP-974"], "x": [0, 3_000, 0], "y": [0, 4_000, 0]}
    >>> Centres(pl.DataFrame(row)).kilometres(["A"], ["B", "A", "C", "D"])
    [5.0, 0.0, inf, inf]
    """

    def __init__(self, table: pl.DataFrame) -> None:
        self._place = {id: at for at, id in enumerate(table["id"])}
        self._points = table.select(pl.col("x", "y").cast(pl.Float64)).to_numpy()
        names = table["plane"].unique(maintain_order=True)
        self._planes = table["plane"].replace_strict(names, range(len(names)), return_dtype=pl.UInt8).to_numpy()

    def kilometres(self, origin: Sequence[str], others: Sequence[str]) -> list[float]:
        """The distance of each of ``others`` from the middle of the centres of ``origin``, in kilometres.

        Infinite where a centre is not known, and from one plane to another: over the sea nobody is near.
        """
        own = [self._place[id] for id in origin if id in self._place]
        if not own:
            return [float("inf")] * len(others)
        plane = self._planes[own[0]]
        here = self._points[[at for at in own if self._planes[at] == plane]].mean(axis=0)
        places = np.array([self._place.get(id, -1) for id in others], dtype=np.int64)
        apart = np.hypot(*(self._points[places] - here).T) / 1_000
        found: list[float] = np.where((places >= 0) & (self._planes[places] == plane), apart, np.inf).tolist()
        return found
