"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy is not a fault of the code: no test depends on the time that it takes.
settings.register_profile("odd17", deadline=None)
settings.load_profile("odd17")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; skips, with the reason, where it is absent."""
    folder = Path(os.environ.get("ODD17_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the reference material is absent: set ODD17_SHARED, or lay it in ../shared")
    return folder
