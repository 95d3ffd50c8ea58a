"""The figures of a located table: values, parts of ratios, statuses, periods, in columns of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from odd17.core.indicators.indicator import Indicator, Unit
from odd17.core.kernel import ConfStatus, Message, ObsStatus

from .dataset import Dataset, LongLayout, Measure
from .finding import Finding, Severity
from .french_number import number, plain_number
from .long import BAD, Status, name_rows, state_statuses
from .periods import absent_with_value, check_period_column, period_text
from .table import LEVEL, ROW, TERRITORY

_PER_COLUMN = 5  # bad cells listed one by one in a column
_LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Cells:
    """Parsed figures. ``frame`` has ``TERRITORY``, ``LEVEL``, ``ROW`` and, for each measure ``i``: ``v{i}`` value,
    ``s{i}`` position in ``statuses``, and where the dataset has them ``n{i}``, ``d{i}`` (parts), ``p{i}`` period,
    ``i{i}`` indicator. A row whose ``s{i}`` is null has nothing for the measure."""

    frame: pl.DataFrame
    statuses: tuple[Status, ...]
    findings: tuple[Finding, ...]
    left_out: int = 0


def parse_cells(located: pl.DataFrame, dataset: Dataset, indicators: Mapping[str, Indicator]) -> Cells:
    """Parse every figure of ``located`` that the dataset declares; ``indicators`` by id."""
    findings: list[Finding] = []
    left_out = 0
    frame = located
    if dataset.long is not None:
        frame, left_out = name_rows(frame, dataset.long, indicators, findings)
    marks = {"": (ObsStatus.MISSING, ConfStatus.FREE)} | dict(dataset.missing)
    statuses: list[Status] = [(dataset.status, ConfStatus.FREE), *dict.fromkeys(marks.values())]
    positions = {mark: statuses.index(status, 1) for mark, status in marks.items()}
    units = _units(dataset, indicators)
    parsed = _parsed(frame, dataset, units, positions)
    for at, measure in enumerate(dataset.all_measures):
        findings.extend(_wrong_cells(frame, parsed, at, measure, dataset, positions))
    if dataset.long is not None:
        parsed = parsed.with_columns(frame["i0"])
        parsed = state_statuses(frame, parsed, dataset.long, statuses, findings)
    for at, measure in enumerate(dataset.all_measures):
        findings.extend(_implausible(parsed, at, measure, indicators, dataset.long))
        if measure.period_column is not None:
            findings.extend(check_period_column(frame, measure.period_column, measure.value))
            nothing = parsed.filter((pl.col(f"p{at}") == "") & pl.col(f"v{at}").is_null())[ROW]
            if nothing.len():
                findings.append(absent_with_value(measure.period_column, nothing))
                parsed = parsed.with_columns(pl.when(pl.col(f"p{at}") != "").then(pl.col(f"s{at}")).alias(f"s{at}"))
    return Cells(parsed, tuple(statuses), tuple(findings), left_out)


def _units(dataset: Dataset, indicators: Mapping[str, Indicator]) -> list[Unit | None]:
    """The unit of each measure; None for a long one whose indicators differ."""
    if dataset.long is None:
        return [indicators[measure.indicator].unit for measure in dataset.measures]
    units = {item.unit for item in indicators.values()}
    return [units.pop() if len(units) == 1 else None]


def _parsed(
    frame: pl.DataFrame, dataset: Dataset, units: list[Unit | None], positions: Mapping[str, int]
) -> pl.DataFrame:
    """The columns of ``Cells``. Most cells are plain numbers: all are tried as such at once, the others one by one."""
    decimal, measures = dataset.form.decimal, dataset.all_measures
    sources = {f"v{at}": measure.value for at, measure in enumerate(measures)}
    percents = {f"v{at}": unit in (Unit.PERCENT, None) for at, unit in enumerate(units)}
    with_parts = any(measure.numerator or measure.denominator for measure in measures)
    for at, measure in enumerate(measures):
        for letter, name in (("n", measure.numerator), ("d", measure.denominator)):
            if name is not None:
                sources[f"{letter}{at}"] = name
    # a mark that is written as a number (9999) must be seen before the number is
    marks = [mark for mark in positions if mark]
    is_mark = pl.DataFrame({"mark": marks}, schema={"mark": pl.String}).select(
        number(pl.col("mark"), decimal=decimal, percent=True).is_not_null().any()
    )
    plain = {
        column: pl.lit(None, pl.Float64) if is_mark.item() else plain_number(pl.col(name), decimal=decimal)
        for column, name in sources.items()
    }
    parsed = frame.select(TERRITORY, LEVEL, ROW, **plain)
    added: list[pl.Series] = []
    for column, name in sources.items():
        values, statuses = _completed(parsed[column], frame[name], positions, decimal, percents.get(column, False))
        added.append(values)
        if column.startswith("v"):
            added.append(statuses.alias(f"s{column[1:]}"))
    parsed = parsed.with_columns(added)
    scaled = [pl.col(f"v{at}") * measure.scale for at, measure in enumerate(measures) if measure.scale != 1]
    if with_parts:
        scaled.extend(
            pl.lit(None, pl.Float64).alias(f"{letter}{at}")
            for at in range(len(measures))
            for letter in "nd"
            if f"{letter}{at}" not in sources
        )
    if any(measure.period_column for measure in measures):
        periods = [
            period_text(frame[measure.period_column]) if measure.period_column is not None else measure.period
            for measure in measures
        ]
        scaled.extend(pl.lit(period, pl.String).alias(f"p{at}") for at, period in enumerate(periods))
    return parsed.with_columns(scaled)


def _completed(
    values: pl.Series, cells: pl.Series, positions: Mapping[str, int], decimal: str | None, percent: bool
) -> tuple[pl.Series, pl.Series]:
    """``values`` with what the plain way could not read of ``cells``, and the position of each cell's status."""
    statuses = pl.zeros(len(values), dtype=pl.UInt8, eager=True)
    open_cells = values.is_null().arg_true()
    if not open_cells.len():
        return values, statuses
    text = pl.col("cell").fill_null("").str.strip_chars()
    found = (
        cells.gather(open_cells)
        .alias("cell")
        .to_frame()
        .select(
            text.replace_strict(dict(positions), default=None, return_dtype=pl.UInt8).alias("mark"),
            number(text, decimal=decimal, percent=percent).alias("value"),
        )
        .select(
            pl.when(pl.col("mark").is_null()).then("value").alias("value"),
            pl.coalesce("mark", pl.when(pl.col("value").is_null()).then(BAD).otherwise(0).cast(pl.UInt8)).alias("s"),
        )
    )
    return values.clone().scatter(open_cells, found["value"]), statuses.scatter(open_cells, found["s"])


