"""The reference of the commands is what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_cli_reference.py"


def test_the_reference_is_up_to_date() -> None:
    specification = importlib.util.spec_from_file_location("build_cli_reference", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    written = script.REFERENCE.read_text(encoding="utf-8")
    assert written == script.reference(), "run scripts/build_cli_reference.py"
