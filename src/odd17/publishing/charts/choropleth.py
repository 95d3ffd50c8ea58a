"""The spec of a choropleth map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt

from .drawings import ChoroplethMap, LegendEntry
from .palette import BORDER

WIDTH: Final = 560
_SHAPES_NEEDING_THIN_BORDERS: Final = 150


def spec(drawing: ChoroplethMap) -> dict[str, Any]:
    """The Vega-Lite spec: the geometries that have a shape, filled by class, a legend under them.

    Shapes carry their territory's identifier as description; patterns are drawn in `marker` colours.
    """
    fills = {shape.id: shape.fill for shape in drawing.shapes}
    layer = drawing.topology["objects"][drawing.layer]
    geometries = [
        {**geometry, "properties": {"id": geometry["id"], "fill": fills[geometry["id"]]}}
        for geometry in layer["geometries"]
        if geometry["id"] in fills and geometry.get("type") is not None
    ]
    topology = {**drawing.topology, "objects": {drawing.layer: {**layer, "geometries": geometries}}}
    labels = {entry.key: f"{entry.label} ({entry.count})" for entry in drawing.legend}
    for geometry in geometries:
        geometry["properties"]["label"] = labels[geometry["properties"]["fill"]]
    width, height = _extent(drawing.topology)
    chart = (
        alt.Chart(alt.NamedData("territories", format=alt.TopoDataFormat(type="topojson", feature=drawing.layer)))
        .mark_geoshape(
            stroke=BORDER,
            strokeWidth=0.25 if len(geometries) > _SHAPES_NEEDING_THIN_BORDERS else 0.6,
            strokeJoin="round",
        )
        .encode(
            description=alt.Description("properties.id:N"),
            fill=alt.Fill(
                "properties.label:N",
                scale=alt.Scale(
                    domain=[labels[entry.key] for entry in drawing.legend],
                    range=[colour(entry, index) for index, entry in enumerate(drawing.legend)],
                ),
                legend=alt.Legend(
                    title=drawing.legend_title,
                    orient="bottom",
                    direction="vertical",
                    columns=2,
                    symbolType="square",
                    symbolSize=320,
                    symbolStrokeColor=BORDER,
                    rowPadding=5,
                    columnPadding=24,
                    offset=8,
                )
                if drawing.legend_title
                else None,
            ),
        )
        .project(type="identity", reflectY=True)
        .properties(width=WIDTH, height=round(WIDTH * height / width))
    )
    made: dict[str, Any] = chart.to_dict()
    made["datasets"] = {"territories": topology}
    return made


def marker(index: int) -> str:
    """The colour that stands for the pattern of the legend's entry ``index`` until the SVG gets its patterns."""
    return f"#0102{0x80 + index:02x}"


def colour(entry: LegendEntry, index: int) -> str:
    """What the engine fills an entry with: its colour, or its marker."""
    return entry.colour if entry.colour is not None else marker(index)


def _extent(topology: Any) -> tuple[float, float]:
    """Width and height of the topology, in its own units."""
    if "bbox" in topology:
        left, bottom, right, top = topology["bbox"]
    else:
        points = list(_points(topology))
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        bottom, top = min(y for _, y in points), max(y for _, y in points)
    return float(right - left) or 1.0, float(top - bottom) or 1.0


def _points(topology: Any) -> Iterator[tuple[float, float]]:
    transform = topology.get("transform")
    for arc in topology["arcs"]:
        x = y = 0.0
        for point in arc:
            if transform is None:
                yield point[0], point[1]
                continue
            x, y = x + point[0], y + point[1]
            yield (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