def _wrong_cells(
    frame: pl.DataFrame, parsed: pl.DataFrame, at: int, measure: Measure, dataset: Dataset, positions: Mapping[str, int]
) -> Iterator[Finding]:
    """Cells that are neither a number nor a mark, and columns that use both decimal marks."""
    wrong = {measure.value: parsed[f"s{at}"] == BAD}
    for letter, name in (("n", measure.numerator), ("d", measure.denominator)):
        if name is not None:
            cell = frame[name].fill_null("").str.strip_chars()
            wrong[name] = parsed[f"{letter}{at}"].is_null() & ~cell.is_in(list(positions))
    for name, mask in wrong.items():
        total = int(mask.sum())
        if total:
            cells = frame.select(ROW, name).filter(mask)
            yield from _described(cells, name, total, dataset.form.decimal)
        elif dataset.form.decimal is None:
            yield from _two_marks(frame, name, positions)


def _described(cells: pl.DataFrame, name: str, total: int, decimal: str | None) -> Iterator[Finding]:
    listed = total if total <= _PER_COLUMN else _PER_COLUMN
    for position, (row, cell) in enumerate(cells.head(listed).iter_rows()):
        lowered = cell.strip().lower().lstrip("+-") if len(cell) <= _LONGEST_NUMBER else ""
        message = (
            Message("not a number")
            if len(cell) <= _LONGEST_NUMBER
            else Message("not a number but {characters:,} characters", characters=len(cell))
        )
        remedy = Message("correct the cell; if it marks an absence, say which under `missing` in the dataset file")
        if lowered in ("inf", "infinity", "nan", "infini"):
            message = Message("not a finite number")
        elif lowered.startswith("#"):
            message = Message("an error of the spreadsheet")
            remedy = Message(
                "correct the formula in the spreadsheet, or say what it means under `missing` in the dataset file"
            )
        elif "." in lowered or "," in lowered:
            remedy = (
                Message("correct the cell, or say which is the `decimal` mark under `file`")
                if decimal is None
                else Message(
                    "correct the cell, or say which is the `decimal` mark under `file` "
                    "(the dataset file says {decimal!r})",
                    decimal=decimal,
                )
            )
        last = position == listed - 1
        yield Finding(message, row=row, column=name, value=cell, count=total - listed + 1 if last else 1, remedy=remedy)


