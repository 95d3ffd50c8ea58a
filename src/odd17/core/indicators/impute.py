"""Impute: fill gaps, and say how many.

Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 3 (imputation of missing data).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError

from .choose import one_of
from .digest import digest
from .frame import Frame
from .side_table import SideTable
from .stage import FloatArray, Stage, read_frame, read_matrix
from .step import Context, Note, Step

CENTRES: dict[str, Callable[[FloatArray], float]] = {
    "mean": lambda present: float(np.mean(present)),
    "median": lambda present: float(np.median(present)),
}
METHODS = (*CENTRES, "last_known", "none")


def filled(x: FloatArray, groups: Sequence[object], method: str) -> FloatArray:
    """A vector whose gaps hold the mean or median of the values present in the same group.

    A gap stays where the group has no value, or where the unit has no group (None).

    >>> filled(np.array([1.0, np.nan, 3.0, np.nan]), ["a", "a", "a", "b"], "mean").tolist()
    [1.0, 2.0, 3.0, nan]
    """
    result = x.copy()
    missing = np.isnan(x)
    members: dict[object, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    for group in {groups[int(row)] for row in np.flatnonzero(missing)}:
        rows = np.array(members[group], dtype=np.int64)
        present = x[rows][~missing[rows]]
        if group is not None and len(present):
            result[rows[missing[rows]]] = CENTRES[method](present)
    return result


@dataclass(frozen=True)
class Impute(Step):
    """Fill the gaps of each indicator.

    ``method``: mean or median (of all units, or ``by`` an attribute, of the units that share it), last_known (the
    latest value of the same unit in ``panel``, a table with a row a unit and period, in the columns ``on`` and
    ``period``; periods sort as they are), none. A gap for which there is nothing to go by stays one.
    """

    method: str = "mean"
    by: str | None = None
    panel: Any = None
    on: str | None = None
    period: str | None = None

    stage: ClassVar[str] = "imputed"
    place: ClassVar[int] = 1

    def __post_init__(self) -> None:
        one_of(self.method, METHODS, "imputation")
        if self.by is not None and self.method not in CENTRES:
            raise UsageError(Message("Impute({method!r}) takes no 'by'", method=self.method))
        for name in ("panel", "on", "period"):
            if (getattr(self, name) is not None) != (self.method == "last_known"):
                raise UsageError(Message("{name!r} goes with Impute('last_known'), and with it alone", name=name))

    def attributes(self, frame: Frame) -> tuple[str, ...]:
        """The attribute that makes groups."""
        return () if self.by is None else (self.by,)

    def side_tables(self, frame: Frame) -> dict[str, SideTable]:
        """The panel, one row a unit: its latest value of each indicator."""
        if self.on is None or self.period is None:
            return {}
        return {"panel": latest(self.panel, self.on, self.period, frame.indicators)}

    def with_method(self, method: str) -> Impute:
        """The same choices with another method."""
        return replace(self, method=method)

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The stage with its gaps filled; notes how many of each indicator, and how many are left."""
        values = stage.values.copy(order="F")
        if self.method in CENTRES:
            groups = context.attribute(self.by, stage) if self.by else [0] * len(stage.units)
            for at in range(len(stage.columns)):
                values[:, at] = filled(stage.values[:, at], groups, self.method)
        elif self.method == "last_known":
            panel = self.side_tables(context.frame)["panel"]
            known = {unit: row for row, unit in enumerate(panel.units)}
            for row, unit in enumerate(stage.units):
                if unit in known:
                    values[row] = np.where(np.isnan(values[row]), panel.values[known[unit]], values[row])
        was, left = np.isnan(stage.values).sum(axis=0), np.isnan(values).sum(axis=0)
        filled_in = {code: int(n) for code, n in zip(stage.columns, was - left, strict=True) if n}
        return stage.moved(self.stage, values), {"filled": filled_in, "left": int(left.sum())}


def latest(panel: Any, on: str, period: str, indicators: Sequence[str]) -> SideTable:
    """The last value present of each unit and indicator of a panel; DataError for a unit and period given twice."""
    frame = read_frame(panel)
    names = [str(name) for name in frame[one_of(on, frame.columns, "column of a panel")].to_list()]
    periods = frame[one_of(period, frame.columns, "column of a panel")].to_list()
    if len(set(zip(names, periods, strict=True))) < len(names):
        raise DataError("a unit and period are given twice in the panel", column=period)
    table = pl.DataFrame(read_matrix(frame, indicators, names), schema=list(indicators), orient="row").with_columns(
        pl.Series("", names, dtype=pl.String), pl.Series(" ", periods)
    )
    last = (
        table.fill_nan(None)
        .sort(" ")
        .group_by("", maintain_order=True)
        .agg(pl.col(code).drop_nulls().last() for code in indicators)
        .sort("")
    )
    values = last.select(indicators).to_numpy().astype(np.float64)
    units = tuple(last[""].to_list())
    return SideTable(units, tuple(indicators), values, digest(units, indicators, values))
