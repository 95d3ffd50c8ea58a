"""Respondents sorted by cell: the groups that are estimated together, each a domain of the whole design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.kernel import DataError

from .columns import BoolArray, IntArray, codes, column, dense, in_order


@dataclass(frozen=True)
class Cells:
    """``keys`` has one row a cell; the respondents of cell c are ``rows[starts[c]:starts[c + 1]]``."""

    keys: pl.DataFrame
    rows: IntArray
    starts: IntArray

    def __len__(self) -> int:
        return len(self.starts) - 1


def read_cells(frame: pl.DataFrame, by: Sequence[str], kept: BoolArray, order: IntArray | None) -> Cells:
    """Cells of the respondents kept, those of a cell in ``order`` (of the design), or in that of the table.

    A respondent with a null in one of ``by`` is in no cell. DataError where nobody is left.
    """
    place = np.zeros(frame.height, dtype=np.int64)
    kept = kept.copy()
    for name in by:
        found, levels = codes(column(frame, name))
        kept &= found >= 0
        place = place * max(1, len(levels)) + found
    rows = np.flatnonzero(kept) if order is None else order[kept[order]]
    if not len(rows):
        raise DataError("no respondent with a weight is in the domain")
    if not by:
        return Cells(pl.DataFrame(), rows, np.array([0, len(rows)], dtype=np.int64))
    cell, first = dense(place[rows])
    sizes = np.bincount(cell, minlength=len(first))
    keys = frame.select(by)[rows[first].tolist()]
    return Cells(keys, rows[in_order(cell)], np.concatenate([[0], np.cumsum(sizes)]))
