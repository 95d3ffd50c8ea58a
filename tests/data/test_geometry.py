"""The shipped shapes: complete, fitting together, light, and where they should be."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import shapely
import yaml

from odd17.core.territories.levels import Level
from odd17.store.geometry import load_topology, topology_path
from odd17.store.places import shipped

GEOMETRY = shipped() / "geometry" / "2026"
DEPARTEMENTS = [
    *(f"{n:02d}" for n in range(1, 20)),
    *("2A", "2B"),
    *(f"{n}" for n in range(21, 96)),
    *("971", "972", "973", "974", "976"),
]
OVERSEAS = {"971": "01", "972": "02", "973": "03", "974": "04", "976": "06"}

NO_SHAPE = {"COM-15031", "COM-15035", "COM-15047", "COM-15171"}
"""Communes that left Neussargues-Moissac (COM-15141) in 2025, which keeps the contour of before."""

UNTRUE = {"COM-15141", "COM-33103", "COM-95633"}
"""Communes drawn by a contour that is not theirs: that of before the split, and two which the producer's generalisation
left as triangles (Castelmoron-d'Albret and Vaudherland, the smallest of the country)."""

PARIS_AND_AROUND = {"75", "90", "92", "93", "94", "95"}
"""Départements too small for the generalisation of the reference."""

NATIONAL = [Level.REGION, Level.DEPARTEMENT, Level.EPCI]


@pytest.fixture(scope="module")
def territories() -> pl.DataFrame:
    return pl.read_parquet(shipped() / "cog" / "2026" / "territories.parquet")


@pytest.fixture(scope="module")
def communes() -> dict[str, dict[str, Any]]:
    """The topology of each département's communes."""
    return {code: load_topology(Level.COMMUNE, f"DEP-{code}") for code in DEPARTEMENTS}


def geometries(topology: dict[str, Any], level: str) -> list[dict[str, Any]]:
    return topology["objects"][level]["geometries"]


@pytest.mark.parametrize("level", NATIONAL)
def test_each_national_level_has_the_territories_of_the_cog(level: Level, territories: pl.DataFrame) -> None:
    topology = load_topology(level)
    expected = dict(territories.filter(pl.col("level") == level.value).select("id", "name").iter_rows())
    assert list(topology["objects"]) == [level.value]
    drawn = geometries(topology, level.value)
    assert {shape["id"]: shape["properties"]["name"] for shape in drawn} == expected
    assert len(drawn) == len(expected)


def test_each_commune_has_one_shape_in_its_departement(
    communes: dict[str, dict[str, Any]], territories: pl.DataFrame
) -> None:
    drawn = [
        (shape["id"], shape["properties"]["name"], f"DEP-{departement}")
        for departement, topology in communes.items()
        for shape in geometries(topology, "COM")
    ]
    expected = (
        territories.filter((pl.col("level") == "COM") & ~pl.col("id").is_in(NO_SHAPE))
        .with_columns(departement=pl.col("parents").list.filter(pl.element().str.starts_with("DEP-")).list.first())
        .select("id", "name", "departement")
    )
    assert sorted(drawn) == sorted(expected.iter_rows())


def test_contours_that_are_not_true_are_marked(communes: dict[str, dict[str, Any]]) -> None:
    untrue = {
        shape["id"]
        for topology in communes.values()
        for shape in geometries(topology, "COM")
        if not shape["properties"].get("true", True)
    }
    assert untrue == UNTRUE


def test_areas_are_there_for_every_territory_with_a_true_contour(territories: pl.DataFrame) -> None:
    areas = pl.read_parquet(GEOMETRY / "areas.parquet")
    assert areas.schema == {"id": pl.String, "area_km2": pl.Float64, "has_true_contour": pl.Boolean}
    assert sorted(areas["id"]) == sorted(territories["id"])
    untrue = areas.filter(~pl.col("has_true_contour"))
    assert set(untrue["id"]) == NO_SHAPE | UNTRUE
    assert untrue["area_km2"].is_null().all()
    true = areas.filter(pl.col("has_true_contour"))["area_km2"]
    assert true.null_count() == 0
    assert true.min() > 0.1


@pytest.mark.parametrize(
    ("territory", "official_km2"),
    # Insee, comparateur de territoires: land register, without estuaries and large lakes.
    [
        ("REG-53", 27_208),
        ("REG-94", 8_680),
        ("REG-11", 12_012),
        ("REG-04", 2_504),
        ("COM-75056", 105.4),
        ("DEP-15", 5_726),
    ],
)
def test_areas_are_near_the_official_ones(territory: str, official_km2: float) -> None:
    areas = pl.read_parquet(GEOMETRY / "areas.parquet")
    assert areas.filter(pl.col("id") == territory)["area_km2"].item() == pytest.approx(official_km2, rel=0.015)


@pytest.mark.parametrize(
    ("departement", "official_km2"), [("971", 1_628), ("972", 1_128), ("973", 83_534), ("974", 2_504), ("976", 374)]
)
def test_overseas_areas_are_near_the_official_ones_and_drawn_to_scale(
    departement: str, official_km2: float, decode: Any
) -> None:
    areas = pl.read_parquet(GEOMETRY / "areas.parquet")
    measured = areas.filter(pl.col("id") == f"DEP-{departement}")["area_km2"].item()
    assert measured == pytest.approx(official_km2, rel=0.04)
    topology = load_topology(Level.DEPARTEMENT)
    (scale,) = [inset["scale"] for inset in topology["insets"] if inset["departement"] == departement]
    drawn = decode(topology)[f"DEP-{departement}"].area / 1e6 / scale**2
    assert drawn == pytest.approx(measured, rel=0.05)


def test_the_area_of_a_level_is_that_of_its_parts() -> None:
    areas = pl.read_parquet(GEOMETRY / "areas.parquet")
    totals = {
        level: areas.filter(pl.col("id").str.starts_with(f"{level}-"))["area_km2"].sum() for level in ("REG", "DEP")
    }
    country = areas.filter(pl.col("id") == "FR")["area_km2"].item()
    assert totals["REG"] == pytest.approx(country, abs=0.01)
    assert totals["DEP"] == pytest.approx(country, abs=0.01)


def test_borders_of_the_national_levels_coincide(decode: Any, territories: pl.DataFrame) -> None:
    shapes = {level: decode(load_topology(level)) for level in NATIONAL}
    parents = dict(territories.filter(pl.col("level") == "DEP").select("id", "parents").iter_rows())
    for region, shape in shapes[Level.REGION].items():
        parts = shapely.union_all([s for dep, s in shapes[Level.DEPARTEMENT].items() if region in parents[dep]])
        # What is left is ground that rounding to the grid of 100 m moved, and no more.
        assert shapely.symmetric_difference(shape, parts).area < 0.5e6, region
    country = {level: shapely.union_all(list(found.values())) for level, found in shapes.items()}
    assert shapely.symmetric_difference(country[Level.REGION], country[Level.DEPARTEMENT]).area < 1e6
    # Ouessant and Yeu belong to no EPCI; nor do Bréhat and Sein, too small for the national map.
    lacking = shapely.difference(country[Level.REGION], country[Level.EPCI]).area / 1e6
    assert 15 < lacking < 45


@pytest.mark.parametrize("level", NATIONAL)
def test_a_border_is_written_once(level: Level) -> None:
    segments = [tuple(sorted(s)) for arc in load_topology(level)["arcs"] for s in _segments(arc)]
    twice = [segment for segment, times in Counter(segments).items() if times > 1]
    assert len(twice) < 0.001 * len(segments)


def _segments(arc: list[list[int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    points = [(int(x), int(y)) for x, y in np.cumsum(arc, axis=0)]
    return list(pairwise(points))


def test_exterior_rings_turn_clockwise(decode: Any) -> None:
    topology = load_topology(Level.DEPARTEMENT)
    scale, arcs = topology["transform"]["scale"], [np.cumsum(a, axis=0) for a in topology["arcs"]]
    assert scale[0] == scale[1] > 0
    for shape in geometries(topology, "DEP"):
        for exterior, *_ in shape["arcs"]:
            ring = np.vstack([(arcs[i] if i >= 0 else arcs[~i][::-1])[:-1] for i in exterior])
            assert not shapely.is_ccw(shapely.linearrings(ring)), shape["id"]


def test_communes_fill_their_departement_without_overlap(decode: Any, communes: dict[str, dict[str, Any]]) -> None:
    for code in ("35", "2A", "93", "974"):
        shapes = list(decode(communes[code]).values())
        union = shapely.union_all(shapes)
        overlap = sum(shape.area for shape in shapes) - union.area
        assert abs(overlap) < 0.02e6, code  # square metres; what the grid of 10 m moved
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
        assert sum(hole.area for hole in holes) < 0.02e6, code


def test_neighbouring_departements_share_their_border(decode: Any, communes: dict[str, dict[str, Any]]) -> None:
    one, other = (shapely.union_all(list(decode(communes[code]).values())) for code in ("35", "53"))
    assert shapely.intersection(one, other).area < 0.02e6
    assert shapely.intersection(one, other).length > 50_000


def test_what_the_build_left_is_bounded() -> None:
    left = json.loads((GEOMETRY / "build.json").read_text(encoding="utf-8"))
    assert left["invalid_edges_left"] == 0
    assert left["overlaps_largest_km2"] < 0.1
    # Llívia, in Spain, surrounded by France.
    assert [(gap["longitude"], gap["latitude"]) for gap in left["gaps_left"]] == [(1.974, 42.473)]


def test_insets_hold_the_overseas_departements_and_stand_clear_of_the_mainland(decode: Any) -> None:
    topology = load_topology(Level.DEPARTEMENT)
    shapes = decode(topology)
    mainland = shapely.union_all([s for dep, s in shapes.items() if dep.removeprefix("DEP-") not in OVERSEAS])
    assert {inset["departement"] for inset in topology["insets"]} == set(OVERSEAS)
    for inset in topology["insets"]:
        box = shapely.box(*inset["box"])
        assert box.buffer(100).contains(shapes[f"DEP-{inset['departement']}"]), inset["name"]
        assert mainland.disjoint(box), inset["name"]


def test_files_are_light() -> None:
    sizes = {path.relative_to(GEOMETRY).as_posix(): path.stat().st_size for path in GEOMETRY.rglob("*.*")}
    assert sum(sizes.values()) < 15_000_000
    gzipped = {level: len(gzip.compress(topology_path(level).read_bytes(), 9)) for level in NATIONAL}
    assert gzipped[Level.EPCI] < 100_000
    assert gzipped[Level.DEPARTEMENT] < 25_000
    assert gzipped[Level.REGION] < 12_000
    assert max(size for name, size in sizes.items() if name.startswith("communes/")) < 300_000


def test_fingerprints_are_those_of_the_files() -> None:
    meta = yaml.safe_load((GEOMETRY / "geometry.meta.yml").read_text(encoding="utf-8"))
    found = {
        path.relative_to(GEOMETRY).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in GEOMETRY.rglob("*")
        if path.is_file() and path.suffix != ".yml"
    }
    assert meta["files"] == found


@pytest.mark.shared
def test_regions_are_where_the_reference_has_them(shared: Path, decode: Any) -> None:
    found = decode(load_topology(Level.REGION))
    reference = _reference(shared, "reg")
    overlap = {
        code: _iou(found[f"REG-{code}"], _in_lambert93(shape))
        for code, shape in reference.items()
        if code not in OVERSEAS.values()
    }
    assert len(overlap) == 13
    assert {code: value for code, value in overlap.items() if value < 0.95} == {}


@pytest.mark.shared
def test_departements_are_where_the_reference_has_them(shared: Path, decode: Any) -> None:
    found = decode(load_topology(Level.DEPARTEMENT))
    overlap = {
        code: _iou(found[f"DEP-{code}"], _in_lambert93(shape))
        for code, shape in _reference(shared, "dep").items()
        if code not in PARIS_AND_AROUND | set(OVERSEAS)
    }
    assert len(overlap) == 90
    assert {code: value for code, value in overlap.items() if value < 0.88} == {}


def _reference(shared: Path, level: str) -> dict[str, shapely.Geometry]:
    path = shared / "data" / "anct-pvd-geometrie" / f"fr-drom-4326-pur-style1-{level}.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"][f"insee_{level}"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features}


def _iou(one: shapely.Geometry, other: shapely.Geometry) -> float:
    return shapely.intersection(one, other).area / shapely.union(one, other).area


def _in_lambert93(shape: shapely.Geometry) -> shapely.Geometry:
    """Lambert-93 by its definition: parallels 44° and 49°, origin 46.5° N 3° E; not by the build's constants."""
    e, a = 0.0818191910428, 6_378_137.0

    def isometric(latitude: np.ndarray) -> np.ndarray:
        return np.arctanh(np.sin(latitude)) - e * np.arctanh(e * np.sin(latitude))

    low, high, origin = np.radians([44.0, 49.0, 46.5])
    widths = [a * np.cos(p) / np.sqrt(1 - (e * np.sin(p)) ** 2) for p in (low, high)]
    n = np.log(widths[0] / widths[1]) / (isometric(high) - isometric(low))
    c = widths[0] / n * np.exp(n * isometric(low))

    def project(points: np.ndarray) -> np.ndarray:
        radius = c * np.exp(-n * isometric(np.radians(points[:, 1])))
        angle = n * np.radians(points[:, 0] - 3)
        north = 6_600_000 + c * np.exp(-n * isometric(origin))
        return np.column_stack([700_000 + radius * np.sin(angle), north - radius * np.cos(angle)])

    return shapely.make_valid(shapely.transform(shape, project))
