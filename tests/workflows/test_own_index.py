from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import odd17
from odd17.core.kernel import DataError, Odd17Error, UsageError
from odd17.workflows.own_index import audit_index, run_index, write_tables

VALUES = "code;a;b;c\n01;1,5;4;9\n02;2,5;1;7\n03;4;3;3\n04;3;8;1\n05;0,5;2;2\n"
NODES = "code,parent,weight,direction\na,P,1,1\nb,P,2,-1\nc,Q,1,1\nP,I,1,1\nQ,I,1,1\nI,,1,1\n"
INDEX = """\
values: values.csv
unit: code
nodes: nodes.csv
steps:
  - {step: Normalise, method: minmax, low: 1, high: 100}
  - {step: Aggregate, method: arithmetic}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(index: str = INDEX, values: str = VALUES, nodes: str = NODES) -> Path:
        (tmp_path / "values.csv").write_text(values, encoding="utf-8")
        (tmp_path / "nodes.csv").write_text(nodes, encoding="utf-8")
        (tmp_path / "index.yml").write_text(index, encoding="utf-8")
        return tmp_path / "index.yml"

    return make


def test_every_stage_the_ranks_and_a_log_that_replays(write: Write, tmp_path: Path) -> None:
    written = run_index(write(), tmp_path / "out")
    assert [path.name for path in written] == [
        "1-raw.csv",
        "2-normalised.csv",
        "3-aggregated.csv",
        "ranks.csv",
        "log.json",
    ]
    scores = pl.read_csv(tmp_path / "out" / "3-aggregated.csv", schema_overrides={"unit": pl.String})
    assert scores["unit"].to_list() == ["01", "02", "03", "04", "05"]  # a code is not a number
    log = json.loads((tmp_path / "out" / "log.json").read_text(encoding="utf-8"))
    values = pl.DataFrame(
        {"code": ["01", "02", "03", "04", "05"], "a": [1.5, 2.5, 4, 3, 0.5], "b": [4, 1, 3, 8, 2], "c": [9, 7, 3, 1, 2]}
    )
    assert odd17.replay(log, values, tables={}).scores["I"].to_list() == scores["I"].to_list()


def test_intervals_where_the_file_asks_for_them(write: Write, tmp_path: Path) -> None:
    asked = "uncertainty: {weights: 0.25, choices: {Aggregate: [arithmetic, geometric]}, replicates: 100, seed: 4}\n"
    run_index(write(INDEX + asked), tmp_path / "out")
    first = (tmp_path / "out" / "intervals.csv").read_bytes()
    assert first.splitlines()[0] == b"unit,nominal,low,median,high"
    run_index(tmp_path / "index.yml", tmp_path / "again")
    assert (tmp_path / "again" / "intervals.csv").read_bytes() == first
    log = json.loads((tmp_path / "out" / "log.json").read_text(encoding="utf-8"))
    assert (log["uncertainty"]["seed"], log["uncertainty"]["replicates"], log["uncertainty"]["level"]) == (4, 100, 0.9)


def test_a_side_table_is_read_beside_the_file(write: Write, tmp_path: Path) -> None:
    nodes = NODES.replace("code,parent,weight,direction", "code,parent,weight,direction,denominator").replace(
        "a,P,1,1", "a,P,1,1,people"
    )
    nodes = "\n".join(line if line.count(",") == 4 else f"{line}," for line in nodes.splitlines())
    (tmp_path / "size.csv").write_text("code,people\n01,2\n02,2\n03,2\n04,2\n05,2\n", encoding="utf-8")
    index = INDEX.replace("steps:\n", "steps:\n  - {step: Denominate, by: size.csv, on: code}\n")
    run_index(write(index, nodes=nodes), tmp_path / "out")
    table = pl.read_csv(tmp_path / "out" / "2-denominated.csv")
    assert table["a"].to_list() == [0.75, 1.25, 2.0, 1.5, 0.25]


def test_the_audit_has_its_tables(write: Write, tmp_path: Path) -> None:
    audit, tables = audit_index(write())
    assert audit.weights.height == 6
    assert set(tables["leave_one_out"]["left_out"]) == {"P", "Q"}
    assert "sobol" not in tables
    written = write_tables(tables, tmp_path / "audit")
    assert (tmp_path / "audit" / "leave_one_out.csv") in written


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("step: Normalise", "step: Normalize", UsageError, "Did you mean 'Normalise'"),
        ("method: minmax, low: 1", "methode: minmax, low: 1", UsageError, "Did you mean 'method'"),
        ("values: values.csv", "values: absent.csv", DataError, "does not exist"),
        ("unit: code", "unit: codes", Odd17Error, "Did you mean 'code'"),
        ("unit: code", "unit: code\nnope: 1", DataError, "nope"),
        ("nodes: nodes.csv", "nodes: nodes.csv\nlevel_names: {two: part}", DataError, "whole number"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    write: Write, tmp_path: Path, old: str, new: str, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        run_index(write(INDEX.replace(old, new)), tmp_path / "out")
    assert not (tmp_path / "out").exists()
