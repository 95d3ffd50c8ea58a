"""An index: a frame and steps, fitted to values; and its replay from a method log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

from odd17.core.kernel import DataError, Message, Odd17Error, UsageError

from .aggregate import Aggregate
from .choose import one_of
from .denominate import Denominate
from .frame import Frame
from .impute import Impute
from .lazy_fit import LazyResult, fit_lazy
from .log import SCHEMA, MethodLog, method_log
from .normalise import Normalise
from .pipeline import check_steps, run
from .result import Result
from .screen import Screen
from .stage import read_inputs
from .step import Step
from .treat import Treat

STEPS: dict[str, type[Step]] = {
    step.__name__: step for step in (Denominate, Screen, Impute, Treat, Normalise, Aggregate)
}
"""Every step by its name, in the order of the pipeline."""


@dataclass(frozen=True)
class Index:
    """A frame and the steps that turn values into scores; refused with UsageError where they do not fit together.

    >>> import polars as pl
    >>> frame = Frame.from_table(pl.DataFrame({
    ...     "code": ["a", "b", "Index"], "parent": ["Index", "Index", None],
    ...     "weight": [1.0, 1.0, 1.0], "direction": [1, -1, 1]}))
    >>> index = Index(frame, steps=[Normalise("minmax"), Aggregate("arithmetic")])
    >>> result = index.fit(pl.DataFrame({"code": ["x", "y"], "a": [1.0, 2.0], "b": [5.0, 3.0]}), unit="code")
    >>> result.scores["Index"].to_list(), result.ranks["Index"].to_list()
    ([0.0, 100.0], [2, 1])
    """

    frame: Frame
    steps: Sequence[Step]

    def __post_init__(self) -> None:
        if not isinstance(self.frame, Frame):
            raise UsageError("the first argument of Index is an odd17.Frame")
        object.__setattr__(self, "steps", check_steps(self.frame, self.steps))

    def fit(self, values: Any, unit: str) -> Result:
        """The result for a table (any dataframe Narwhals reads) with one row a unit, a column an indicator.

        ``unit`` names the column of units. Columns that the frame does not name are attributes that a step may use.
        Nulls and NaN are missing values. Raises DataError for a repeated unit, an absent column, text or an infinity.
        """
        attributes = [name for step in self.steps for name in step.attributes(self.frame)]
        inputs = read_inputs(values, unit=unit, indicators=self.frame.indicators, attributes=attributes)
        steps = tuple(self.steps)
        done = run(self.frame, steps, inputs)
        return Result(self.frame, steps, inputs, done, method_log(self.frame, steps, unit, inputs, done))

    def fit_lazy(self, values: Any, unit: str) -> LazyResult:
        """Scores and ranks alone, on the engine that holds ``values``: a LazyFrame of Polars or a PySpark DataFrame.

        For a table of values that does not fit in memory. Scores are those of ``fit`` to 1e-9; summed otherwise, two
        scores that differ by their last bits alone may be ranked otherwise. Each step that looks at whole columns reads
        the values once, when it is called; hold a table that is costly to make (``.cache()`` in Spark). Raises as
        ``fit`` does, and UsageError for a step that cannot run there: Treat, Impute("last_known"), Copeland.

        >>> import polars as pl
        >>> frame = Frame.from_table(pl.DataFrame({
        ...     "code": ["a", "Index"], "parent": ["Index", None], "weight": [1.0, 1.0], "direction": [1, 1]}))
        >>> index = Index(frame, steps=[Normalise("minmax"), Aggregate("arithmetic")])
        >>> values = pl.LazyFrame({"code": ["x", "y"], "a": [1.0, 2.0]})
        >>> index.fit_lazy(values, unit="code").ranks.sort("unit").collect()["Index"].to_list()
        [2, 1]
        """
        return fit_lazy(self.frame, tuple(self.steps), values, unit)


def replay(log: Mapping[str, Any] | str, values: Any, tables: Mapping[str, Any] | None = None) -> Result:
    """Do an index again from its method log (a mapping, or its JSON), the values and the side tables.

    Side tables are known by their content, so ``tables`` may name them as it likes; the log of a result still has
    those that it read, one that was written and read back has none. With the same values the result equals the first
    one. Raises DataError where a side table is in neither, UsageError where the log is of another shape.
    """
    content = _written(log)
    known = {**(log.tables if isinstance(log, MethodLog) else {}), **(tables or {})}
    if content.get("schema") != SCHEMA:
        raise UsageError(
            Message(
                "this log has the shape {schema!r}; this version reads {known}",
                schema=content.get("schema"),
                known=SCHEMA,
            )
        )
    frame = Frame.from_json(content["frame"])
    steps = [_step(written, frame, known) for written in content["steps"]]
    return Index(frame, steps).fit(values, unit=content["unit"])


def _written(log: Mapping[str, Any] | str) -> Mapping[str, Any]:
    """The log as a mapping that has all its parts; UsageError for anything else."""
    try:
        content = json.loads(log) if isinstance(log, str) else log
    except json.JSONDecodeError as error:
        raise UsageError("this log is not the JSON of a method log") from error
    if not isinstance(content, Mapping):
        raise UsageError("this log is not the JSON of a method log")
    lacking = [part for part in ("frame", "steps", "unit") if part not in content]
    if content.get("schema") == SCHEMA and lacking:
        raise UsageError(Message("this log lacks {parts}", parts=lacking))
    return content


def _step(written: Mapping[str, Any], frame: Frame, tables: Mapping[str, Any]) -> Step:
    kind = STEPS[one_of(written["step"], STEPS, "step")]
    choices = {choice.name: written[choice.name] for choice in fields(kind) if choice.name in written}
    sides = [name for name, value in choices.items() if isinstance(value, Mapping) and set(value) == {"sha256"}]
    if not sides:
        return kind(**choices)
    for candidates in product(tables.values(), repeat=len(sides)):
        try:
            step = kind(**choices | dict(zip(sides, candidates, strict=True)))
            found = step.side_tables(frame)
        except Odd17Error:
            continue  # a table made for another step
        if all(found[name].sha256 == choices[name]["sha256"] for name in sides):
            return step
    raise DataError(
        Message("the side table of {step} is not among the tables given", step=written["step"]),
        value=", ".join(choices[name]["sha256"] for name in sides),
        remedy="give the table whose content has this sha256",
    )
