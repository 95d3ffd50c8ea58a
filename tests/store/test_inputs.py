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


@pytest.fixture(scope="module")
def profile(inputs: dict[str, Input]) -> pl.DataFrame:
    """The observations of the profile, of every territory."""
    found = [inputs[id].observations for id in ("populations-2026", "geometry-2026")]
    return pl.concat([rows for rows in found if rows is not None]).collect()


def _figures(profile: pl.DataFrame, territory: str, indicator: str) -> dict[str, tuple[object, ...]]:
    rows = profile.filter(territory=territory, indicator=indicator)
    return {row[0]: row[1:] for row in rows.select("period", "value", "obs_status", "note").iter_rows()}


def test_the_profile_is_in_no_domain_and_has_the_form_of_observations(
    inputs: dict[str, Input], profile: pl.DataFrame
) -> None:
    definitions = {**inputs["populations-2026"].indicators, **inputs["geometry-2026"].indicators}
    assert set(definitions) == {"population", "population_change", "area", "density"} == set(profile["indicator"])
    assert {indicator.domain for indicator in definitions.values()} == {None}
    assert profile.schema == pl.Schema(OBSERVATIONS)
    assert not profile.select(OBSERVATION_KEY).is_duplicated().any()
    assert set(profile["territory"]) == set(load_shipped_cog().table["id"])


def test_paris_is_counted_at_each_census_and_its_change_is_the_first_to_the_last(profile: pl.DataFrame) -> None:
    counts = _figures(profile, "COM-75056", "population")
    assert {period: figure[0] for period, figure in counts.items()} == {
        "2019": 2165423, "2020": 2145906, "2021": 2133111, "2022": 2113705, "2023": 2103778,
    }  # fmt: skip
    assert _figures(profile, "COM-75056", "population_change") == {
        "2019/2023": (pytest.approx(100 * (2103778 - 2165423) / 2165423), "A", None)
    }


def test_mayotte_has_its_last_census_and_no_change(profile: pl.DataFrame) -> None:
    for territory in ("REG-06", "DEP-976", "COM-97611"):
        assert list(_figures(profile, territory, "population")) == ["2017"]
        assert _figures(profile, territory, "population_change") == {"2019/2023": (None, "L", "no_figure_here")}
    country = _figures(profile, "FR", "population")
    assert {note for _, _, note in country.values()} == {"several_periods"}
    metropolitan = profile.filter(indicator="population", territory="FRM", period="2023")["value"].item()
    overseas = profile.filter(pl.col("territory").str.contains(r"^REG-0[1-46]$"), indicator="population")
    newest = overseas.filter(pl.col("period").is_in(["2017", "2023"]))["value"].sum()
    assert country["2023"][0] == metropolitan + newest


def test_a_split_commune_has_no_past_and_its_departement_has(profile: pl.DataFrame) -> None:
    assert _figures(profile, "COM-15141", "population")["2022"] == (None, "O", "not_carried")
    assert _figures(profile, "COM-15031", "population_change") == {"2019/2023": (None, "O", "not_carried")}
    assert _figures(profile, "DEP-15", "population_change")["2019/2023"][1:] == ("A", None)


def test_a_merged_commune_has_the_sum_of_its_past(profile: pl.DataFrame) -> None:
    assert _figures(profile, "COM-69149", "population") == {
        "2019": (26553 + 10397, "A", None),
        "2020": (26994 + 10508, "A", None),
        "2021": (27113 + 10508, "E", "several_periods"),  # the count of 2021 of the commune absorbed is not known
        "2022": (37928, "A", None),
        "2023": (38168, "A", None),
    }


def test_where_the_contour_is_not_true_there_is_neither_area_nor_density(profile: pl.DataFrame) -> None:
    assert _figures(profile, "COM-15141", "area") == {"2026": (None, "O", "no_true_contour")}
    assert _figures(profile, "COM-15141", "density") == {"2023": (None, "O", "no_true_contour")}
    bretagne = load_shipped_cog()["REG-53"]
    assert _figures(profile, "REG-53", "density")["2023"][0] == pytest.approx(bretagne.density)


def test_the_newest_populations_are_those_of_the_table_of_territories(profile: pl.DataFrame) -> None:
    counts = profile.filter(indicator="population").filter(pl.col("period") == pl.col("period").max().over("territory"))
    known = load_shipped_cog().table.select(territory="id", population=pl.col("population").cast(pl.Float64))
    assert counts.join(known, on="territory").filter(pl.col("value") != pl.col("population")).is_empty()
    assert counts.height == known.height
