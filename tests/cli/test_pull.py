"""``odd17 data pull`` from end to end: real figures of a real workbook, from a web of this machine to a release."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
import xlsxwriter

from odd17.cli import pull as command
from odd17.workflows.pull_status import read_status

COMPOSED = Path(__file__).resolve().parent.parent / "store" / "connectors" / "composed"
PORTAL = "data.drees.solidarites-sante.gouv.fr/api/explore/v2.1/catalog/datasets"
DREES = f"{PORTAL}/530_l-accessibilite-potentielle-localisee-apl"
NURSES = f"{DREES}/attachments/indicateur_d_apl_aux_infirmieres_xlsx"
MOVEMENTS = "www.insee.fr/fr/statistiques/fichier/8740222/v_mvt_commune_2026.csv"


def odd17(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ODD17_HOME": str(home), "COLUMNS": "140"}
    command = [sys.executable, "-m", "odd17", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def workbook(shared: Path) -> bytes:
    """The recorded sheet of 2023, laid out as the published workbook is: header in row 9, units in row 10."""
    with gzip.open(
        shared / "sources/samples/drees_apl/apl_infirmiers_2023_full.csv.gz", "rt", encoding="utf-8"
    ) as file:
        rows = list(csv.reader(file))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True})
    book.add_worksheet("Paramètres").write(0, 0, "APL")
    sheet = book.add_worksheet("APL 2023")
    sheet.write(0, 0, "Accessibilité potentielle localisée (APL) aux infirmières")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row[:5]):
            if column >= 2 and at >= 2 and cell:
                sheet.write_number(8 + at, column, float(cell))
            else:
                sheet.write_string(8 + at, column, cell)
    book.close()
    return out.getvalue()


@pytest.mark.shared
def test_pull_brings_real_figures_into_a_release(web, reply, shared, tmp_path):
    moves = gzip.decompress((shared / "sources/samples/cog/v_mvt_commune_2025_cogiter.csv.gz").read_bytes())
    web.put(MOVEMENTS, reply(moves, headers={"ETag": '"moves"', "Content-Type": "text/csv"}))
    web.put(f"{DREES}/attachments", reply((COMPOSED / "ods-attachments.json").read_bytes()))
    book = workbook(shared)
    web.put(NURSES, reply(status=429, headers={"Retry-After": "0"}), reply(book, headers={"ETag": '"apl"'}))
    pull = ("data", "pull", "--mirror", web.address, "--indicator", "apl_nurses")

    first = odd17(tmp_path, *pull, "--build")
    assert first.returncode == 0, first.stderr
    assert "fetched" in first.stdout
    assert "is built; it is now the current one" in first.stdout
    kept = list((tmp_path / "raw" / "drees-apl-nurses").glob("*/fetch.json"))
    note = json.loads(kept[0].read_bytes())
    assert (kept[0].parent / note["name"]).read_bytes() == book
    assert kept[0].parent.name == note["sha256"][:12]
    status = json.loads((tmp_path / "pull.json").read_bytes())
    assert (status["state"], status["doing"], status["failed"]) == ("done", "release", [])
    assert status["release"] in first.stdout

    release = tmp_path / "releases" / status["release"] / "observations.parquet"
    figures = pl.read_parquet(release).filter(pl.col("indicator") == "apl_nurses")
    values = dict(figures.select("territory", "value").iter_rows())
    # read by hand in the workbook
    assert values["COM-01001"] == pytest.approx(122.416)
    assert set(figures["level"]) == {"COM", "EPCI", "DEP", "REG", "FR"}
    paris = figures.filter(pl.col("territory") == "COM-75056")
    assert paris["value"][0] == pytest.approx(weighted(shared, "751"))
    assert values["DEP-75"] == pytest.approx(values["COM-75056"])
    assert values["DEP-2A"] == pytest.approx(weighted(shared, "2A"))

    # never fetched twice: the server is only asked whether anything changed
    web.put(MOVEMENTS, reply(status=304))
    web.put(NURSES, lambda headers: reply(status=304 if headers.get("if-none-match") == '"apl"' else 200, body=b"no"))
    second = odd17(tmp_path, *pull, "--build")
    assert second.returncode == 0, second.stderr
    assert "Everything is up to date" in second.stdout


def weighted(shared: Path, prefix: str) -> float:
    """The mean of a group of communes, weighted by standardised population, straight from the recorded sheet."""
    path = shared / "sources/samples/drees_apl/apl_infirmiers_2023_full.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row[0].startswith(prefix)]
    people = [float(row[3]) for row in rows]
    return sum(float(row[2]) * count for row, count in zip(rows, people, strict=True)) / sum(people)


@pytest.mark.shared
def test_a_source_that_fails_leaves_the_others_in(web, reply, shared, tmp_path):
    web.put(f"{DREES}/attachments", reply((COMPOSED / "ods-attachments.json").read_bytes()))
    web.put(NURSES, reply(workbook(shared)))
    done = odd17(
        tmp_path, "data", "pull", "--mirror", web.address, "--indicator", "apl_nurses", "--indicator", "apl_midwives"
    )
    assert done.returncode == 1
    assert list((tmp_path / "datasets").glob("drees-apl-nurses/CURRENT"))
    assert not (tmp_path / "datasets" / "drees-apl-midwives").exists()
    assert "drees-apl-midwives" in done.stdout
    assert "answers 404" in done.stderr
    assert "Remedy" in done.stderr
    assert "Next: odd17 release build" in done.stdout


@pytest.mark.shared
def test_the_first_figures_have_a_release_before_the_last_source_is_asked_for(
    web, reply, shared, tmp_path, monkeypatch
):
    web.put(f"{DREES}/attachments", reply((COMPOSED / "ods-attachments.json").read_bytes()))
    web.put(NURSES, reply(workbook(shared)))
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    built: list[bool] = []

    def build(draw: object = None) -> SimpleNamespace:
        built.append(draw is not None)
        return SimpleNamespace(id=f"2026-11-25-{len(built)}")

    monkeypatch.setattr(command, "build_release", build)
    indicators = ["apl_nurses", "apl_midwives"]
    with pytest.raises(SystemExit):
        command.pull_all(indicator=indicators, build=True, mirror=web.address)
    # without maps, drawn when they are asked for; then with them
    assert built == [False, True]
    assert read_status(tmp_path).release == "2026-11-25-2"

    # nothing is new, and nothing is built; but a pull that was stopped may have left figures without a release
    with pytest.raises(SystemExit):
        command.pull_all(indicator=indicators, build=True, mirror=web.address)
    assert len(built) == 2
    facts = json.loads((tmp_path / "pull.json").read_bytes())
    (tmp_path / "pull.json").write_text(json.dumps(facts | {"state": "stopped"}))
    with pytest.raises(SystemExit):
        command.pull_all(indicator=indicators, build=True, mirror=web.address)
    assert len(built) == 3


def test_offline_is_said_once_and_leaves_nothing_behind(tmp_path):
    done = odd17(tmp_path, "data", "pull", "--mirror", "http://127.0.0.1:9", "--starter")
    assert done.returncode == 1
    assert done.stderr.count("No producer can be reached") == 1
    assert not (tmp_path / "datasets").exists()
    assert json.loads((tmp_path / "pull.json").read_bytes())["state"] == "offline"


def test_outdated_offline_says_it_once_and_what_is_here(tmp_path):
    done = odd17(tmp_path, "data", "outdated", "--mirror", "http://127.0.0.1:9", "--domain", "health")
    assert done.returncode == 1
    assert done.stdout.count("not reached") == 4  # every source is listed, though two hosts at most were asked
    assert done.stderr.count("No producer can be reached") == 1
    assert "Remedy" not in done.stderr
    assert not (tmp_path / "raw").exists()


def test_a_choice_that_is_none_is_an_error_of_use(tmp_path):
    done = odd17(tmp_path, "data", "pull", "--indicator", "apl_nurse")
    assert done.returncode == 2
    assert "Did you mean apl_nurses" in done.stderr
    assert not (tmp_path / "pull.json").exists()


@pytest.mark.shared
def test_outdated_names_what_is_newer_and_fetches_nothing(web, reply, shared, tmp_path):
    web.put("api.insee.fr/melodi/catalog/DS_POPULATIONS_REFERENCE", reply(json.dumps(entry(shared)).encode()))
    done = odd17(tmp_path, "data", "outdated", "--mirror", web.address, "--indicator", "culture_places")
    assert "not pulled yet" in done.stdout
    assert "DS_POPULATIONS_REFERENCE_2023_CSV_FR" in done.stdout
    assert not (tmp_path / "raw").exists()


def entry(shared: Path) -> dict[str, object]:
    """The recorded entry of the catalogue for the populations."""
    catalogue = json.loads((shared / "sources/samples/melodi/get_catalog_fr.1.json").read_bytes())
    return next(item for item in catalogue if item["identifier"] == "DS_POPULATIONS_REFERENCE")
