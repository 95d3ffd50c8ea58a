"""What an import keeps: the file byte for byte, figures in order, and one current snapshot; or nothing at all."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import DataError, Odd17Error
from odd17.store import datasets, snapshots
from odd17.store.inputs import imported_inputs
from odd17.workflows.import_dataset import imported

if TYPE_CHECKING:
    from .conftest import Desk

GOOD = "codgeo;taux\n2A;8,25\n01;7,5\n02;nd\n03;s\n04;\n05;0\n"
MARKS = {"nd": "O", "s": ["Q", "C"]}


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_statuses_tell_absences_and_zero_apart(desk: Desk) -> None:
    rows = desk.rows(GOOD, missing=MARKS)
    assert dict(rows.schema) == dict(pl.Schema(OBSERVATIONS))
    assert rows.select("territory", "value", "obs_status", "conf_status").rows() == [
        ("DEP-01", 7.5, "A", "F"),
        ("DEP-02", None, "O", "F"),
        ("DEP-03", None, "Q", "C"),
        ("DEP-04", None, "O", "F"),
        ("DEP-05", 0.0, "A", "F"),
        ("DEP-2A", 8.25, "A", "F"),
    ]
    assert rows["source"].unique().to_list() == ["rates"]


def test_a_mark_may_be_a_number(desk: Desk) -> None:
    rows = desk.rows("codgeo;taux\n01;9999\n02;7\n", missing={"9999": "M"})
    assert rows.select("value", "obs_status").rows() == [(None, "M"), (7.0, "A")]


def test_an_empty_cell_may_mean_something_else(desk: Desk) -> None:
    assert desk.rows("codgeo;taux\n01;\n02;7\n", missing={"": "M"})["obs_status"].to_list() == ["M", "A"]


def test_every_value_may_be_provisional(desk: Desk) -> None:
    assert desk.rows("codgeo;taux\n01;\n02;7\n", status="P")["obs_status"].to_list() == ["O", "P"]


def test_a_snapshot_holds_the_file_as_published(desk: Desk) -> None:
    raw = GOOD.encode("cp1252") + b"06;7\r\n"
    done = desk.load(raw, missing=MARKS)
    folder = done.snapshot.path
    assert folder.parent == desk.home / "datasets" / "rates"
    assert (folder / "raw" / "rates.csv").read_bytes() == raw
    assert (folder / "dataset.yml").read_bytes() == (desk.folder / "rates.yml").read_bytes()
    assert (folder.parent / "CURRENT").read_text() == f"{folder.name}\n"
    names = {
        "dataset.yml",
        "indicators.json",
        "observations.parquet",
        "provenance.json",
        "raw/rates.csv",
        "schema.json",
    }
    assert set(files(folder)) == names


def test_importing_twice_changes_nothing(desk: Desk) -> None:
    assert desk.load(GOOD, missing=MARKS).changed
    before = files(desk.home)
    again = desk.load(GOOD, missing=MARKS)
    assert not again.changed
    assert files(desk.home) == before


def test_the_same_import_elsewhere_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    first = files(desk.load(GOOD, missing=MARKS).snapshot.path)
    desk.home.rename(tmp_path / "elsewhere")
    assert files(desk.load(GOOD, missing=MARKS).snapshot.path) == first


def test_a_newer_file_becomes_current_and_the_older_one_stays(desk: Desk) -> None:
    first = desk.load(GOOD, missing=MARKS).snapshot
    kept = files(first.path)
    second = desk.load(GOOD.replace("7,5", "7,6"), missing=MARKS).snapshot
    assert [(item.id, item.is_current) for item in imported(desk.home)] == [(second.id, True), (first.id, False)]
    assert files(first.path) == kept
    back = desk.load(GOOD, missing=MARKS)
    assert back.changed
    assert back.snapshot.id == first.id


def test_another_reading_of_the_same_file_is_another_snapshot(desk: Desk) -> None:
    first = desk.load(GOOD, missing=MARKS).snapshot
    assert desk.load(GOOD, missing=MARKS | {"nd": "L"}).snapshot.id != first.id


def test_releases_read_the_snapshot(desk: Desk) -> None:
    done = desk.load(GOOD, missing=MARKS)
    (found,) = imported_inputs(desk.home)
    assert found.id == "rates"
    assert found.provenance.sha256 == done.snapshot.provenance.sha256
    assert list(found.indicators) == ["rate"]
    assert found.observations is not None
    assert found.observations.collect().equals(done.observations().collect())


@pytest.mark.parametrize("name", ["observations.parquet", "provenance.json", "CURRENT"])
def test_a_full_disk_leaves_what_was_there(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    desk.load(GOOD, missing=MARKS)
    before = files(desk.home)

    def full(path: Path, *rest: object) -> int:
        with path.open("wb") as file:
            file.write(b"half")
        raise OSError(28, "No space left on device")

    module, written = {
        "observations.parquet": (datasets, "write_observations"),
        "provenance.json": (datasets, "write_json"),
        "CURRENT": (snapshots, "write_bytes"),
    }[name]
    monkeypatch.setattr(module, written, full)
    with pytest.raises(Odd17Error, match="The disk is full: nothing was imported") as caught:
        desk.load(GOOD.replace("7,5", "7,6"), missing=MARKS)
    assert caught.value.exit_code == 1
    assert files(desk.home) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_disk_that_is_really_full(desk: Desk) -> None:
    small = desk.home
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        desk.load(GOOD, missing=MARKS)
        before = files(small)
        columns = {f"t{at}": {"indicator": "rate", "period": 1900 + at} for at in range(100)}
        head = ";".join(["codgeo", *columns])
        body = "".join(
            f"{code.removeprefix('COM-')};"
            + ";".join(str((at * 7919 + row * 104729) % 9973 / 100) for at in range(100))
            + "\n"
            for row, code in enumerate(desk.cog.at("COM")[:500])
        )
        here = {"column": "codgeo", "level": "COM", "vintage": 2026}
        with pytest.raises(Odd17Error, match="The disk is full"):
            desk.load(f"{head}\n{body}", columns=columns, territories=here)
        assert files(small) == before
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_what_a_killed_import_left_is_removed_by_the_next(desk: Desk) -> None:
    path, dataset = desk.write(GOOD), desk.dataset(missing=MARKS)
    script = f"""