def _two_marks(frame: pl.DataFrame, name: str, positions: Mapping[str, int]) -> Iterator[Finding]:
    """A column with ``1.5`` and ``1,5``: one of the two may separate thousands."""
    text = pl.col(name)
    if not frame.select(text.str.contains(",", literal=True).any()).item():
        return
    if not frame.select(text.str.contains(".", literal=True).any()).item():
        return
    cells = frame.select(ROW, name).filter(~text.str.strip_chars().is_in(list(positions)))
    dots, commas = (cells.filter(text.str.contains(mark, literal=True)) for mark in ".,")
    if dots.height and commas.height:
        rare = dots if dots.height <= commas.height else commas
        yield Finding(
            "the column has two decimal marks, the point and the comma",
            row=rare[ROW][0], column=name, value=rare[name][0], count=rare.height,
            remedy="say which is the `decimal` mark under `file`; the other then separates thousands",
        )  # fmt: skip


def _implausible(
    parsed: pl.DataFrame, at: int, measure: Measure, indicators: Mapping[str, Indicator], long: LongLayout | None
) -> Iterator[Finding]:
    """Values outside the bounds of their unit, shares declared as percentages, and ratios that are not their parts'."""
    groups: list[tuple[Indicator, pl.DataFrame]]
    if long is None:
        groups = [(indicators[measure.indicator], parsed)]
    else:
        wanted = [name for name in (ROW, "i0", f"v{at}", f"n{at}", f"d{at}") if name in parsed.columns]
        parts = parsed.select(wanted).partition_by("i0", as_dict=True)
        groups = [(indicators[str(name)], rows) for (name,), rows in sorted(parts.items())]
    value = pl.col(f"v{at}")
    for indicator, rows in groups:
        if measure.bounded and indicator.unit in (Unit.PERCENT, Unit.COUNT):
            high = 100.0 if indicator.unit is Unit.PERCENT else math.inf
            outside = rows.filter((value < 0) | (value > high))
            if outside.height:
                yield Finding(
                    "a percentage outside 0 to 100" if indicator.unit is Unit.PERCENT else "a count below zero",
                    row=outside[ROW][0], column=measure.value, value=f"{outside[f'v{at}'][0]:g}", count=outside.height,
                    remedy="correct the cell or the `scale`; if it is a change and may leave these bounds, write "
                    "`bounded: false` for the column",
                )  # fmt: skip
        highest = rows[f"v{at}"].max()
        unscaled = indicator.unit is Unit.PERCENT and measure.scale == 1 and rows.height >= 10
        if unscaled and isinstance(highest, float) and 0 < highest <= 1:
            yield Finding(
                "no value is above 1: are these shares and not percentages?", column=measure.value,
                severity=Severity.WARNING, remedy="write `scale: 100` for the column if they are shares",
            )  # fmt: skip
        if measure.numerator is not None and measure.denominator is not None:
            expected = indicator.factor * pl.col(f"n{at}") / pl.col(f"d{at}")
            gap = (value - expected).abs()
            allowed = 0.51 * 10.0**-indicator.decimals + 1e-9 * value.abs()
            off = rows.filter((pl.col(f"d{at}") != 0) & (gap > allowed))
            if off.height:
                row = off.select(ROW, value, expected.alias("expected")).row(0)
                yield Finding(
                    Message(
                        "the value is not {factor:g} × numerator / denominator ({expected:g})",
                        factor=indicator.factor, expected=row[2],
                    ),
                    row=row[0], column=measure.value, value=f"{row[1]:g}", count=off.height, severity=Severity.WARNING,
                    remedy="check the columns named as numerator and denominator, and the indicator's factor",
                )  # fmt: skip
