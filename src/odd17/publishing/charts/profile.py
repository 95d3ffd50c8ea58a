"""The spec of a territory's profile: sixteen domains, one scale."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from .drawings import DomainProfile
from .theme import BAND, LINE, MUTED, TEXT, series_colours, series_shapes

WIDTH: Final = 250
ROW: Final = 25


def spec(drawing: DomainProfile) -> dict[str, Any]:
    """The Vega-Lite spec: a row a domain under its dimension; the peers' band, the dots, words at the right."""
    order: list[str] = []
    rows: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    groups: list[str] = []
    for row in drawing.rows:
        if row.group not in groups:
            groups.append(row.group)
            order.append(row.group)
        order.append(row.label)
        low, high = row.spread or (None, None)
        rows.append({"label": row.label, "low": low, "high": high, "text": row.text, "missing": row.value is None})
        if row.value is not None:
            dots.extend({"label": row.label, "who": name, "score": value} for name, value in row.others)
            dots.append({"label": row.label, "who": drawing.here, "score": row.value})
    people = list(dict.fromkeys([drawing.here, *(name for row in drawing.rows for name, _ in row.others)]))
    y = alt.Y(
        "label:N",
        sort=None,
        scale=alt.Scale(domain=order, paddingInner=0),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelPadding=10,
            labelFontWeight=alt.condition(_is_one_of(groups), alt.value(600), alt.value(400)),
            labelColor=alt.condition(_is_one_of(groups), alt.value(MUTED), alt.value(TEXT)),
        ),
    )
    scale = alt.Scale(domain=[0, 100], nice=False)
    axis = alt.Axis(
        title=[drawing.axis_title, drawing.spread_label],
        values=[0, 25, 50, 75, 100],
        domain=False,
        ticks=False,
        titlePadding=10,
        orient="bottom",
    )
    table = alt.InlineData(values=rows)
    lines = alt.Chart(table).mark_rule(color=LINE).encode(y=y, x=alt.value(0), x2=alt.value(WIDTH))
    band = (
        alt.Chart(table)
        .transform_filter("datum.low !== null")
        .mark_bar(color=BAND, height=9, cornerRadius=3)
        .encode(y=y, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    )
    points = (
        alt.Chart(alt.InlineData(values=dots))
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            y=y,
            x=alt.X("score:Q", scale=scale, axis=axis),
            shape=alt.Shape("who:N", scale=alt.Scale(domain=people, range=series_shapes(len(people)))),
            color=alt.Color(
                "who:N",
                scale=alt.Scale(domain=people, range=series_colours(len(people))),
                legend=alt.Legend(title=None, orient="top", symbolSize=110) if dots else None,
            ),
        )
    )
    words = (
        alt.Chart(table)
        .mark_text(align="left", baseline="middle", fontSize=14, dx=14)
        .encode(
            y=y,
            x=alt.value(WIDTH),
            text="text:N",
            color=alt.condition("datum.missing", alt.value(MUTED), alt.value(TEXT)),
        )
    )
    chart = alt.layer(lines, band, points, words).properties(width=WIDTH, height=ROW * len(order))
    return dict(chart.to_dict())


def _is_one_of(labels: list[str]) -> str:
    quoted = ", ".join("'" + label.replace("\\", "\\\\").replace("'", "\\'") + "'" for label in labels)
    return f"indexof([{quoted}], datum.value) >= 0"
