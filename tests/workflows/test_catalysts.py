"""Where it is said who does which trade."""

from __future__ import annotations

import pytest

from odd17.core.territories import Level
from odd17.store.territories import load_shipped_cog
from odd17.workflows.catalysts import coverage_places


@pytest.mark.parametrize(
    ("territory", "level"), [("FR", Level.REGION), ("FRM", Level.REGION), ("REG-11", Level.DEPARTEMENT)]
)
def test_a_wide_territory_is_read_with_its_parts_between_it_and_what_holds_it(territory: str, level: Level) -> None:
    cog = load_shipped_cog()
    places = coverage_places(cog, territory)
    parts = cog.children(territory, level)
    assert places[0] == territory
    assert len(parts) > 5
    assert list(places[1 : 1 + len(parts)]) == parts


def test_a_small_one_is_read_with_what_holds_it_and_nothing_asked_by_region() -> None:
    cog = load_shipped_cog()
    assert coverage_places(cog, "DEP-94") == ("DEP-94", "REG-11", "FR")
    assert coverage_places(cog, None) == tuple(cog.at(Level.REGION))
