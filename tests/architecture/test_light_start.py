"""Neither the command nor a web worker loads, at its start, what only reading SDMX or drawing needs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("altair", "docx", "pandas", "sdmx", "typst", "vl_convert")


@pytest.mark.parametrize(
    "start",
    [
        "import odd17.cli",
        # every page and every endpoint, as a worker has them once it answers
        "import odd17.web.config.wsgi; import odd17.web.config.urls",
    ],
)
def test_nothing_heavy_is_loaded_at_the_start(start: str) -> None:
    code = f"import sys; {start}; print([name for name in {HEAVY} if name in sys.modules])"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
