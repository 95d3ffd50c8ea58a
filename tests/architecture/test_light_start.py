"""Neither the command nor a web worker loads, at its start, what only reading SDMX or drawing needs.

A worker does load the engine of search, which it answers with; the command does not.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("altair", "docx", "pandas", "sdmx", "typst", "vl_convert")


@pytest.mark.parametrize(
    ("start", "heavy"),
    [
        ("import odd17.cli", (*HEAVY, "tantivy")),
        # every page and every endpoint, as a worker has them once it answers
        ("import odd17.web.config.wsgi; import odd17.web.config.urls", HEAVY),
    ],
)
def test_nothing_heavy_is_loaded_at_the_start(start: str, heavy: tuple[str, ...]) -> None:
    code = f"import sys; {start}; print([name for name in {heavy} if name in sys.modules])"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