import os, signal
from pathlib import Path
from odd17.store import datasets
from odd17.store.territories import load_shipped_cog
from odd17.workflows.import_dataset import import_dataset
datasets.write_observations = lambda path, blocks: os.kill(os.getpid(), signal.SIGKILL)
here = Path({str(desk.folder)!r})
file, dataset = here / {path.name!r}, here / {dataset.name!r}
import_dataset(file, dataset, home=here / "home", cog=load_shipped_cog(), catalogue={{}})
"""
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    left = [path.name for path in (desk.home / "datasets" / "rates").iterdir()]
    assert any(name.startswith(".writing-") for name in left)
    assert imported(desk.home) == []
    desk.load(path, missing=MARKS)
    assert not [path for path in (desk.home / "datasets" / "rates").iterdir() if path.name.startswith(".writing-")]


def test_title_lines_blank_rows_and_dom_codes(desk: Desk) -> None:
    content = '"Taux, par département"\r\n\r\nSource : P\r\n"codgeo";" taux "\r\n"01";"1\u202f0,5"\r\n'
    assert "not a number" in str(desk.refusal(content))
    content = content.replace("1\u202f0,5", "10,5") + '\r\n"971";"12"\r\n;\r\n'
    assert desk.rows(content).select("territory", "value").rows() == [("DEP-01", 10.5), ("DEP-971", 12.0)]


def test_gzip_and_formats_give_the_same(desk: Desk) -> None:
    expected = desk.rows("codgeo;taux\n01;7,5\n2A;8,25\n")
    table = pl.DataFrame({"codgeo": ["01", "2A"], "taux": [7.5, 8.25]})
    parquet, workbook = io.BytesIO(), io.BytesIO()
    table.write_parquet(parquet)
    table.write_excel(workbook)
    others = {
        "rates.csv.gz": gzip.compress(b"codgeo,taux\n01,7.5\n2A,8.25\n"),
        "rates.tsv": b"codgeo\ttaux\n01\t7,5\n2A\t8,25\n",
        "rates.parquet": parquet.getvalue(),
        "rates.xlsx": workbook.getvalue(),
        "rates.json": b'[{"codgeo": "01", "taux": 7.5}, {"codgeo": "2A", "taux": "8.25"}]',
        "rates.json.gz": gzip.compress(b'[{"codgeo": "01", "taux": 7.5}, {"codgeo": "2A", "taux": 8.25}]'),
    }
    for name, data in others.items():
        assert desk.rows(data, name).equals(expected), name


def test_a_workbook_keeps_its_rows_and_letters(desk: Desk) -> None:
    table = pl.DataFrame({"code": ["01", "02"], "valeur": ["7,5", "x"]})
    workbook = io.BytesIO()
    table.write_excel(workbook, position="C5")
    here = {"column": "C", "level": "DEP", "vintage": 2026}
    error = desk.refusal(
        workbook.getvalue(),
        "rates.xlsx",
        file={"header_rows": 0, "header_row": 6},
        territories=here,
        columns={"D": "rate"},
    )
    assert (error.row, error.column, error.value) == (7, "D", "x")


def test_levels_in_a_column(desk: Desk) -> None:
    content = "niv;code;taux\nR;53;7\nD;35;8\nF;FR;9\nZ;1;1\n"
    level = {"column": "niv", "values": {"R": "REG", "D": "DEP", "F": "FR"}}
    here = {"column": "code", "vintage": 2026, "level": level}
    assert desk.refusal(content, territories=here).value == "Z"
    rows = desk.rows(content, territories=here | {"codes": {"1": None}})
    assert rows["territory"].to_list() == ["DEP-35", "FR", "REG-53"]


def test_codes_of_the_file_s_own(desk: Desk) -> None:
    here = {"column": "codgeo", "level": "DEP", "vintage": 2026, "codes": {"F": "FR", "M": "FRM", "99": None}}
    error = desk.refusal("codgeo;taux\nF;8\n", territories=here | {"codes": {"F": "EPCI-1"}})
    assert (error.file, error.column, error.value) == ("rates.yml", "territories/codes/F", "EPCI-1")
    error = desk.refusal("codgeo;taux\n01;7\nF;8\n", territories=here | {"codes": {"F": "DEP-99"}})
    assert "'DEP-99', which is no territory" in error.message
    rows = desk.rows("codgeo;taux\n01;7\nF;8\nM;9\n99;1\n", territories=here)
    assert rows.select("territory", "level").rows() == [("DEP-01", "DEP"), ("FR", "FR"), ("FRM", "FRM")]


def test_a_long_file_with_statuses(desk: Desk) -> None:
    content = (
        "geo,mesure,annee,valeur,obs,conf,poubelle\n"
        "01,Taux,2019,7.5,,,x\n01,Taux,2020,8.5,P,,y\n02,Taux,2019,,Q,C,z\n02,Effectif,2019,1200,E,,\n02,Autre,2019,1,,,\n"
    )
    long = {"indicator": "mesure", "value": "valeur", "obs_status": "obs", "conf_status": "conf"}
    long |= {"names": {"Taux": "rate", "Effectif": "people"}}
    declared = {
        "columns": None,
        "period": {"column": "annee"},
        "territories": {"column": "geo", "level": "DEP", "vintage": 2026},
    }
    error = desk.refusal(content, long=long, **declared)
    assert (error.row, error.column, error.value) == (6, "mesure", "Autre")
    done = desk.load(content, long=long | {"others": "left_out"}, **declared)
    assert done.findings.left_out == 1
    assert done.observations().collect().select(
        "territory", "indicator", "period", "value", "obs_status", "conf_status"
    ).rows() == [
        ("DEP-01", "rate", "2019", 7.5, "A", "F"),
        ("DEP-01", "rate", "2020", 8.5, "P", "F"),
        ("DEP-02", "people", "2019", 1200.0, "E", "F"),
        ("DEP-02", "rate", "2019", None, "Q", "C"),
    ]
    assert {item.id for item in done.indicators} == {"rate", "people"}
    wrong = content.replace(",Q,C,", ",q,C,")
    assert desk.check(wrong, long=long | {"others": "left_out"}, **declared).errors[0].value == "q"


numbers = st.floats(min_value=0, max_value=100).map(lambda value: round(value, 2))
tables = st.dictionaries(
    st.sampled_from(["01", "2A", "35", "971"]),
    st.lists(st.none() | numbers, min_size=2, max_size=2),
    min_size=1,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables)
def test_a_table_written_wide_and_long_gives_the_same(desk: Desk, table: dict[str, list[float | None]]) -> None:
    def cell(value: float | None) -> str:
        return "nd" if value is None else f"{value}".replace(".", ",")

    wide = "codgeo;a;b\n" + "".join(f"{code};{cell(a)};{cell(b)}\n" for code, (a, b) in table.items())
    long = "codgeo;quoi;combien\n" + "".join(
        f"{code};{name};{cell(value)}\n" for code, pair in table.items() for name, value in zip("ab", pair, strict=True)
    )
    from_wide = desk.rows(wide, "wide.csv", columns={"a": "rate", "b": "people"}, missing=MARKS)
    from_long = desk.rows(
        long, "long.csv", columns=None, missing=MARKS,
        long={"indicator": "quoi", "value": "combien", "names": {"a": "rate", "b": "people"}},
    )  # fmt: skip
    assert from_wide.equals(from_long)
    assert not from_wide.select(OBSERVATION_KEY).is_duplicated().any()


def test_blocks_are_in_order_over_many_territories(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("odd17.core.indicators.intake.tidy.BLOCK", 7)
    codes = [code.removeprefix("COM-") for code in desk.cog.at("COM")[:40]][::-1]
    content = "codgeo;annee;x;y\n" + "".join(f"{code};{year};1;2\n" for code in codes for year in (2020, 2019))
    rows = desk.rows(
        content,
        territories={"column": "codgeo", "level": "COM", "vintage": 2026},
        period={"column": "annee"},
        columns={"y": "rate", "x": "people"},
    )
    assert rows.height == 160
    assert rows.equals(rows.sort("level", "territory", "indicator", "period"))
    constant = "codgeo;x;y\n" + "".join(f"{code};1;2\n" for code in codes)
    here = {"column": "codgeo", "level": "COM", "vintage": 2026}
    rows = desk.rows(constant, territories=here, columns={"y": "rate", "x": "people"})
    assert rows.equals(rows.sort("level", "territory", "indicator", "period"))
    assert rows.filter(pl.col("indicator") == "people")["value"].unique().to_list() == [1.0]


def test_a_table_schema_beside_the_dataset_file_is_a_contract(desk: Desk) -> None:
    fields = [{"name": "codgeo"}, {"name": "taux", "type": "number", "constraints": {"maximum": 8}}]
    desk.write(json.dumps({"fields": fields, "missingValues": ["nd"]}), "contract.json")
    error = desk.refusal("codgeo;taux\n01;7,5\n02;8,25\n", schema="contract.json")
    assert (error.row, error.column, error.value) == (3, "taux", "8,25")
    done = desk.load("codgeo;taux\n01;7,5\n02;7,25\n", schema="contract.json")
    assert json.loads((done.snapshot.path / "schema.json").read_bytes())["fields"] == fields
    desk.write('{"fields": [{"title": "no name"}]}', "contract.json")
    with pytest.raises(DataError, match=r"contract\.json"):
        desk.check("codgeo;taux\n01;7,5\n", schema="contract.json")


def test_without_a_table_schema_the_implied_one_is_kept(desk: Desk) -> None:
    kept = json.loads((desk.load(GOOD, missing=MARKS).snapshot.path / "schema.json").read_bytes())
    assert [field["name"] for field in kept["fields"]] == ["codgeo", "taux"]
    assert kept["missingValues"] == ["", "nd", "s"]
