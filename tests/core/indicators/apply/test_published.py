"""Recipes applied to published files as they are, with figures read by hand from them."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import CatalogueEntry
from odd17.core.indicators.recombine import PERIMETERS, recombine
from odd17.core.indicators.source import Source
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import DataError
from odd17.core.territories import Cog

if TYPE_CHECKING:
    from .conftest import Bench


NURSES_OF_LYON = [
    (118.71, 22122.586), (243.411, 24161.087), (182.454, 76595.439), (116.336, 38871.973), (98.343, 54153.115),
    (161.258, 52766.297), (161.189, 60149.705), (175.26, 73475.615), (183.038, 43269.225),
]  # fmt: skip
"""The nine arrondissements of Lyon, read by eye: accessibility and standardised population."""


@pytest.fixture(scope="module")
def nurses(shared: Path) -> Path:
    return shared / "sources" / "samples" / "drees_apl" / "apl_infirmiers_2023_full.csv.gz"


@pytest.fixture(scope="module")
def of_nurses(nurses: Path, cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]) -> pl.DataFrame:
    raw = pl.read_csv(gzip.decompress(nurses.read_bytes()), infer_schema=False).slice(1)  # the row of units
    table = to_table(sources["drees-apl-nurses"], raw, period="2023")
    return apply(entries["apl_nurses"], sources, {"drees-apl-nurses": table}, cog).observations


def test_a_commune_has_the_figure_that_stands_in_the_file(bench: Bench, of_nurses: pl.DataFrame) -> None:
    found = bench.row(of_nurses, "COM-01001")
    assert found["value"] == pytest.approx(122.416)
    assert found["denominator"] == 751.084
    assert (found["period"], found["obs_status"], found["source"]) == ("2023", "A", "drees-apl-nurses")


def test_lyon_is_the_weighted_mean_of_its_nine_arrondissements(bench: Bench, of_nurses: pl.DataFrame) -> None:
    top = sum(value * people for value, people in NURSES_OF_LYON)
    bottom = sum(people for _, people in NURSES_OF_LYON)
    found = bench.row(of_nurses, "COM-69123")
    assert found["value"] == pytest.approx(top / bottom)
    assert found["denominator"] == pytest.approx(445565.042)
    assert of_nurses.filter(pl.col("territory") == "COM-69381").is_empty()


def test_departements_are_the_sums_of_the_rows_of_the_file(bench: Bench, of_nurses: pl.DataFrame, nurses: Path) -> None:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    with gzip.open(nurses, "rt", encoding="utf-8") as file:
        for row in list(csv.reader(file))[2:]:
            if row[0] and row[2] and row[3]:
                sums[row[0][:2]][0] += float(row[2]) * float(row[3])
                sums[row[0][:2]][1] += float(row[3])
    for code in ("48", "75", "2A", "53"):
        assert bench.row(of_nurses, f"DEP-{code}")["value"] == pytest.approx(sums[code][0] / sums[code][1]), code


def test_mayotte_is_not_available_and_france_is_the_rest(bench: Bench, of_nurses: pl.DataFrame) -> None:
    assert set(of_nurses.filter(pl.col("territory").str.starts_with("COM-976"))["obs_status"]) == {"L"}
    assert of_nurses.filter(pl.col("territory").is_in(["DEP-976", "REG-06"])).is_empty()
    france = bench.row(of_nurses, "FR")
    assert 150 < float(str(france["value"])) < 160
    assert france["obs_status"] == "E"  # communes split since then have no row


def test_uninhabited_communes_have_a_figure_that_cannot_exist(of_nurses: pl.DataFrame) -> None:
    nobody = of_nurses.filter((pl.col("level") == "COM") & (pl.col("obs_status") == "M"))
    assert nobody["denominator"].to_list() == [0.0] * nobody.height
    assert nobody.height == 3
    assert nobody["value"].null_count() == 3


def test_codes_whose_zero_was_eaten_are_refused(
    nurses: Path, cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    raw = pl.read_csv(gzip.decompress(nurses.read_bytes()), infer_schema=False).slice(1)
    eaten = raw.with_columns(pl.col("Code commune INSEE").str.strip_chars_start("0"))
    table = to_table(sources["drees-apl-nurses"], eaten, period="2023")
    with pytest.raises(DataError, match="are of no territory of level COM"):
        apply(entries["apl_nurses"], sources, {"drees-apl-nurses": table}, cog)
    half = to_table(sources["drees-apl-nurses"], raw.head(20_000), period="2023")
    with pytest.raises(DataError, match=r"of 34858 territories of level COM, under 95%"):
        apply(entries["apl_nurses"], sources, {"drees-apl-nurses": half}, cog)


def _melodi(path: Path) -> pl.DataFrame:
    rows = []
    for item in json.loads(path.read_bytes())["observations"]:
        (measure,) = item["measures"].values()
        rows.append(item["dimensions"] | {"OBS_VALUE": measure.get("value")} | item.get("attributes", {}))
    table = pl.DataFrame(rows)
    return table.with_columns(GEO_OBJECT=pl.col("GEO").str.split("-").list.get(1))


def test_the_population_of_nantes_metropole_is_the_sum_of_its_24_communes(
    shared: Path, cog: Cog, sources: dict[str, Source]
) -> None:
    raw = _melodi(shared / "sources" / "samples" / "melodi" / "get_local_data_by_com_popref.2.json")
    table = to_table(sources["insee-populations"], raw).filter(pl.col("POPREF_MEASURE") == "PMUN").collect()
    assert dict(table.select("code", "OBS_VALUE").iter_rows())["44109"] == 327734
    parts = table.select(
        "code", "period", numerator="OBS_VALUE", denominator=pl.lit(None, pl.Float64), obs_status=pl.lit("A"),
        conf_status=pl.lit("F"),
    )  # fmt: skip
    own = cog.memberships.filter(pl.col("epci") == "244400404").select(
        code="commune", territory=pl.lit("EPCI-244400404"), weight=pl.lit(1.0)
    )
    found = recombine(parts, own.select(list(PERIMETERS)), is_count=True).row(0, named=True)
    assert (found["numerator"], found["communes"], found["period"]) == (689456, 24, "2023")


def test_the_first_rows_of_the_facilities_keep_their_level_and_year(shared: Path, sources: dict[str, Source]) -> None:
    path = shared / "sources" / "samples" / "insee_bpe" / "DS_BPE_2024_data_head.csv"
    table = to_table(sources["insee-bpe"], pl.read_csv(path, separator=";", infer_schema=False)).collect()
    first = table.row(0, named=True)
    assert (first["level"], first["code"], first["period"]) == ("DEP", "67", "2024")
    assert (first["FACILITY_TYPE"], first["OBS_VALUE"], first["obs_status"]) == ("F105", "3", None)
    assert table.height == 5
