"""Fixtures about the shipped data: the geometry decoded into shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

Decode = Callable[[dict[str, Any]], dict[str, shapely.Geometry]]


@pytest.fixture(scope="session")
def decode() -> Decode:
    """Decodes a TopoJSON topology with one object: the shape of each identifier, in metres, made valid.

    Rounding to the grid may let a border touch itself; ``make_valid`` takes that away without moving it.
    """

    def decoded(topology: dict[str, Any]) -> dict[str, shapely.Geometry]:
        scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
        arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]

        def ring(indexes: list[int]) -> np.ndarray:
            pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes]
            return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])

        (content,) = topology["objects"].values()
        return {
            geometry["id"]: shapely.make_valid(
                shapely.multipolygons(
                    [
                        shapely.Polygon(ring(exterior), [ring(hole) for hole in holes])
                        for exterior, *holes in geometry["arcs"]
                    ]
                ),
                method="structure",
            )
            for geometry in content["geometries"]
        }

    return decoded
