"""Any dataframe that Narwhals understands gives the same result."""

from __future__ import annotations

import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame

pandas = pytest.importorskip("pandas")

STEPS = [odd17.Impute("mean", by="group"), odd17.Normalise("minmax"), odd17.Aggregate()]


def as_pandas(table: pl.DataFrame, **dtypes: str) -> object:
    return pandas.DataFrame(table.to_dict(as_series=False)).astype(dtypes)


def test_pandas_arrow_and_lazy_polars_give_what_polars_gives(frame: Frame, values: pl.DataFrame) -> None:
    result = odd17.Index(frame, STEPS).fit(values, unit="code")
    pytest.importorskip("pyarrow")
    for other in (
        values.lazy(),
        values.to_arrow(),
        as_pandas(values),
        as_pandas(values, b="Float64", a="Int64", code="string"),
    ):
        again = odd17.Index(frame, STEPS).fit(other, unit="code")
        assert again == result
        assert again.log["values"] == result.log["values"]
        assert odd17.replay(result.log, other) == result


def test_a_frame_may_come_from_pandas(frame: Frame) -> None:
    columns = ["code", "parent", "weight", "direction", "level", "target", "denominator"]
    rows = [{name: getattr(node, name) for name in columns} for node in frame.nodes]
    assert Frame.from_table(pandas.DataFrame(rows), level_names={2: "domain"}) == frame


def test_a_side_table_has_the_same_digest_whatever_it_is_made_of(frame: Frame, values: pl.DataFrame) -> None:
    sized = Frame(
        tuple(
            node if node.code != "a" else type(node)("a", node.parent, node.weight, 1, 1, "people")
            for node in frame.nodes
        )
    )
    side = pl.DataFrame({"code": values["code"], "people": [1, 2, 4, 5, 8]})
    index = odd17.Index(sized, [odd17.Denominate(by=side, on="code"), *STEPS[1:]])
    result = index.fit(values, unit="code")
    assert odd17.replay(result.log, as_pandas(values), tables={"x": as_pandas(side)}) == result


def test_whole_numbers_name_units_as_well(frame: Frame, values: pl.DataFrame) -> None:
    numbered = values.with_columns(code=pl.int_range(5))
    assert odd17.Index(frame, STEPS).fit(numbered, unit="code").scores["unit"].to_list() == list("01234")
