"""The areas that are none any more: what stands for each is of today, and covers what it covered."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import DataError, UnknownTerritory
from odd17.core.territories import FormerArea, Level
from odd17.store.former_areas import read_former_areas
from odd17.store.territories import load_shipped_cog

COG = load_shipped_cog()


def test_none_is_of_today_and_what_stands_for_it_is() -> None:
    areas = read_former_areas()
    assert len({area.id for area in areas}) == len(areas)
    for area in areas:
        assert area.id not in COG
        assert all(id in COG for id in area.today)


def test_the_departements_of_the_regions_of_before_are_those_of_the_regions_that_they_became() -> None:
    regions = [area for area in read_former_areas() if area.id.startswith("REG-")]
    held: dict[str, list[str]] = {}
    for area in regions:
        (region,) = {COG[id].parents[0] for id in area.today}  # each went whole into one
        held.setdefault(region, []).extend(area.today)
    assert len(regions) == 16
    assert len(held) == 7
    for region, departements in held.items():
        assert sorted(departements) == sorted(COG.children(region, Level.DEPARTEMENT))


@pytest.mark.parametrize("area", [area for area in read_former_areas() if area.id.startswith("REG-")])
def test_no_territory_of_today_has_the_name_of_a_region_of_before(area: FormerArea) -> None:
    """Else the name would mean that one."""
    with pytest.raises(UnknownTerritory):
        COG.widest(area.name)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "areas.yml"
    path.write_text("licence: L\nsources: [S]\nareas:\n  - {id: COM-1, name: A, today: [DEP-01], exact: true}\n")
    with pytest.raises(DataError, match="COM-1"):
        read_former_areas(path)
