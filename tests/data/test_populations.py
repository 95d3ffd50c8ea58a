"""The shipped populations, against INSEE's own file of 2021 and against its movements between communes."""

from __future__ import annotations

import csv
import gzip
import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from odd17.core.territories import CURRENT_VINTAGE, FORMER_COMMUNES, POPULATIONS
from odd17.store.documents import read_document
from odd17.store.movements import read_movements
from odd17.store.places import shipped

FOLDER = shipped() / "cog" / str(CURRENT_VINTAGE)


@pytest.fixture(scope="module")
def meta() -> dict[str, Any]:
    return read_document(FOLDER / "populations.meta.yml", "provenance")


@pytest.fixture(scope="module")
def populations() -> pl.DataFrame:
    return pl.read_parquet(FOLDER / "populations.parquet")


def test_the_file_is_the_one_that_its_provenance_names(meta: dict[str, Any], populations: pl.DataFrame) -> None:
    names = ("populations.parquet", "former_communes.parquet")
    assert meta["files"] == {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in names}
    assert populations.schema == pl.Schema(POPULATIONS)
    assert (FOLDER / "populations.parquet").stat().st_size < 700_000


def test_a_former_commune_leads_to_one_of_today(populations: pl.DataFrame) -> None:
    former = pl.read_parquet(FOLDER / "former_communes.parquet")
    assert former.schema == pl.Schema(FORMER_COMMUNES)
    today = populations["territory"].unique().to_list()
    assert not former["code"].is_duplicated().any()
    assert set("COM-" + former["commune"]) <= set(today)
    assert not set("COM-" + former["code"]) & set(today)
    assert former.filter(code="59355").row(0) == ("59355", "Lomme", "59350")


def test_every_missing_or_reserved_count_says_why(populations: pl.DataFrame) -> None:
    reserved = populations.filter((pl.col("obs_status") != "A") | pl.col("population").is_null())
    assert reserved["note"].null_count() == 0
    assert populations.filter(pl.col("population").is_null())["note"].unique().to_list() == ["not_carried"]


def test_the_sums_hold_the_people_of_all_communes(populations: pl.DataFrame) -> None:
    """Nobody is lost but in communes that were split: their people count in their département, not in themselves."""
    level = pl.col("territory").str.split("-").list.first()
    by_level = (
        populations.filter(pl.col("period") != "2017")
        .group_by("period", level.alias("level"))
        .agg(pl.col("population").sum())
    )
    wide = by_level.pivot("level", index="period", values="population")
    for row in wide.iter_rows(named=True):
        assert row["DEP"] == row["REG"] == row["FR"] - 256_518  # of Mayotte, in 2017
        assert 0 <= row["DEP"] - row["COM"] < 15_000


def test_the_counts_of_2021_are_those_of_insee(populations: pl.DataFrame, shared: Path) -> None:
    path = shared / "sources" / "samples" / "cog" / "donnees_communes_popref_2021.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        insee = {f"COM-{row['COM']}": int(row["PMUN"]) for row in csv.DictReader(file, delimiter=";")}
    ours = populations.filter(period="2021", obs_status="A").filter(pl.col("territory").is_in(list(insee)))
    movements = read_movements(shared / "data" / "cogiter" / "mvtcommunes_2025.csv.gz")
    origins = movements.passage(2023, CURRENT_VINTAGE).origins
    assert ours.height > 34_700
    for territory, population in ours.select("territory", "population").iter_rows():
        code = territory.removeprefix("COM-")
        parts = origins[code].communes if code in origins else [code]
        assert population == sum(insee[f"COM-{part}"] for part in parts), territory


def test_what_became_of_each_commune_is_what_insee_says(
    meta: dict[str, Any], populations: pl.DataFrame, shared: Path
) -> None:
    movements = read_movements(shared / "data" / "cogiter" / "mvtcommunes_2025.csv.gz")
    passage = movements.passage(2021, CURRENT_VINTAGE)
    successors = passage.successors()
    inferred, untold, split = meta["inferred_absorbers"], meta["absorbers_not_told"], meta["split"]
    assert {code: successors[code] for code in inferred} == {code: [after] for code, after in inferred.items()}
    assert all(set(successors[code]) <= set(candidates) for code, candidates in untold.items())
    assert {code: set(successors[code]) for code in split} == {code: set(parts) for code, parts in split.items()}
    lost = populations.filter(period="2019", note="not_carried")["territory"].to_list()
    broken = {f"COM-{code}" for code, origin in passage.origins.items() if not origin.is_whole}
    assert set(lost) == broken
