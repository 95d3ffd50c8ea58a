"""Reading the tables of territories: what is absent or damaged is named."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import polars as pl
import pytest
import yaml

from odd17.core.kernel import DataError
from odd17.core.territories import Level
from odd17.store.places import home, shipped
from odd17.store.territories import load_cog, load_shipped_cog

FOLDER = shipped() / "cog" / "2026"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "cog"))


def test_home_is_the_environments_else_var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    assert home() == tmp_path
    monkeypatch.setenv("ODD17_HOME", "")
    assert home() == Path("var")


def test_an_absent_table_is_named(copy: Path) -> None:
    (copy / "memberships.parquet").unlink()
    with pytest.raises(DataError, match=r"memberships\.parquet: the file is absent.*Remedy"):
        load_cog(copy)


def test_a_damaged_table_is_named(copy: Path) -> None:
    (copy / "territories.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(DataError, match=r"territories\.parquet: the file cannot be read"):
        load_cog(copy)


def test_a_missing_column_is_named(copy: Path) -> None:
    path = copy / "territories.parquet"
    pl.read_parquet(path).drop("slug").write_parquet(path)
    with pytest.raises(DataError, match=r"column 'slug': the column is missing"):
        load_cog(copy)


def test_the_shipped_cog_has_the_areas_of_the_shipped_geometry() -> None:
    cog = load_shipped_cog()
    path = shipped() / "geometry" / "2026" / "areas.parquet"
    if not path.exists():
        pytest.skip("the geometry has not been built")
    areas = pl.read_parquet(path)
    bretagne = areas.filter(id="REG-53")["area_km2"].item()
    assert cog["REG-53"].area_km2 == bretagne
    assert cog["COM-15141"].has_true_contour is False
    assert cog["COM-15141"].density is None
    assert cog.table["id"].to_list() == load_cog(FOLDER).table["id"].to_list()


def test_a_territory_whose_contour_was_not_measured_has_no_true_contour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FOLDER, tmp_path / "cog" / "2026")
    monkeypatch.setattr("odd17.store.territories.shipped", lambda: tmp_path)
    bare = load_shipped_cog()
    assert (bare["REG-53"].area_km2, bare["REG-53"].has_true_contour) == (None, True)
    (tmp_path / "geometry" / "2026").mkdir(parents=True)
    areas = pl.DataFrame({"id": ["REG-53"], "area_km2": [27_000.0], "has_true_contour": [True]})
    areas.write_parquet(tmp_path / "geometry" / "2026" / "areas.parquet")
    cog = load_shipped_cog()
    assert (cog["REG-53"].area_km2, cog["REG-53"].has_true_contour) == (27_000.0, True)
    assert (cog["REG-28"].area_km2, cog["REG-28"].has_true_contour) == (None, False)


def test_the_provenance_tells_the_true_counts_and_fingerprints() -> None:
    meta = yaml.safe_load((FOLDER / "cog.meta.yml").read_text(encoding="utf-8"))
    cog = load_cog(FOLDER)
    of_the_cog = [level for level in Level if level is not Level.OWN]
    assert {level.value: meta["counts"][level.value] for level in of_the_cog} == {
        level.value: len(cog.at(level)) for level in of_the_cog
    }
    assert meta["left_out_overseas_collectivities"] == {"communes": 94, "departements": 8, "regions": 8}
    assert "identical to 5.3.0 (2025)" in meta["note"]["en"]
    for name, digest in meta["files"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
