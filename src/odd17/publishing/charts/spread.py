"""The spec of an indicator's distribution among peers: a dot each for a few, a histogram for many."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import numpy.typing as npt

from .drawings import Distribution
from .theme import PEERS, series_colours, series_shapes

WIDTH: Final = 520
HEIGHT: Final = 120
MOST_DOTS: Final = 60
"""Past this many peers, dots would not be told apart: a histogram then."""
_DOT: Final = 13
_HEADS: Final = -14
"""Where the marked territories' symbols stand, above the plot."""


def spec(drawing: Distribution) -> dict[str, Any]:
    """The Vega-Lite spec: the peers, and a line for each territory marked, its symbol on top and in the legend."""
    numbers = np.asarray(drawing.values, dtype=np.float64)
    shown = np.append(numbers, [value for _name, value in drawing.marked])
    low, high = float(shown.min()), float(shown.max())
    room = (high - low) * 0.04 or 1.0
    domain = [low - room, high + room]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    axis = alt.Axis(title=drawing.axis_title, grid=False, tickCount=6, titlePadding=8)
    marked = [{"who": name, "value": value, "head": _HEADS} for name, value in reversed(drawing.marked)]
    names = [name for name, _value in drawing.marked]
    base = alt.Chart(alt.InlineData(values=marked)).encode(
        x=alt.X("value:Q", scale=scale, axis=axis),
        y=alt.Y("head:Q", scale=None, axis=None),
        color=alt.Color(
            "who:N",
            scale=alt.Scale(domain=names, range=series_colours(len(names))),
            legend=alt.Legend(title=None, orient="top", symbolSize=110, offset=22) if names else None,
        ),
    )
    lines = base.mark_rule(strokeWidth=2).encode(y2=alt.value(HEIGHT))
    heads = base.mark_point(filled=True, size=110, opacity=1).encode(
        shape=alt.Shape("who:N", scale=alt.Scale(domain=names, range=series_shapes(len(names))))
    )
    peers = _dots(numbers, domain) if numbers.size <= MOST_DOTS else _histogram(numbers, drawing.count_title)
    peers = peers.encode(x=alt.X("value:Q", scale=scale, axis=axis))
    chart = alt.layer(peers, lines, heads).resolve_scale(y="independent").properties(width=WIDTH, height=HEIGHT)
    return dict(chart.to_dict())


def _dots(numbers: npt.NDArray[np.float64], domain: list[float]) -> alt.Chart:
    """One dot a peer; dots that would overlap are stacked."""
    values = np.sort(numbers)
    cells = np.floor((values - domain[0]) / (domain[1] - domain[0]) * (WIDTH / _DOT)).astype(int)
    stacked: dict[int, int] = {}
    rows = []
    for value, cell in zip(values.tolist(), cells.tolist(), strict=True):
        below = stacked.get(cell, 0)
        stacked[cell] = below + 1
        rows.append({"value": value, "row": HEIGHT - _DOT * (below + 0.6)})
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_circle(color=PEERS, size=90, opacity=1)
        .encode(y=alt.Y("row:Q", scale=None, axis=None))
    )
    return made


def _histogram(numbers: npt.NDArray[np.float64], title: str) -> alt.Chart:
    counts, edges = np.histogram(numbers, bins=30)
    rows = [
        {"value": start, "end": end, "count": count}
        for start, end, count in zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True)
    ]
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(color=PEERS, orient="vertical")
        .encode(
            x2="end:Q",
            y=alt.Y("count:Q", axis=alt.Axis(title=title, tickCount=4, domain=False, ticks=False)),
            y2=alt.datum(0),
        )
    )
    return made
