"""The tutorial's files and commands, as a reader would follow them; and the keys that the pages tell."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "tutorials" / "bring-in-a-survey.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_runs(tmp_path: Path) -> None:
    environment = os.environ | {"ODD17_HOME": str(tmp_path / "home"), "COLUMNS": "200", "ODD17_LANG": "en"}
    ran = []
    for kind, options, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        given = dict(part.partition("=")[::2] for part in options.split())
        if "file" in given:
            _write(tmp_path, given, body)
        if kind != "console":
            continue
        expected = [line for line in body.splitlines() if not line.startswith("$ ")]
        told = ""
        for command in (line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")):
            program, *arguments = shlex.split(command)
            assert program in ("odd17", "python")
            front = ["-c", "from odd17.cli import main; main()"] if program == "odd17" else []
            done = subprocess.run(
                [sys.executable, *front, *arguments],
                cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == (1 if "fails" in given else 0), done.stdout + done.stderr
            told += done.stdout + done.stderr
            ran.append(arguments)
        for line in expected:
            assert line in told
    assert len(ran) == 9
    _check_withheld(tmp_path / "estimates.csv")
    assert not list((tmp_path / "home" / "studies").rglob("respondents.parquet"))


def _write(folder: Path, given: dict[str, str], body: str) -> None:
    if "copy" in given:
        body = (folder / given["copy"]).read_text(encoding="utf-8").replace(*given["replace"].split("->"))
    (folder / given["file"]).write_text(body, encoding="utf-8")


def _check_withheld(path: Path) -> None:
    """As the page says: Corsica and a second region."""
    text = path.read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["measure"] == "fragile" and row["status"] == "Q"]
    places = {row["territory"] for row in rows}
    assert "REG-94" in places
    assert len(places) == 2
    assert all(row["estimate"] == "" for row in rows)


def _keys() -> list[str]:
    schema = json.loads(files("odd17.store").joinpath("schemas", "study.schema.json").read_text(encoding="utf-8"))
    return sorted({*schema["properties"], *schema["$defs"]["question"]["properties"]})


@pytest.mark.parametrize("key", _keys())
def test_every_key_of_a_study_file_has_its_entry(key: str) -> None:
    assert f"`{key}`" in (DOCS / "method" / "surveys" / "studies.md").read_text(encoding="utf-8")
