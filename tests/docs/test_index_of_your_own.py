"""The tutorial's files, commands and cells, as a reader would follow them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "index-of-your-own.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_runs(tmp_path: Path) -> None:
    environment = os.environ | {"COLUMNS": "200"}
    cells: list[str] = []
    commands = 0
    for kind, options, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if "file=" in options:
            (tmp_path / options.split("file=")[1].strip()).write_text(body, encoding="utf-8")
        elif kind == "console":
            for line in body.splitlines():
                program, *arguments = shlex.split(line.removeprefix("$ "))
                assert program == "odd17"
                _run(["-c", "from odd17.cli import main; main()", *arguments], tmp_path, environment)
                commands += 1
        elif kind == "python":
            cells.append(body)
            _run(["-c", "\n".join(cells)], tmp_path, environment)
    assert (commands, len(cells)) == (2, 6)
    written = {path.name for path in (tmp_path / "result").iterdir()}
    assert {"1-raw.csv", "7-aggregated.csv", "ranks.csv", "intervals.csv", "log.json"} <= written


def _run(arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
