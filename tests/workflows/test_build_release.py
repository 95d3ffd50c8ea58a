"""Building a release: the same inputs give the same bytes, and inputs that contradict each other are refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import yaml

from odd17.core.diagnosis.scoring import replay_scores
from odd17.core.kernel import DataError, ReleaseError
from odd17.core.territories import Cog
from odd17.store.inputs import shipped_inputs
from odd17.store.releases import Release, current_release, layout, verify
from odd17.store.territories import load_shipped_cog
from odd17.workflows import build_release as build
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset

Import = Callable[..., None]


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def bring(home: Path, tmp_path: Path, cog: Cog) -> Import:
    """Imports a file of one indicator: ``rows`` are code and value."""

    def bring(
        id: str,
        rows: dict[str, object],
        *,
        level: str = "DEP",
        indicator: str = "some_rate",
        vintage: int | None = 2026,
        period: str = "2022",
        unit: str = "per_1000",
        name: str = "A rate",
        into: Path | None = None,
    ) -> None:
        file, dataset = tmp_path / f"{id}.csv", tmp_path / f"{id}.yml"
        file.write_text("code,value\n" + "".join(f"{code},{value}\n" for code, value in rows.items()), encoding="utf-8")
        document = {
            "id": id,
            "title": "Made up for a test",
            "source": {
                "producer": "Nobody",
                "citation": "Nobody, made up",
                "licence": "CC0-1.0",
                "published": "2026-04-01",
            },
            "territories": {"column": "code", "level": level, "vintage": vintage or "unknown"},
            "period": period,
            "columns": {"value": indicator},
            "indicators": {
                indicator: {
                    "name": {"fr": "Un taux", "en": name},
                    "definition": {"fr": "Inventé.", "en": "Made up."},
                    "unit": unit,
                    "direction": "fragility_up",
                    "domain": "health",
                }
            },
        }
        dataset.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        import_dataset(file, dataset, home=home if into is None else into, cog=cog)

    return bring


def _bytes(release: Path) -> dict[str, bytes]:
    return {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in release.rglob("*")
        if path.is_file() and path.name != layout.MANIFEST
    }


def _built_elsewhere(home: Path, threads: int) -> Path:
    code = "import sys; from pathlib import Path; from odd17.workflows.build_release import build_release as b; "
    code += "print(b(home=Path(sys.argv[1])).path)"
    environment = os.environ | {
        "POLARS_MAX_THREADS": str(threads),
        "PYTHONHASHSEED": str(threads),
        "TZ": f"Etc/GMT+{threads}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], env=environment, capture_output=True, text=True, check=True
    )
    return Path(done.stdout.strip())


def test_the_same_inputs_give_the_same_bytes_whatever_the_home_the_threads_and_the_hashes(
    tmp_path: Path, bring: Import, cog: Cog
) -> None:
    homes = [tmp_path / "one", tmp_path / "another"]
    codes = [cog[id].code for id in cog.at("COM")]
    for home in homes:
        bring("communes", {code: place % 997 for place, code in enumerate(codes)}, level="COM", into=home)
    first, second = (_built_elsewhere(home, threads) for home, threads in zip(homes, (1, 2), strict=True))
    assert first != second
    assert first.name == second.name
    assert _bytes(first) == _bytes(second)
    manifests = [json.loads((path / layout.MANIFEST).read_bytes()) for path in (first, second)]
    for manifest in manifests:
        del manifest["created"]
    assert manifests[0] == manifests[1]


def test_the_identifier_is_the_date_of_the_newest_input_and_changes_with_the_inputs(home: Path, bring: Import) -> None:
    shipped = build_release(home=home)
    assert shipped.id.startswith("2026-03-09-")
    bring("rates", {"35": 4.5, "29": 3})
    with_rates = build_release(home=home)
    assert with_rates.id.startswith("2026-04-01-")
    assert with_rates.manifest["newest_input"] == "2026-04-01"
    bring("rates", {"35": 4.6, "29": 3})
    assert build_release(home=home).id not in (shipped.id, with_rates.id)


@pytest.mark.parametrize("field", ["citation", "licence", "note"])
def test_a_corrected_mention_makes_another_release(
    home: Path, monkeypatch: pytest.MonkeyPatch, shipped_release: Release, field: str
) -> None:
    first, *others = shipped_inputs()
    corrected = replace(first, provenance=replace(first.provenance, **{field: "As it should have been"}))
    monkeypatch.setattr(build, "shipped_inputs", lambda: [corrected, *others])
    release = build_release(home=home)
    assert release.id != shipped_release.id
    assert release.manifest["inputs"][0][field] == "As it should have been"
    assert (release.path / layout.SCORES).read_bytes() == (shipped_release.path / layout.SCORES).read_bytes()


def test_a_corrected_definition_makes_another_release(
    home: Path, monkeypatch: pytest.MonkeyPatch, shipped_release: Release
) -> None:
    inputs = shipped_inputs()
    changed = [
        replace(item, indicators={id: replace(each, decimals=3) for id, each in item.indicators.items()})
        for item in inputs
    ]
    monkeypatch.setattr(build, "shipped_inputs", lambda: changed)
    assert build_release(home=home).id != shipped_release.id


def test_building_again_from_the_same_inputs_writes_nothing(home: Path) -> None:
    first = build_release(home=home)
    before = {path: path.stat().st_mtime_ns for path in first.path.rglob("*")}
    steps: list[str] = []
    again = build_release(home=home, progress=lambda step, done, total: steps.append(step))
    assert again.id == first.id
    assert {path: path.stat().st_mtime_ns for path in first.path.rglob("*")} == before
    assert set(steps) == {"inputs"}


def test_imported_figures_are_in_the_release_with_their_source(home: Path, bring: Import) -> None:
    bring("rates", {"35": 4.5, "29": 3})
    release = build_release(home=home)
    rows = release.observations(indicators=["some_rate"])
    assert rows.select("territory", "value", "source").rows() == [("DEP-29", 3.0, "rates"), ("DEP-35", 4.5, "rates")]
    export = pl.read_parquet(release.path / "exports" / "DEP.parquet").filter(pl.col("indicator") == "some_rate")
    assert set(export["citation"]) == {"Nobody, made up"}
    imported = next(item for item in release.manifest["inputs"] if item["id"] == "rates")
    assert imported["kind"] == "imported"
    assert set(imported["files"]) == {"observations.parquet", "indicators.json", "provenance.json"}


def test_a_figure_in_two_datasets_is_refused_and_both_are_named(home: Path, bring: Import) -> None:
    release = build_release(home=home)
    bring("first", {"35": 4.5, "29": 3})
    bring("second", {"35": 4.6, "22": 3})
    with pytest.raises(DataError, match=r"'first' and 'second' both give some_rate of DEP-35 for 2022.*Remedy"):
        build_release(home=home)
    assert current_release(home).id == release.id


def test_two_datasets_may_share_an_indicator_for_different_territories(home: Path, bring: Import) -> None:
    bring("first", {"35": 4.5})
    bring("second", {"22": 3})
    rows = build_release(home=home).observations(indicators=["some_rate"])
    assert rows["source"].to_list() == ["second", "first"]


def test_two_definitions_of_one_indicator_are_refused(home: Path, bring: Import) -> None:
    bring("first", {"35": 4.5})
    bring("second", {"22": 3}, name="Another rate", unit="ratio")
    with pytest.raises(DataError, match=r"'first' and 'second' define this indicator differently \(name, unit\)"):
        build_release(home=home)


def test_a_damaged_snapshot_is_named(home: Path, bring: Import) -> None:
    bring("rates", {"35": 4.5})
    (path,) = (home / "datasets" / "rates").glob("*/observations.parquet")
    path.write_bytes(b"PAR1")
    with pytest.raises(
        DataError, match=r"observations\.parquet: the snapshot cannot be read.*import the dataset again"
    ):
        build_release(home=home)


def test_figures_of_an_unknown_vintage_are_kept_and_say_that_nobody_checked(home: Path, bring: Import) -> None:
    bring("rates", {"200039915": 4.5}, level="EPCI", vintage=None)
    release = build_release(home=home)
    row = release.observations(indicators=["some_rate"]).row(0, named=True)
    assert (row["vintage"], row["value"], row["note"]) == (2026, 4.5, "perimeter_unverified")
    assert release.carried().select("source", "territory", "outcome").rows() == [
        ("rates", "EPCI-200039915", "perimeter_unverified")
    ]
    assert release.manifest["counts"]["carried"] == [
        {
            "source": "rates",
            "vintage": 0,
            "level": "EPCI",
            "outcome": "perimeter_unverified",
            "territories": 1,
            "figures": 1,
        }
    ]


def test_every_figure_is_of_the_current_vintage(shipped_release: Release) -> None:
    assert set(shipped_release.observations()["vintage"]) == {2026}


def test_the_method_log_replays_to_the_scores_that_were_kept(shipped_release: Release) -> None:
    release = shipped_release
    kept = release.scores(peer_set="REG-metropolitan")
    assert kept.equals(replay_scores(release.method_log("REG-metropolitan"), release.observations(), release.cog))


def test_domains_have_scores_and_the_whole_is_refused(shipped_release: Release) -> None:
    overall = shipped_release.scores(peer_set="REG-metropolitan", nodes=["overall"])
    assert overall["score"].null_count() == 13
    assert set(overall["reason"]) == {"too_many_missing"}
    employment = shipped_release.scores(peer_set="REG-metropolitan", nodes=["employment"])
    assert employment["score"].null_count() == 0


def test_maps_are_drawn_from_what_was_written_and_kept_with_the_rest(home: Path) -> None:
    plain = build_release(home=home)

    def draw(release: Release, tell: Callable[[str, int, int], None]) -> Iterator[tuple[str, bytes]]:
        tell("maps", 0, 1)
        count = release.scores(peer_set="REG-metropolitan", nodes=["employment"]).height
        yield "fr/REG/employment.svg", f"<svg data-of='{count}' data-release='{release.id}'/>".encode()

    drawn = build_release(home=home, draw=draw)
    assert drawn.id != plain.id
    path = drawn.map_path("fr", "REG", "employment")
    assert path is not None
    assert path.read_text(encoding="utf-8") == f"<svg data-of='13' data-release='{drawn.id}'/>"
    assert drawn.map_path("en", "REG", "employment") is None
    assert verify(drawn) == ()


def test_a_drawing_that_fails_leaves_the_old_release_serving(home: Path) -> None:
    plain = build_release(home=home)

    def draw(release: Release, tell: Callable[[str, int, int], None]) -> Iterator[tuple[str, bytes]]:
        raise RuntimeError("the engine stopped")

    with pytest.raises(RuntimeError, match="the engine stopped"):
        build_release(home=home, draw=draw)
    assert current_release(home).id == plain.id
    assert sorted(path.name for path in plain.path.parent.iterdir()) == [".lock", plain.id, "CURRENT"]


def test_progress_tells_each_step_from_its_beginning_to_its_end(home: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_release(home=home, progress=lambda step, done, total: told.append((step, done, total)))
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["inputs", "tables", "scores", "exports", "publish"]
    for name in steps:
        own = [(done, total) for step, done, total in told if step == name]
        assert own[0][0] == 0
        assert own[-1][0] == own[-1][1]


def test_a_frame_that_does_not_fit_is_refused_before_anything_is_written(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "frame.yml"
    path.write_text("id: nothing\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"frame\.yml"):
        build_release(home=home, frame=path)
    with pytest.raises(ReleaseError, match="No release"):
        current_release(home)


def test_names_that_a_spreadsheet_would_run_are_guarded_in_the_csv_alone(home: Path, bring: Import) -> None:
    bring("rates", {"35": 4.5}, name='=HYPERLINK("x")')
    release = build_release(home=home)
    csv = release.export_path("DEP", "csv")
    assert csv is not None
    name = pl.read_csv(csv).filter(pl.col("indicator") == "some_rate")["indicator_name_en"].item()
    assert name == '\'=HYPERLINK("x")'
    parquet = pl.read_parquet(release.path / "exports" / "DEP.parquet")
    assert parquet.filter(pl.col("indicator") == "some_rate")["indicator_name_en"].item() == '=HYPERLINK("x")'
