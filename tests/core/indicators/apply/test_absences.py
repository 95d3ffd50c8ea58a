"""A cell that is secret, absent or counted elsewhere is told from zero."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import Recipe, Term
from odd17.core.indicators.source import Source
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import DataError
from odd17.core.territories import Cog, Level

if TYPE_CHECKING:
    from .conftest import Bench


ALL = dict.fromkeys(Level, 0.0)
TOP, BOTTOM = Term("made-up", columns=("top",)), Term("made-up", columns=("bottom",))


def test_a_secret_cell_is_never_zero(bench: Bench, small: Cog) -> None:
    entry = bench.entry(Recipe((TOP,), (BOTTOM,), factor=100, coverage=ALL))
    rows = [
        {"code": "01001", "year": "2023", "top": "s", "bottom": "50"},
        {"code": "01004", "year": "2023", "top": "1 000,5", "bottom": "2001"},
        {"code": "01002", "year": "2023", "top": "", "bottom": "10"},
    ]
    found = bench.made(entry, bench.source(), rows, small)
    absences = {code: bench.row(found, f"COM-{code}") for code in ("01001", "01002")}
    assert {code: (row["value"], row["obs_status"]) for code, row in absences.items()} == {
        "01001": (None, "Q"),
        "01002": (None, "O"),
    }
    assert bench.row(found, "COM-01004")["value"] == pytest.approx(50)
    whole = bench.row(found, "DEP-01")
    assert (whole["value"], whole["obs_status"], whole["conf_status"]) == (None, "Q", "C")


def test_a_confidential_row_without_value_is_a_secret(bench: Bench, small: Cog) -> None:
    entry = bench.entry(Recipe((Term("made-up"),), coverage=ALL), Level.COMMUNE)
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "value": None, "OBS": "A", "CONF": "C"},
        {"code": "01002", "year": "2023", "value": 4.0, "OBS": "A", "CONF": "F"},
        {"code": "01004", "year": "2023", "value": None, "OBS": "K", "CONF": "F"},
        {"code": "97101", "year": "2023", "value": 7.0, "OBS": "W", "CONF": "F"},
    ]
    found = bench.made(entry, bench.source(obs_status="OBS", conf_status="CONF"), rows, small)
    statuses = {
        row["territory"]: (row["value"], row["obs_status"], row["conf_status"]) for row in found.iter_rows(named=True)
    }
    assert statuses == {
        "COM-01001": (None, "Q", "C"),
        "COM-01002": (4.0, "A", "F"),
        "COM-01004": (None, "K", "F"),
        "COM-97101": (7.0, "W", "F"),
    }


def test_a_sparse_source_gives_zero_to_communes_that_exist_and_to_no_other(bench: Bench, small: Cog) -> None:
    people = Term("cog", columns=("population",))
    entry = bench.entry(Recipe((Term("made-up", count=True),), (people,), factor=1000))
    rows: list[dict[str, object]] = [{"code": "01001", "year": "2023"}, {"code": "01001", "year": "2023"}]
    found = bench.made(entry, bench.source(absent_is_zero=True), rows, small)
    communes = found.filter(pl.col("level") == "COM")
    assert dict(communes.select("territory", "numerator").iter_rows()) == {
        "COM-01001": 2, "COM-01002": 0, "COM-01004": 0, "COM-97101": 0,
    }  # fmt: skip
    assert set(communes["obs_status"]) == {"A"}


def test_a_sum_with_a_secret_in_it_is_a_secret_and_one_with_a_commune_counted_elsewhere_is_not(
    bench: Bench, small: Cog
) -> None:
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "value": "4", "OBS": "A"},
        {"code": "01001", "year": "2023", "value": "s", "OBS": "A"},
        {"code": "01002", "year": "2023", "value": "4", "OBS": "A"},
        {"code": "01002", "year": "2023", "value": "", "OBS": "K"},
    ]
    entry = bench.entry(Recipe((Term("made-up", sums=True),), coverage=ALL), Level.COMMUNE)
    found = bench.made(entry, bench.source(obs_status="OBS"), rows, small)
    assert (bench.row(found, "COM-01001")["value"], bench.row(found, "COM-01001")["obs_status"]) == (None, "Q")
    assert bench.row(found, "COM-01002")["value"] == 4


@pytest.mark.parametrize(("national", "refused"), [("9", True), ("4", False), (None, False), ("3", True)])
def test_an_inventory_whose_communes_are_far_from_its_own_total_is_refused(
    bench: Bench, small: Cog, sources: dict[str, Source], national: str | None, refused: bool
) -> None:
    source = replace(sources["insee-bpe"], id="made-up")
    rows = [("01001", "COM", "1"), ("01002", "COM", "3")] + ([("F", "FRANCE", national)] if national else [])
    raw = pl.DataFrame(rows, schema=["GEO", "GEO_OBJECT", "OBS_VALUE"], orient="row").with_columns(
        TIME_PERIOD=pl.lit("2024")
    )
    entry = bench.entry(Recipe((Term("made-up"),), coverage=ALL), Level.COMMUNE, Level.DEPARTEMENT)
    tables = {"made-up": to_table(source, raw)}
    if refused:
        with pytest.raises(DataError, match="the communes add up to 4, and the rows of level FR to"):
            apply(entry, {"made-up": source}, tables, small)
    else:
        assert not apply(entry, {"made-up": source}, tables, small).observations.is_empty()
    said = replace(source, absent_is_zero=False)  # a commune without row is then missing, which the coverage sees
    assert not apply(entry, {"made-up": said}, {"made-up": to_table(said, raw)}, small).observations.is_empty()
