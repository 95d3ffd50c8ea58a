"""Small territories, figures and shapes with answers that can be told by eye."""

from __future__ import annotations

from typing import Any

import pytest

from odd17.core.kernel import Estimate, ObsStatus
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

Figures = list[tuple[Territory, Estimate | None]]


def square(index: int) -> Territory:
    """One of the squares of the topology below."""
    return Territory(
        f"REG-{index:02}", Level.REGION, f"{index:02}", f"Carré {index} <&>", f"carre-{index}", (), 10, 1.0, False
    )


@pytest.fixture
def figures() -> Figures:
    """Six squares with the values 1 to 6, then one of each absence, then one that is compared apart."""
    known: Figures = [(square(index), Estimate(float(index))) for index in range(1, 7)]
    return [
        *known,
        (square(7), Estimate(None)),
        (square(8), Estimate(None, obs_status=ObsStatus.SUPPRESSED)),
        (square(9), Estimate(None, obs_status=ObsStatus.CANNOT_EXIST)),
        (square(10), None),
    ]


@pytest.fixture
def topology() -> dict[str, Any]:
    """Ten squares in a row, ten units wide each."""
    left = [index * 10.0 for index in range(10)]
    return {
        "type": "Topology",
        "bbox": [0, 0, 100, 10],
        "arcs": [[[x, 0], [x, 10], [x + 10, 10], [x + 10, 0], [x, 0]] for x in left],
        "objects": {
            "REG": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": f"REG-{index + 1:02}", "properties": {}, "arcs": [[index]]}
                    for index in range(10)
                ],
            }
        },
    }
