"""Table Schema (Frictionless): the contract that a dataset implies, and the check of a table against a given one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from odd17.core.kernel import Message, in_language

from .codes import FORMS
from .dataset import Dataset
from .finding import Finding
from .french_number import number
from .table import ROW, Table

CHECKED_CONSTRAINTS = ("required", "unique", "pattern", "minimum", "maximum", "enum", "minLength", "maxLength")
"""The constraints of a field that are checked; ``type`` is checked for number, integer, year and boolean."""


def derived_schema(dataset: Dataset) -> dict[str, Any]:
    """The Table Schema that ``dataset`` implies: the columns that it needs, their types and the marks of missing.

    Its decimal mark is the one stated, else the comma, as the French convention has it.
    """
    spec = dataset.territories
    code: dict[str, Any] = {"name": spec.column, "type": "string", "constraints": {"required": True}}
    if spec.level is not None and not spec.codes and not spec.pad:
        code["constraints"]["pattern"] = FORMS[spec.level]
    figures = {
        name
        for measure in dataset.all_measures
        for name in (measure.value, measure.numerator, measure.denominator)
        if name is not None
    }
    fields = [code]
    for name in dataset.columns:
        if name in figures:
            fields.append({"name": name, "type": "number", "decimalChar": dataset.form.decimal or ","})
        elif name != spec.column:
            fields.append({"name": name, "type": "string"})
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": dataset.id,
        "title": in_language(dataset.source.title, "fr"),
        "fields": fields,
        "missingValues": ["", *dataset.missing],
    }


def check_schema(table: Table, schema: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings where ``table`` does not fit ``schema``: a column that is absent, a cell against its type or constraint.

    The table may have further columns. ``schema`` is a Table Schema already checked for its own form.
    """
    missing = list(schema.get("missingValues", [""]))
    for field in schema["fields"]:
        name = field["name"]
        if name not in table.names:
            yield Finding(
                "a column of the Table Schema is absent", column=name,
                remedy=Message("the file has {columns}", columns=', '.join(map(repr, table.names[:12]))),
            )  # fmt: skip
            continue
        yield from _check_field(table.frame.select(ROW, pl.col(name).fill_null("").alias("cell")), field, missing)
    key = schema.get("primaryKey", [])
    names = [key] if isinstance(key, str) else list(key)
    if names and all(name in table.names for name in names):
        twice = table.frame.filter(pl.struct(names).is_duplicated())
        if twice.height:
            yield Finding(
                "the primary key of the Table Schema stands twice", row=twice[ROW][1], column=", ".join(names),
                value=str(twice[names[0]][0]), count=twice.height - 1, remedy="keep one of the rows",
            )  # fmt: skip


def _check_field(cells: pl.DataFrame, field: Mapping[str, Any], missing: list[str]) -> Iterator[Finding]:
    name, constraints = field["name"], field.get("constraints", {})
    cell = pl.col("cell").str.strip_chars()
    present = ~cell.is_in(missing)
    value = number(cell, decimal=field.get("decimalChar"))
    rules: list[tuple[Message, pl.Expr]] = []
    kind = field.get("type", "string")
    if kind == "number":
        rules.append((Message("not a number"), value.is_null()))
    elif kind == "integer":
        rules.append((Message("not a whole number"), value.is_null() | (value != value.round())))
    elif kind == "year":
        rules.append((Message("not a year"), ~cell.str.contains(r"^\d{4}$")))
    elif kind == "boolean":
        rules.append((Message("neither true nor false"), ~cell.str.to_lowercase().is_in(["true", "false", "1", "0"])))
    if "pattern" in constraints:
        rules.append(
            (
                Message("not of the form {pattern}", pattern=constraints["pattern"]),
                ~cell.str.contains(f"^(?:{constraints['pattern']})$"),
            )
        )
    if "enum" in constraints:
        rules.append(
            (Message("not one of the values allowed"), ~cell.is_in([str(item) for item in constraints["enum"]]))
        )
    if "minimum" in constraints:
        rules.append((Message("below {least}", least=constraints["minimum"]), value < float(constraints["minimum"])))
    if "maximum" in constraints:
        rules.append((Message("above {most}", most=constraints["maximum"]), value > float(constraints["maximum"])))
    if "minLength" in constraints:
        rules.append((Message("too short"), cell.str.len_chars() < int(constraints["minLength"])))
    if "maxLength" in constraints:
        rules.append((Message("too long"), cell.str.len_chars() > int(constraints["maxLength"])))
    if constraints.get("unique"):
        rules.append((Message("not the only row with this value"), cell.is_duplicated() & ~cell.is_first_distinct()))
    found = [(message, cells.filter(present & rule)) for message, rule in rules]
    if constraints.get("required"):
        found.append((Message("required, and absent"), cells.filter(~present)))
    for message, wrong in found:
        if wrong.height:
            yield Finding(
                Message(
                    "{message} (Table Schema)",
                    message=message,
                ),
                row=wrong[ROW][0], column=name, value=wrong["cell"][0], count=wrong.height,
                remedy="correct the cell, or the Table Schema",
            )  # fmt: skip
