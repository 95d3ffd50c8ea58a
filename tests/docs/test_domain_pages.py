"""The pages of the domains say what the catalogue says, for they are written from it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_are_those_that_the_script_writes() -> None:
    spec = importlib.util.spec_from_file_location("build_method_pages", ROOT / "scripts" / "build_method_pages.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = {path.name: path.read_text(encoding="utf-8") for path in script.FOLDER.glob("*.md")}
    assert written == script.pages(), "run: python scripts/build_method_pages.py"
    assert len(written) == 17
