"""TopoJSON: shapes on a grid of whole numbers, each border written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory to write: its identifier, its properties, its polygon or multipolygon in metres."""

    id: str
    properties: dict[str, Any]
    geometry: shapely.Geometry


def encode(name: str, shapes: Sequence[Shape], *, grid: float) -> dict[str, Any]:
    """A TopoJSON topology with one object called ``name``; coordinates are rounded to ``grid`` metres.

    Exterior rings are clockwise (what d3-geo expects). A ring that the rounding makes flat is left out. Arcs are cut
    where borders meet, as in Bostock's TopoJSON: a vertex is a junction where two rings pass it with different
    neighbours.

    Raises ValueError where a territory has no ring left: the grid is too coarse for it.
    """
    west, south, east, north = shapely.total_bounds([shape.geometry for shape in shapes])
    origin = np.floor(np.array([west, south]) / grid) * grid
    rings = [[_rounded_rings(p, origin, grid) for p in _polygons(shape.geometry)] for shape in shapes]
    for shape, polygons in zip(shapes, rings, strict=True):
        if not any(polygons):
            raise ValueError(f"{shape.id} vanishes on a grid of {grid} m")
    junctions = _junctions(ring for polygons in rings for polygon in polygons for ring in polygon)
    arcs = _Arcs()
    geometries = [
        {
            "type": "MultiPolygon",
            "id": shape.id,
            "properties": shape.properties,
            "arcs": [
                [[arcs.index(arc) for arc in _cut(ring, junctions)] for ring in polygon]
                for polygon in polygons
                if polygon
            ],
        }
        for shape, polygons in zip(shapes, rings, strict=True)
    ]
    return {
        "type": "Topology",
        "bbox": [round(float(v)) for v in (west, south, east, north)],
        "transform": {"scale": [grid, grid], "translate": origin.tolist()},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_deltas(arc) for arc in arcs.arcs],
    }


def _polygons(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    oriented = shapely.orient_polygons(geometry, exterior_cw=True)
    # The largest first, so that files do not depend on the order in which GEOS gives the parts.
    return sorted(shapely.get_parts(oriented), key=lambda p: (-p.area, p.bounds))


def _rounded_rings(polygon: shapely.Polygon, origin: np.ndarray, grid: float) -> list[list[Point]]:
    """The rings without their closing point, the exterior first; nothing where the exterior is flat."""
    rings = []
    for ring in (polygon.exterior, *polygon.interiors):
        rounded = np.rint((shapely.get_coordinates(ring) - origin) / grid).astype(int)
        kept = rounded[:-1][np.any(np.diff(rounded, axis=0) != 0, axis=1)]
        points = [(int(x), int(y)) for x, y in kept]
        if len(set(points)) >= 3:
            rings.append(points)
        elif not rings:
            return []
    return rings


def _junctions(rings: Iterator[list[Point]]) -> set[Point]:
    neighbours: dict[Point, tuple[Point, Point]] = {}
    found: set[Point] = set()
    for ring in rings:
        for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            pair = (before, after) if before <= after else (after, before)
            if neighbours.setdefault(here, pair) != pair:
                found.add(here)
    return found


def _cut(ring: list[Point], junctions: set[Point]) -> list[list[Point]]:
    """The arcs of a ring; one that meets no other starts at its least point, so that an enclave and its hole agree."""
    at = [i for i, point in enumerate(ring) if point in junctions] or [ring.index(min(ring))]
    turned = ring[at[0] :] + ring[: at[0]] + [ring[at[0]]]
    stops = [i - at[0] for i in at] + [len(ring)]
    return [turned[start : stop + 1] for start, stop in pairwise(stops)]


class _Arcs:
    """The arcs seen so far, each kept once whatever the sense in which it is met."""

    def __init__(self) -> None:
        self.arcs: list[list[Point]] = []
        self._known: dict[tuple[Point, ...], int] = {}

    def index(self, arc: list[Point]) -> int:
        """The index of an arc; ``~index`` where it is kept in the other sense (TopoJSON's convention)."""
        forward, backward = tuple(arc), tuple(reversed(arc))
        if backward in self._known:
            return ~self._known[backward] if forward != backward else self._known[forward]
        if forward not in self._known:
            self._known[forward] = len(self.arcs)
            self.arcs.append(arc)
        return self._known[forward]


def _deltas(arc: list[Point]) -> list[list[int]]:
    points = np.array(arc)
    return [points[0].tolist(), *np.diff(points, axis=0).tolist()]
