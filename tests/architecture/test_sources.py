"""Habits that no linter knows: no import to get round the layers, no host of a registry."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = sorted((REPOSITORY / "src").rglob("*.py"))
FORBIDDEN = re.compile("|".join([r"pypi\." + "org", "python" + "hosted", "registry\\.npm" + "js", "deb\\.deb" + "ian"]))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_import_hides_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, f"{path.name}: import inside a function at lines {hidden}"


def test_no_tracked_text_names_a_registry_host() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    for name in listing.decode().split("\0"):
        path = REPOSITORY / name
        if path.suffix in {".py", ".md", ".txt", ".toml", ".yml", ".sh", ".json", ".html"} and path.is_file():
            found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{name} names {found and found.group()}"
