"""The centre of every territory, from the shipped contours of its communes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

METROPOLITAN = "FRM"
"""The plane of metropolitan France, Lambert-93; an overseas département has its own, called by its identifier."""


def write_centres(folder: Path, memberships: pl.DataFrame) -> None:
    """``centres.parquet``: id, plane, x, y (metres on that plane), for every territory with a contour.

    The centre is that of gravity of the surface: of a commune, from its contour; of what holds communes, from theirs,
    each by its surface. A commune without a contour stands at the centre of its EPCI. ``memberships`` has the columns
    commune, epci, departement and region (codes).
    """
    rows = [row for path in sorted((folder / "communes").glob("COM-*.topojson")) for row in _communes(path)]
    communes = pl.DataFrame(rows, schema=["id", "plane", "x", "y", "surface"], orient="row")
    placed = communes.join(memberships.with_columns(id="COM-" + pl.col("commune")), on="id")
    wider = [
        placed.filter(pl.col(column).is_not_null())
        .group_by(id=f"{level}-" + pl.col(column))
        .agg(
            pl.col("plane").first(),
            *((pl.col(axis) * pl.col("surface")).sum() / pl.col("surface").sum() for axis in ("x", "y")),
        )
        for level, column in (("EPCI", "epci"), ("DEP", "departement"), ("REG", "region"))
    ]
    bare = memberships.select(id="COM-" + pl.col("commune"), epci="EPCI-" + pl.col("epci"))
    bare = bare.join(communes, on="id", how="anti").join(wider[0].rename({"id": "epci"}), on="epci").drop("epci")
    whole = pl.concat([communes.drop("surface"), *wider, bare]).sort("id")
    whole.with_columns(pl.col("x", "y").round().cast(pl.Int32)).write_parquet(folder / "centres.parquet")


def _communes(path: Path) -> Iterator[tuple[str, str, float, float, float]]:
    topology = json.loads(path.read_text(encoding="utf-8"))
    departement = path.stem.removeprefix("COM-")
    plane = f"DEP-{departement}" if departement.startswith("97") else METROPOLITAN
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in topology["objects"]["COM"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        surface, x, y = np.sum([_moments(_ring(ring, arcs)) for polygon in polygons for ring in polygon], axis=0)
        yield geometry["id"], plane, x / surface, y / surface, abs(surface)


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> NDArray[np.float64]:
    points: NDArray[np.float64] = np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]
    return points


def _ring(indices: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The points of a ring; ``~i`` is an arc walked the other way, and each arc begins where the last one ended."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _moments(ring: NDArray[np.float64]) -> tuple[Any, Any, Any]:
    """Twice the signed surface of a ring, and its moments: a hole turns the other way, and is taken away."""
    origin = ring[0]
    x, y = (ring - origin).T  # from a corner: coordinates in the millions would cost digits
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    surface = cross.sum()
    mean_x = ((x[:-1] + x[1:]) * cross).sum() / 3
    mean_y = ((y[:-1] + y[1:]) * cross).sum() / 3
    return surface, mean_x + origin[0] * surface, mean_y + origin[1] * surface
