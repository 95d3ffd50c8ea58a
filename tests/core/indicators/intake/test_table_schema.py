"""The Table Schema that a dataset implies, and the check of a table against a given one."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from odd17.core.indicators.intake import ROW, Dataset, Measure, Table, TerritoryColumn
from odd17.core.indicators.intake.table_schema import check_schema, derived_schema
from odd17.core.kernel import ConfStatus, ObsStatus, Provenance
from odd17.core.territories import Level

TABLE = Table(
    pl.DataFrame(
        {ROW: [2, 3, 4], "code": ["01", "2A", "01"], "taux": ["7,5", "nd", "x"], "an": ["2019", "2020", "20"]},
    )
)


def found(constraints: dict[str, Any], name: str = "taux", type: str = "string", **more: Any) -> list[tuple[Any, ...]]:
    field = {"name": name, "type": type, "constraints": constraints}
    schema = {"fields": [field], "missingValues": ["", "nd"], **more}
    return [(item.row, item.column, item.value) for item in check_schema(TABLE, schema)]


def test_types() -> None:
    assert found({}, type="number") == [(4, "taux", "x")]
    assert found({}, type="integer") == [(2, "taux", "7,5")]
    assert found({}, name="an", type="year") == [(4, "an", "20")]
    assert found({}, name="an", type="boolean") == [(2, "an", "2019")]


@pytest.mark.parametrize(
    ("constraints", "name", "expected"),
    [
        ({"required": True}, "taux", [(3, "taux", "nd")]),
        ({"unique": True}, "code", [(4, "code", "01")]),
        ({"pattern": r"\d{2}"}, "code", [(3, "code", "2A")]),
        ({"enum": ["01"]}, "code", [(3, "code", "2A")]),
        ({"minimum": 100}, "an", [(4, "an", "20")]),
        ({"maximum": 2019}, "an", [(3, "an", "2020")]),
        ({"minLength": 3}, "an", [(4, "an", "20")]),
        ({"maxLength": 3}, "an", [(2, "an", "2019")]),
        ({"pattern": r"\d[\dA]"}, "code", []),
    ],
)
def test_constraints(constraints: dict[str, Any], name: str, expected: list[tuple[Any, ...]]) -> None:
    assert found(constraints, name) == expected


def test_an_absent_column_and_a_primary_key() -> None:
    assert found({}, name="absent") == [(None, "absent", None)]
    assert found({}, primaryKey="code") == [(4, "code", "01")]
    assert found({}, primaryKey=["code", "an"]) == []


def test_the_derived_schema_accepts_what_the_dataset_accepts() -> None:
    dataset = Dataset(
        id="d",
        source=Provenance("d", "T", "P", "C", "L"),
        territories=TerritoryColumn("code", Level.DEPARTEMENT, vintage=2026),
        measures=(Measure("taux", "rate", period_column="an"),),
        missing={"nd": (ObsStatus.MISSING, ConfStatus.FREE)},
    )
    schema = derived_schema(dataset)
    assert [(field["name"], field["type"]) for field in schema["fields"]] == [
        ("code", "string"),
        ("taux", "number"),
        ("an", "string"),
    ]
    assert [(item.row, item.column) for item in check_schema(TABLE, schema)] == [(4, "taux")]
