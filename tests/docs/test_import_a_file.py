"""The tutorial's files and commands, as a reader would follow them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from odd17.store.dataset_file import dataset_schema

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "import-a-file.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_runs(tmp_path: Path) -> None:
    environment = os.environ | {"ODD17_HOME": str(tmp_path / "home"), "COLUMNS": "200", "ODD17_LANG": "en"}
    ran = 0
    for kind, options, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if "file=" in options:
            (tmp_path / options.split("file=")[1].strip()).write_text(body, encoding="utf-8")
        if kind != "console":
            continue
        commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        expected = [line for line in body.splitlines() if not line.startswith("$ ")]
        for command in commands:
            program, *arguments = shlex.split(command)
            assert program == "odd17"
            done = subprocess.run(
                [sys.executable, "-c", "from odd17.cli import main; main()", *arguments],
                cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == (1 if "fails" in options else 0), done.stdout + done.stderr
            for line in expected:
                assert line in done.stdout + done.stderr
            ran += 1
    assert ran == 5


@pytest.mark.parametrize("key", sorted(dataset_schema()["properties"]))
def test_every_key_of_a_dataset_file_has_its_entry(key: str) -> None:
    assert f"`{key}`" in PAGE.read_text(encoding="utf-8")
