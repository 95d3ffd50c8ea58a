"""The shipped shapes: one TopoJSON a level, the communes cut by département."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from odd17.core.kernel import Message, UsageError
from odd17.core.territories.levels import Level, split_id

from .places import shipped

VINTAGE = "2026"
"""The vintage of the code officiel géographique that the shapes follow."""

_CODE = re.compile(r"[0-9][0-9AB][0-9]?")

NATIONAL = (Level.REGION, Level.DEPARTEMENT, Level.EPCI)


def topology_path(level: Level, within: str | None = None) -> Path:
    """The file with the shapes of a level; ``within`` is the département (``DEP-35``) whose communes are wanted.

    Raises UsageError where the level has no file, where ``within`` is missing or is not a département that has one.

    >>> topology_path(Level.COMMUNE, within="DEP-2A").name
    'COM-2A.topojson'
    """
    folder = shipped() / "geometry" / VINTAGE
    if level in NATIONAL:
        if within is not None:
            raise UsageError(
                Message(
                    "The shapes of level {level} are national: there is no file within {within!r}.",
                    level=level.value,
                    within=within,
                )
            )
        return folder / f"{level.value}.topojson"
    if level is not Level.COMMUNE:
        raise UsageError(
            Message(
                "There is no file of shapes for level {level}: use one of REG, DEP, EPCI or COM.", level=level.value
            )
        )
    path = folder / "communes" / f"COM-{_departement(within)}.topojson"
    if not path.is_file():
        raise UsageError(
            Message("There are no shapes of communes within {within!r}: it is not a département.", within=within)
        )
    return path


def load_topology(level: Level, within: str | None = None) -> dict[str, Any]:
    """The shapes of a level as a TopoJSON topology, in metres, y upwards: draw it with ``identity`` and ``reflectY``.

    Its one object is called by the level; each geometry has the territory's identifier as ``id`` and its name in
    ``properties`` (with ``true: false`` where the contour is not the present one). National levels draw overseas
    territories as insets beside metropolitan France, listed from the top under ``insets``: département, name, box
    ``[left, bottom, right, top]`` in the same metres, and how many times larger the inset is drawn.
    Raises UsageError as ``topology_path``.

    >>> topology = load_topology(Level.REGION)
    >>> len(topology["objects"]["REG"]["geometries"]), topology["insets"][0]["name"]
    (18, 'Guadeloupe')
    """
    topology: dict[str, Any] = json.loads(topology_path(level, within).read_text(encoding="utf-8"))
    return topology


def load_communes(communes: Iterable[str], departements: Iterable[str]) -> dict[str, Any]:
    """The shapes of these communes (identifiers), cut from those of ``departements`` (``DEP-35``), as one topology.

    Its object is ``COM``; coordinates are absolute, in metres. Metropolitan communes share one projection and overseas
    ones have each département's own: where they are mixed, only the metropolitan ones are drawn, and of several
    overseas départements only the first. Raises UsageError as ``topology_path``.

    >>> topology = load_communes(["COM-35238", "COM-22278"], ["DEP-35", "DEP-22"])
    >>> [geometry["id"] for geometry in topology["objects"]["COM"]["geometries"]]
    ['COM-22278', 'COM-35238']
    """
    wanted, ordered = set(communes), sorted(departements)
    metropolitan = [id for id in ordered if not id.startswith(f"{Level.DEPARTEMENT.value}-97")]
    geometries: list[dict[str, Any]] = []
    arcs: list[list[list[float]]] = []
    for departement in metropolitan or ordered[:1]:
        topology = load_topology(Level.COMMUNE, within=departement)
        places: dict[int, int] = {}  # from the département's arcs to those of the whole
        for geometry in topology["objects"][Level.COMMUNE.value]["geometries"]:
            if geometry["id"] in wanted:
                geometries.append({**geometry, "arcs": _moved(geometry.get("arcs", []), places, len(arcs))})
        arcs += [_absolute(topology["arcs"][index], topology["transform"]) for index in places]
    points = [point for arc in arcs for point in arc]
    box = [limit(point[axis] for point in points) for limit in (min, max) for axis in (0, 1)] if points else [0.0] * 4
    return {
        "type": "Topology",
        "bbox": box,
        "objects": {Level.COMMUNE.value: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def _moved(arcs: Any, places: dict[int, int], start: int) -> Any:
    """Indices of arcs in the whole topology (``~i``: reversed); ``places`` learns those that it did not have."""
    if isinstance(arcs, list):
        return [_moved(each, places, start) for each in arcs]
    index = arcs if arcs >= 0 else ~arcs
    place = places.setdefault(index, start + len(places))
    return place if arcs >= 0 else ~place


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    (across, up), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append([x * across + left, y * up + bottom])
    return points


def _departement(within: str | None) -> str:
    """The code of the département that ``within`` names; raises UsageError where it names none."""
    if within is None:
        raise UsageError("The shapes of communes are cut by département: say which, as in 'DEP-35'.")
    try:
        level, code = split_id(within)
    except ValueError:
        level, code = Level.COUNTRY, ""
    # Nothing but a code may reach the name of a file.
    if level is not Level.DEPARTEMENT or not _CODE.fullmatch(code):
        raise UsageError(
            Message(
                "The shapes of communes are cut by département, as in 'DEP-35': {within!r} is not one.",
                within=within[:40],
            )
        )
    return code
