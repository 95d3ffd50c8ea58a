"""Reading a release: filters, definitions, logs, files."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import polars as pl
import pytest

from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import ReleaseError
from odd17.store.frames import read_frame
from odd17.store.places import shipped
from odd17.store.releases import Release, layout
from odd17.store.releases.exports import EXPORT_COLUMNS
from odd17.workflows.diagnose import diagnose


def test_observations_pass_every_filter(whole: Release) -> None:
    everything = whole.observations()
    assert everything.schema == pl.Schema(OBSERVATIONS)
    kept = whole.observations(territories=["REG-53", "FRM"], indicators=["unemployment_rate", "area"])
    assert kept.select("territory", "indicator").rows() == [
        ("FRM", "area"),
        ("FRM", "unemployment_rate"),
        ("REG-53", "area"),
        ("REG-53", "unemployment_rate"),
    ]
    assert whole.observations(level="DEP", indicators=["area"]).height == 101
    assert whole.observations(level="FRM", columns=["value", "period"]).columns == ["value", "period"]
    assert whole.observations(territories=["REG-53"], level="DEP").is_empty()
    assert whole.observations(territories=[]).is_empty()
    assert whole.observations(territories=["COM-00000"]).is_empty()


def test_filters_take_any_iterable_once(whole: Release) -> None:
    ids = (id for id in ("REG-53", "REG-53"))
    assert whole.observations(territories=ids).height == 18  # ten of the report, eight of the profile


def test_observations_and_scores_are_sorted(whole: Release) -> None:
    observations = whole.observations()
    assert observations.equals(observations.sort(layout.OBSERVATION_ORDER))
    scores = whole.scores()
    assert scores.equals(scores.sort(layout.SCORE_ORDER))


def test_scores_pass_every_filter(whole: Release) -> None:
    assert whole.scores().schema == pl.Schema(SCORES)
    worst = whole.scores(peer_set="REG-metropolitan", nodes=["employment"]).filter(pl.col("rank") == 1)
    assert worst["territory"].to_list() == ["REG-32"]
    assert whole.scores(territories=["REG-32"], nodes=["employment"])["score"].to_list() == [100.0]
    assert whole.scores(peer_set="COM").is_empty()


def test_scores_of_an_older_release_have_every_column(whole: Release, tmp_path: Path) -> None:
    pl.read_parquet(whole.path / layout.SCORES).drop("rank_low", "rank_overlaps").write_parquet(
        tmp_path / layout.SCORES
    )
    older = Release(tmp_path, whole.manifest).scores(territories=["REG-32"])
    assert older.schema == pl.Schema(SCORES)
    assert older["rank_low"].null_count() == older.height == 21


def test_a_release_of_an_older_form_is_read_with_what_it_lacks_empty(release: Release) -> None:
    for name, lacking in (
        (layout.SCORES, ("rank_low", "rank_median", "rank_high", "rank_overlaps", "class_rank")),
        (layout.OBSERVATIONS, ("note", "conf_status")),
        (layout.CARRIED, ("rows",)),
        (layout.TERRITORIES, ("area_km2", "has_true_contour", "other_parents")),
    ):
        pl.read_parquet(release.path / name).drop(lacking).write_parquet(release.path / name)
    older = Release(release.path, {name: value for name, value in release.manifest.items() if name != "format"})
    scores = older.scores(territories=["REG-32"], peer_set="REG-metropolitan")
    assert (scores.schema, scores["class_rank"].null_count()) == (pl.Schema(SCORES), scores.height)
    figures = older.observations(territories=["REG-32"], indicators=["unemployment_rate"])
    assert (figures["value"].to_list(), figures["note"].to_list()) == ([10.8], [None])
    assert "rows" in older.carried().columns
    assert (older.cog["REG-32"].area_km2, older.cog["REG-32"].other_parents) == (None, ())
    found = diagnose(older, "REG-32")
    assert next(item.score.rank for item in found.domains if item.domain.id == "employment").value == 1


def test_definitions_are_those_that_were_given(whole: Release) -> None:
    assert len(whole.indicators) == 14
    assert whole.indicators["housing_report"].direction_status == "inferred"
    assert whole.frame == read_frame(shipped() / "frames" / "report-2019.yml")
    assert whole.cog["REG-53"].name == "Bretagne"
    assert {check["indicator"] for check in whole.checks if not check["passed"]} == {
        "ageing_report",
        "co2_per_inhabitant",
        "enterprise_change",
    }


def test_every_peer_set_has_its_method_log(whole: Release) -> None:
    assert "REG-metropolitan" in whole.peer_sets
    assert whole.method_log("REG-metropolitan")["frame"] == "report-2019"
    with pytest.raises(ReleaseError, match=r"no scores among '\.\./frame'"):
        whole.method_log("../frame")


def test_files_are_found_by_what_they_are(whole: Release) -> None:
    assert whole.export_path("REG", "parquet") == whole.path / "exports" / "REG.parquet"
    assert whole.export_path("REG", "xlsx") is None
    assert whole.export_path("../REG", "parquet") is None
    assert whole.map_path("fr", "REG", "employment") is None


def test_a_file_that_went_is_said_to_be_damage(release: Release) -> None:
    (release.path / layout.OBSERVATIONS).unlink()
    (release.path / layout.CHECKS).write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"damaged.*odd17 release verify"):
        release.observations()
    with pytest.raises(ReleaseError, match=r"damaged.*checks\.json"):
        _ = release.checks


def test_exports_stand_alone(whole: Release) -> None:
    path = whole.export_path("REG", "csv")
    assert path is not None
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    assert not text.startswith("\ufeff")
    assert text.splitlines()[0] == ",".join(EXPORT_COLUMNS)
    read = pl.read_csv(text.encode(), schema_overrides={"territory": pl.String})
    row = read.filter(pl.col("territory") == "REG-32", pl.col("indicator") == "unemployment_rate").row(0, named=True)
    assert row["value"] == 10.8
    assert row["territory_name"] == "Hauts-de-France"
    assert (row["unit"], row["period"], row["obs_status"]) == ("percent", "2019-Q1", "V")
    assert row["citation"].startswith("Etude IMPACT - Territoires – Comis-Le RAMEAU")
    assert row["release"] == whole.id
    columns = pl.read_parquet(whole.path / "exports" / "REG.parquet")
    assert columns.height == read.height == whole.observations(level="REG").height


def test_the_manifest_is_a_data_package(whole: Release) -> None:
    manifest = json.loads((whole.path / layout.MANIFEST).read_bytes())
    assert re.fullmatch(r"[-a-z0-9._/]+", manifest["name"])
    names = [resource["name"] for resource in manifest["resources"]]
    assert len(set(names)) == len(names)
    for resource in manifest["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert not Path(resource["path"]).is_absolute()
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"])
        assert (whole.path / resource["path"]).stat().st_size == resource["bytes"]
        if resource["format"] in ("parquet", "csv"):
            assert {field["type"] for field in resource["schema"]["fields"]} <= {
                "string", "integer", "number", "boolean", "array",
            }  # fmt: skip


def test_the_manifest_tells_the_inputs_and_what_was_left_out(whole: Release) -> None:
    inputs = {item["id"]: item for item in whole.manifest["inputs"]}
    assert set(inputs) == {"cog-2026", "geometry-2026", "populations-2026", "report-2019"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for item in inputs.values() for digest in item["files"].values())
    assert len(inputs["report-2019"]["about"]["left_out"]) == 5
    assert whole.manifest["frame"] == "report-2019"
    assert whole.manifest["seed"] == 17
    assert whole.manifest["counts"]["observations"] == whole.observations().height


def test_no_path_of_the_machine_stands_in_a_release(whole: Release) -> None:
    for path in whole.path.rglob("*.json"):
        assert str(whole.path.parent.parent) not in path.read_text(encoding="utf-8")
