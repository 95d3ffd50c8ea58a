"""Write docs/reference/cli.md from the commands themselves.

python scripts/build_cli_reference.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"


def reference() -> str:
    """The reference of every command, in Markdown."""
    command = [
        sys.executable,
        "-m",
        "typer",
        "odd17.cli",
        "utils",
        "docs",
        "--name",
        "odd17",
        "--title",
        "The odd17 command",
    ]
    plain = os.environ | {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=plain).stdout.rstrip() + "\n"


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
