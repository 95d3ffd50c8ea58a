"""The tutorial's file and commands, as a reader would follow them; and every field that it must name."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

from odd17.store.catalyst_mapping import read_catalyst_mapping
from odd17.workflows.catalyst_rows import FIELDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "bring-in-catalysts.md"


def test_the_tutorial_runs(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, content in re.findall(r"```\w+ file=(\S+)\n(.*?)```", text, flags=re.S):
        (tmp_path / name).write_text(content, encoding="utf-8")
    environment = os.environ | {"ODD17_HOME": str(tmp_path / "home"), "ODD17_LANG": "en"}
    said = []
    for command in re.findall(r"^\$ odd17 (.*)$", text, flags=re.M):
        done = subprocess.run(
            [sys.executable, "-m", "odd17", *command.split()],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        said.append(done.stdout)
    assert "Nothing was written. New: 2" in said[0]
    assert "New: 2; renewed: 0" in said[1]
    assert "carried to COM-69114" in said[1]
    with (tmp_path / "reseau.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["row"], row["column"]) for row in csv.DictReader(file)] == [("4", "contact"), ("4", "email")]


def test_the_mapping_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)
    path = tmp_path / "mapping.yml"
    path.write_text(example, encoding="utf-8")
    assert read_catalyst_mapping(path).origin == "reseau-regional"


def test_every_field_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert not [name for name in FIELDS if f"`{name}`" not in text]
