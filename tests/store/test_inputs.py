"""What odd17 ships: the facts of the report's regional table, and the populations of the COG."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.store.documents import read_document
from odd17.store.inputs import Input, shipped_inputs
from odd17.store.places import shipped
from odd17.store.territories import load_shipped_cog


@pytest.fixture(scope="module")
def inputs() -> dict[str, Input]:
    return {item.id: item for item in shipped_inputs()}


@pytest.fixture(scope="module")
def table(inputs: dict[str, Input]) -> pl.DataFrame:
    observations = inputs["report-2019"].observations
    assert observations is not None
    return observations.collect()


def _row(table: pl.DataFrame, indicator: str) -> dict[str, float]:
    return dict(table.filter(pl.col("indicator") == indicator).select("territory", "value").iter_rows())


def test_the_table_has_ten_whole_rows_and_nothing_else(table: pl.DataFrame) -> None:
    assert table.schema == pl.Schema(OBSERVATIONS)
    assert table.group_by("indicator").len()["len"].to_list() == [14] * 10
    assert not table.select(OBSERVATION_KEY).is_duplicated().any()
    assert table["value"].null_count() == 0


def test_unemployment_is_known_good(table: pl.DataFrame) -> None:
    row = _row(table, "unemployment_rate")
    assert row.pop("FRM") == 8.4
    assert max(row, key=row.__getitem__) == "REG-32"
    assert row["REG-32"] == 10.8
    assert {region for region, value in row.items() if value == min(row.values())} == {"REG-53", "REG-52"}
    assert row["REG-53"] == 7.2


def test_every_figure_says_that_nobody_verified_it(table: pl.DataFrame) -> None:
    assert set(table["obs_status"]) == {"V"}
    assert set(table["note"]) == {"transcribed_unverified"}
    assert set(table["source"]) == {"report-2019"}


def test_the_order_of_the_columns_is_that_of_the_numbers_of_departements(table: pl.DataFrame) -> None:
    check = read_document(shipped() / "report-2019" / "regional_table.meta.yml", "provenance")["column_check"]
    cog = load_shipped_cog()
    assert check["departements"] == [96, 10, 12, 12, 5, 8, 4, 6, 8, 13, 5, 5, 6, 2]
    assert [len(cog.children(territory, "DEP")) for territory in check["columns"]] == check["departements"]
    assert list(_row(table, "co2_per_inhabitant")) == check["columns"]


def test_the_rows_of_thirteen_cells_are_named_with_the_reason(inputs: dict[str, Input]) -> None:
    left_out = inputs["report-2019"].about["left_out"]
    assert {row["domain"] for row in left_out} == {"education", "health", "culture", "mobility", "energy_transition"}
    assert all(row["cells"] == 13 and row["reason"] for row in left_out)


def test_the_figures_are_those_of_the_report(table: pl.DataFrame, shared: Path) -> None:
    text = (shared / "reference" / "report.txt").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if "\t" in line]
    printed = {
        tuple(float(cell.replace(",", ".").rstrip("%")) for cell in cells[-14:])
        for line in lines
        if len(cells := [cell.strip() for cell in line if cell.strip()]) >= 14
        and all(cell.replace(",", "").lstrip("-").rstrip("%").isdigit() for cell in cells[-14:])
    }
    for indicator in table["indicator"].unique():
        assert tuple(_row(table, indicator).values()) in printed, indicator


def test_populations_are_a_profile_and_the_country_says_that_its_censuses_are_two(inputs: dict[str, Input]) -> None:
    item = inputs["cog-2026"]
    assert item.observations is not None
    assert item.indicators["population"].domain is None
    rows = item.observations.collect()
    assert rows.schema == pl.Schema(OBSERVATIONS)
    periods = dict(rows.filter(pl.col("level").is_in(["REG", "FR"])).select("territory", "period").iter_rows())
    assert periods["REG-06"] == "2017"
    assert periods["REG-53"] == "2023"
    assert rows.filter(pl.col("note").is_not_null()).select("territory", "note").rows() == [("FR", "several_periods")]
