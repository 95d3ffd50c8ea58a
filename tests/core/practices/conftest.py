"""The COG that odd17 ships, read once."""

from __future__ import annotations

import pytest

from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog


@pytest.fixture(scope="session")
def cog() -> Cog:
    return load_shipped_cog()
