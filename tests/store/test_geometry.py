"""Which file of shapes answers to a level, and what is refused."""

from __future__ import annotations

import pytest

from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.store.geometry import load_topology, topology_path


def test_national_levels_have_one_file_each() -> None:
    assert [topology_path(level).name for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI)] == [
        "REG.topojson",
        "DEP.topojson",
        "EPCI.topojson",
    ]


def test_communes_come_by_departement() -> None:
    topology = load_topology(Level.COMMUNE, within="DEP-35")
    shapes = {shape["id"]: shape["properties"]["name"] for shape in topology["objects"]["COM"]["geometries"]}
    assert shapes["COM-35238"] == "Rennes"
    assert "insets" not in topology


@pytest.mark.parametrize(
    ("level", "within", "message"),
    [
        (Level.COMMUNE, None, "say which"),
        (Level.COMMUNE, "REG-53", "is not one"),
        (Level.COMMUNE, "35", "is not one"),
        (Level.COMMUNE, "FR", "is not one"),
        (Level.COMMUNE, "DEP-../35", "is not one"),
        (Level.COMMUNE, "DEP-", "is not one"),
        (Level.COMMUNE, "DEP-" + "9" * 10_000, "is not one|not a département"),
        (Level.COMMUNE, "DEP-20", "not a département"),
        (Level.COUNTRY, None, "no file of shapes"),
        (Level.METROPOLITAN, None, "no file of shapes"),
        (Level.EPCI, "DEP-35", "are national"),
    ],
)
def test_what_has_no_file_is_refused(level: Level, within: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message) as refused:
        load_topology(level, within)
    assert len(str(refused.value)) < 200
