from __future__ import annotations

import json

import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.result import Result
from odd17.core.kernel import DataError, UsageError


@pytest.fixture
def sized() -> Frame:
    return Frame.from_table(
        pl.DataFrame(
            {
                "code": ["a", "c", "Index"],
                "parent": ["Index", "Index", None],
                "weight": [1.0, 1.0, 1.0],
                "direction": [1, 1, 1],
                "denominator": ["people", None, None],
            }
        )
    )


SIDE = pl.DataFrame({"id": ["u5", "u4", "u3", "u2", "u1", "other"], "people": [5.0, 1.0, None, 4.0, 2.0, 0.0]})


def fit(frame: Frame, step: odd17.Denominate, values: pl.DataFrame) -> Result:
    return odd17.Index(frame, [step, odd17.Normalise(), odd17.Aggregate()]).fit(values, unit="code")


def test_a_side_table_is_matched_by_unit_whatever_its_order(sized: Frame, values: pl.DataFrame) -> None:
    result = fit(sized, odd17.Denominate(by=SIDE, on="id"), values)
    assert result.table("denominated")["a"].to_list() == [0.5, 0.5, None, 4.0, 1.0]
    assert result.table("denominated")["c"].to_list() == values["c"].to_list()
    assert result.log["steps"][0]["did"] == {"divided": {"a": "people"}}
    assert set(result.log["steps"][0]["by"]) == {"sha256"}


def test_columns_of_the_values_serve_as_well(sized: Frame, values: pl.DataFrame) -> None:
    joined = values.join(SIDE.rename({"id": "code"}), on="code", how="left", maintain_order="left")
    result = fit(sized, odd17.Denominate(), joined)
    assert result.table("denominated")["a"].to_list() == [0.5, 0.5, None, 4.0, 1.0]
    assert odd17.replay(result.log, joined) == result


def test_replay_finds_the_table_by_its_content(sized: Frame, values: pl.DataFrame) -> None:
    result = fit(sized, odd17.Denominate(by=SIDE, on="id"), values)
    other = SIDE.with_columns(pl.col("people") * 2)
    assert odd17.replay(result.log, values, tables={"x": other, "y": values, "z": SIDE}) == result
    with pytest.raises(DataError, match="side table of Denominate"):
        odd17.replay(json.dumps(result.log), values, tables={"x": other})


def test_the_log_of_a_result_still_has_its_side_tables_and_writes_none(sized: Frame, values: pl.DataFrame) -> None:
    result = fit(sized, odd17.Denominate(by=SIDE, on="id"), values)
    assert odd17.replay(result.log, values, tables={}) == result
    written = json.loads(json.dumps(result.log))
    assert written == result.log
    assert set(written["steps"][0]["by"]) == {"sha256"}
    assert odd17.replay(written, values, tables={"any": SIDE}) == result


def test_bad_denominators_are_refused_naming_the_unit(sized: Frame, values: pl.DataFrame) -> None:
    zero = SIDE.with_columns(people=pl.lit(0.0))
    with pytest.raises(DataError, match="zero for unit 'u1'"):
        fit(sized, odd17.Denominate(by=zero, on="id"), values)
    with pytest.raises(DataError, match="no row for unit 'u5'"):
        fit(sized, odd17.Denominate(by=SIDE.tail(5), on="id"), values)
    with pytest.raises(DataError, match="'people'"):
        fit(sized, odd17.Denominate(by=SIDE.drop("people"), on="id"), values)
    with pytest.raises(DataError, match="not a denominator, for unit 'u1'"):
        fit(sized, odd17.Denominate(), values.with_columns(people=pl.lit("many")))
    with pytest.raises(UsageError, match="both, or neither"):
        odd17.Denominate(by=SIDE)
