"""Files as offices published them, each with its dataset file; a few figures were read by hand in each."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from odd17.core.kernel import DataError
from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_dataset import Imported, check, import_dataset

DATASETS = Path(__file__).parent / "datasets"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


def load(shared: Path, home: Path, cog: Cog, file: str, dataset: str) -> Imported:
    path = shared / "data" / file
    done = import_dataset(path, DATASETS / f"{dataset}.yml", home=home, cog=cog, catalogue={})
    assert (done.snapshot.path / "raw" / path.name).read_bytes() == path.read_bytes()
    return done


def value(done: Imported, territory: str, indicator: str, period: str) -> float | None:
    (row,) = (
        done.observations()
        .filter((pl.col("territory") == territory) & (pl.col("indicator") == indicator) & (pl.col("period") == period))
        .collect()
        .rows(named=True)
    )
    found: float | None = row["value"]
    return found


def test_young_people_by_epci_of_an_older_vintage(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "anct-barometre-cohesion/carte_1_5.csv", "neet-epci")
    assert value(done, "EPCI-200000172", "neet_share", "2009") == 17.0
    assert value(done, "EPCI-200000172", "neet_share", "2014") == 15.8
    assert value(done, "EPCI-200000438", "neet_share", "2014") == 14.7
    (level,) = done.findings.levels
    assert (level.matched, len(level.unknown)) == (1232, 27)
    assert done.observations().collect()["vintage"].unique().to_list() == [2018]


def test_what_would_be_carried_of_it(shared: Path, cog: Cog) -> None:
    path = shared / "data" / "anct-barometre-cohesion" / "carte_1_5.csv"
    found = check(path, DATASETS / "neet-epci.yml", cog=cog, catalogue={})
    assert found.carried == {"kept": 0, "gone": 27, "perimeter_unverified": 1232}


def test_long_term_unemployment_by_departement(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "anct-barometre-cohesion/carte_2_4.csv", "long-term-unemployment")
    assert value(done, "DEP-01", "long_term_unemployed", "2013") == 36.6
    assert value(done, "DEP-02", "long_term_unemployed", "2017") == 50.8
    assert [(item.period, item.present, item.absent) for item in done.findings.measures] == [
        ("2013", 100, {"not_available": 1}),
        ("2017", 100, {"not_available": 1}),
    ]


def test_volunteers_where_one_departement_is_empty(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "anct-barometre-cohesion/carte_5_1.csv", "volunteers")
    assert value(done, "DEP-01", "active_volunteers", "2015") == 7.99
    assert done.findings.measures[0].absent == {"not_available": 1}


ZONES = ["carte_1_1", "carte_3_1", "carte_4_4", "carte_5_3", "carte_6_5"]


@pytest.mark.parametrize("name", ZONES)
def test_employment_zones_are_a_level_that_odd17_lacks(shared: Path, cog: Cog, name: str) -> None:
    path = shared / "data" / "anct-barometre-cohesion" / f"{name}.csv"
    with pytest.raises(DataError, match=r"REG.*DEP.*EPCI.*COM") as caught:
        check(path, DATASETS / "employment-zones.yml", cog=cog)
    assert (caught.value.value, caught.value.column) == ("ZE", "territories/level")


@pytest.mark.parametrize("level", ["REG", "DEP", "EPCI", "COM"])
@pytest.mark.parametrize("name", ZONES)
def test_employment_zones_called_something_else(shared: Path, tmp_path: Path, cog: Cog, name: str, level: str) -> None:
    text = (DATASETS / "employment-zones.yml").read_text(encoding="utf-8")
    dataset = tmp_path / "zones.yml"
    dataset.write_text(text.replace("level: ZE", f"level: {level}"), encoding="utf-8")
    found = check(shared / "data" / "anct-barometre-cohesion" / f"{name}.csv", dataset, cog=cog)
    assert [f"are not codes of the level {level}" in item.message for item in found.errors] == [True]


def test_regions_and_departements_stacked_in_one_sheet(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "itdd/ITDD-DonneesDetaillees.xls", "itdd-social")
    assert value(done, "REG-11", "life_expectancy_men", "2014") == 80.8
    assert value(done, "DEP-01", "life_expectancy_men", "2008") == 78.4
    assert value(done, "DEP-02", "poverty_rate", "2013") == 18.6
    assert value(done, "REG-11", "young_not_integrated", "2013") == 18.986067142
    assert value(done, "REG-02", "poverty_rate", "2013") is None
    assert [(item.level, item.matched, item.unknown) for item in done.findings.levels] == [
        ("REG", 18, ()),
        ("DEP", 101, ()),
    ]
    assert done.findings.left_out == 6


def test_marks_of_missing_tell_their_kind(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "itdd/ITDD-DonneesDetaillees.xls", "itdd-environment")
    assert value(done, "REG-11", "aggregates_tonnes", "2013") == 14_400_000
    assert value(done, "DEP-02", "aggregates_tonnes", "2013") == 2_300_000
    absent = done.observations().filter(pl.col("value").is_null()).collect()
    assert dict(absent.group_by("obs_status").len().iter_rows()) == {"L": 10, "O": 2}


def test_records_with_decimal_commas_and_thin_spaces(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "illectronisme/illectronisme-insee.json", "illectronisme")
    assert value(done, "EPCI-200018083", "digital_illiteracy_rate", "2019") == 18.7
    assert value(done, "EPCI-200018083", "digital_illiteracy_people", "2019") == 3346
    assert value(done, "EPCI-200042190", "digital_illiteracy_people", "2019") == 21889
    assert done.findings.rows == 93


def test_communes_with_the_parts_of_their_ratios(shared: Path, tmp_path: Path, cog: Cog) -> None:
    done = load(shared, tmp_path, cog, "questionr/rp2012.csv.gz", "census-2012")
    row = done.observations().filter(
        (pl.col("territory") == "COM-01004") & (pl.col("indicator") == "census_unemployment")
    ).collect().row(0, named=True)  # fmt: skip
    assert (row["value"], row["numerator"], row["denominator"]) == (14.234663490172721, 956, 6716)
    assert value(done, "COM-01004", "census_population", "2012") == 14233
    assert done.snapshot.observations == 3 * 5170
    assert done.findings.warnings == ()
