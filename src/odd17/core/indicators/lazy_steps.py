"""The steps of an index over a lazy table, and those that it cannot do."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError
from odd17.core.kernel.engines import LazyTable, beside, collected

from .aggregate import Aggregate
from .denominate import Denominate
from .frame import Frame
from .impute import Impute
from .lazy_aggregate import aggregated
from .lazy_normalise import normalised
from .lazy_stage import LazyStage, attribute, first_wrong
from .normalise import Normalise
from .screen import Screen
from .step import Step


def check_lazy(frame: Frame, steps: Sequence[Step]) -> None:
    """UsageError, before anything is read, for a step that needs all values of a column side by side."""
    if not frame.indicators:
        raise UsageError("the frame has no indicator")
    for step in steps:
        match step:
            case Impute(method="last_known"):
                refused = "Impute('last_known')"
            case Aggregate() if "copeland" in step.methods(frame).values():
                refused = "Aggregate('copeland')"
            case Denominate() | Screen() | Impute() | Normalise() | Aggregate():
                continue
            case _:
                refused = type(step).__name__
        raise UsageError(
            Message(
                "{step} does not run on a lazy table: it needs all values side by side. Leave it out, or bring the "
                "matrix of values into memory (it is small beside the observations) and take Index.fit.",
                step=refused,
            )
        )


def apply_lazy(step: Step, stage: LazyStage, frame: Frame) -> LazyStage:
    """The next stage, of a step that ``check_lazy`` lets pass; Denominate is done while the table is wide."""
    match step:
        case Screen():
            return screened(step, stage)
        case Impute():
            return imputed(step, stage)
        case Normalise():
            return normalised(step, stage, frame)
        case Aggregate():
            return aggregated(step, stage, frame)
        case _:
            return stage


def denominated(step: Denominate, wide: LazyTable, frame: Frame) -> LazyTable:
    """Ratios in place of sizes. Reads the table once, for denominators of zero and units without a row."""
    names = step.names(frame)
    columns = {name: attribute(name) for name in names}
    side = step.side_tables(frame).get("by")
    if side is not None:
        local = pl.DataFrame(side.values, schema=list(columns.values()), orient="row").fill_nan(None)
        local = local.with_columns(pl.Series("unit", side.units, dtype=pl.String), known=pl.lit(True))
        wide = wide.join(beside(local.rename({"known": attribute("")}), wide), on="unit", how="left")
        stranger = first_wrong(wide, nw.col(attribute("")).is_null(), "unit")
        if stranger is not None:
            raise DataError(
                Message("the side table has no row for unit {unit!r}", unit=stranger[0]), remedy="add the row"
            )
    any_zero = collected(wide.select(nw.when(nw.col(of) == 0.0).then(1).max().alias(of) for of in columns.values()))
    for name, of in columns.items():
        if any_zero[of].item():
            unit = first_wrong(wide, nw.col(of) == 0.0, "unit")
            raise DataError(
                Message("denominator of zero for unit {unit!r}", unit=unit and unit[0]), column=name, value=0.0
            )
    divisors = {node.code: node.denominator for node in frame.nodes if node.level == 1 and node.denominator}
    return wide.with_columns((nw.col(code) / nw.col(columns[by])).alias(code) for code, by in divisors.items())


def screened(step: Screen, stage: LazyStage) -> LazyStage:
    """Without the units of which too little is known, as ``screen`` counts it."""
    value, units = nw.col("value"), "unit"
    present = value.count().over(units)
    other = nw.when(value != 0.0).then(value).count().over(units)
    counted = stage.table.with_columns(present=present, other=other)
    least = nw.when(nw.col("present") > 0).then(nw.col("present")).otherwise(1)
    available = nw.col("present") / float(len(stage.columns))
    kept = (available >= step.min_available) & (nw.col("other") / least >= step.min_nonzero)
    return LazyStage(counted.filter(kept).drop("present", "other"), stage.columns)


def imputed(step: Impute, stage: LazyStage) -> LazyStage:
    """Gaps filled with the mean or median of the code (the table is read once), or of the code and group."""
    if step.method == "none":
        return stage
    value = nw.col("value")
    centre = value.median() if step.method == "median" else value.mean()
    if step.by is not None:
        group = attribute(step.by)
        within = nw.when(~nw.col(group).is_null()).then(centre.over("code", group))
        return stage.valued(nw.coalesce(value, within))
    joined = stage.joined(stage.facts(centre=centre), on=["code"])
    return LazyStage(joined.valued(nw.coalesce(value, nw.col("centre"))).table.drop("centre"), stage.columns)
