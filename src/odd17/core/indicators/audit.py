"""The audit of an index: does it say what its frame claims?

Sources: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), steps 4 and 8; thresholds of the
correlations as in the JRC's audits (negative under -0.4, weak under 0.3, collinear over 0.9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from .association import correlations, cronbach_alpha, principal_components
from .frame import Frame
from .pipeline import Fit
from .stage import FloatArray

NEGATIVE, WEAK, COLLINEAR = -0.4, 0.3, 0.9


@dataclass(frozen=True)
class Audit:
    """Tables of an audit, from the aggregated stage (directions already turned), missing values from the raw one.

    - ``within``: level, a, b, siblings (the same parent), r, flag: every pair of codes of a level;
    - ``between``: code, node, below (the node is above the code), r, flag: every code against every higher node;
    - ``reliability``: node, children, alpha (Cronbach's, over its children);
    - ``weights``: code, weight (its share among siblings), effective (its share of the root), r (with the root);
    - ``components``: node, component, eigenvalue, share, cumulative: principal components of its children;
    - ``loadings``: node, code, loading on the first component;
    - ``missing``: indicator, missing, share;
    - ``missing_map``: unit, then a column an indicator, true where missing.

    Flags: negative (r < -0.4), weak (< 0.3), collinear (> 0.9), undefined (constant, or fewer than two units have
    both), or empty.
    """

    within: pl.DataFrame
    between: pl.DataFrame
    reliability: pl.DataFrame
    weights: pl.DataFrame
    components: pl.DataFrame
    loadings: pl.DataFrame
    missing: pl.DataFrame
    missing_map: pl.DataFrame


def flag(r: float) -> str:
    """What a correlation calls attention to.

    >>> [flag(r) for r in (-0.5, 0.1, 0.6, 0.95, float("nan"))]
    ['negative', 'weak', '', 'collinear', 'undefined']
    """
    if np.isnan(r):
        return "undefined"
    if r < NEGATIVE:
        return "negative"
    if r < WEAK:
        return "weak"
    return "collinear" if r > COLLINEAR else ""


def audited(fit: Fit) -> Audit:
    """The audit of a fitted index."""
    frame, stage = fit.frame, fit.run.stages[-1]
    at = {code: position for position, code in enumerate(stage.columns)}
    r = correlations(stage.values)
    within: list[dict[str, Any]] = []
    between: list[dict[str, Any]] = []
    for position, a in enumerate(frame.nodes):
        for b in frame.nodes[position + 1 :]:
            low, high = sorted((a, b), key=lambda node: node.level)
            value = float(r[at[low.code], at[high.code]])
            told = {"r": _null(value), "flag": flag(value)}
            if low.level == high.level:
                siblings = low.parent == high.parent
                within.append({"level": low.level, "a": low.code, "b": high.code, "siblings": siblings, **told})
            else:
                below = high.code in ancestors(frame, low.code)
                between.append({"code": low.code, "node": high.code, "below": below, **told})
    effective = effective_weights(frame)
    weights = [
        {
            "code": code,
            "weight": _share(frame, code),
            "effective": effective[code],
            "r": _null(float(r[at[code], at[frame.root]])),
        }
        for code in frame.codes
    ]
    reliability: list[dict[str, Any]] = []
    components: list[dict[str, Any]] = []
    loadings: list[dict[str, Any]] = []
    for node in frame.aggregates:
        children = frame.children[node]
        x = stage.values[:, [at[child] for child in children]]
        alpha = cronbach_alpha(x)
        reliability.append({"node": node, "children": len(children), "alpha": _null(alpha)})
        found_components, found_loadings = _components(node, children, x)
        components += found_components
        loadings += found_loadings
    raw = fit.run.stages[0]
    gaps = np.isnan(raw.values)
    return Audit(
        within=_table(within, {"level": pl.Int64, "a": pl.String, "b": pl.String, "siblings": pl.Boolean, **FLAGGED}),
        between=_table(between, {"code": pl.String, "node": pl.String, "below": pl.Boolean, **FLAGGED}),
        reliability=_table(reliability, {"node": pl.String, "children": pl.Int64, "alpha": pl.Float64}),
        weights=_table(weights, {"code": pl.String, "weight": pl.Float64, "effective": pl.Float64, "r": pl.Float64}),
        components=_table(
            components,
            {
                "node": pl.String,
                "component": pl.Int64,
                "eigenvalue": pl.Float64,
                "share": pl.Float64,
                "cumulative": pl.Float64,
            },
        ),
        loadings=_table(loadings, {"node": pl.String, "code": pl.String, "loading": pl.Float64}),
        missing=pl.DataFrame(
            {
                "indicator": pl.Series(raw.columns, dtype=pl.String),
                "missing": pl.Series(gaps.sum(axis=0), dtype=pl.Int64),
                "share": pl.Series(gaps.sum(axis=0) / max(1, len(raw.units)), dtype=pl.Float64),
            }
        ),
        missing_map=pl.DataFrame(
            [
                pl.Series("unit", raw.units, dtype=pl.String),
                *(pl.Series(name, gaps[:, column], dtype=pl.Boolean) for column, name in enumerate(raw.columns)),
            ]
        ),
    )


FLAGGED = {"r": pl.Float64, "flag": pl.String}


def ancestors(frame: Frame, code: str) -> tuple[str, ...]:
    """The nodes above a code, nearest first."""
    found: list[str] = []
    parent = frame.by_code[code].parent
    while parent is not None:
        found.append(parent)
        parent = frame.by_code[parent].parent
    return tuple(found)


def effective_weights(frame: Frame) -> dict[str, float]:
    """The share of the root that each code has: the product of the shares on its way up; 1 for the root."""
    found = {frame.root: 1.0}
    for node in reversed(frame.aggregates):
        for child in frame.children[node]:
            found[child] = found[node] * _share(frame, child)
    return found


def _share(frame: Frame, code: str) -> float:
    node = frame.by_code[code]
    if node.parent is None:
        return 1.0
    return node.weight / sum(frame.by_code[sibling].weight for sibling in frame.children[node.parent])


def _components(node: str, children: Sequence[str], x: FloatArray) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    found = principal_components(x)
    shares = found.eigenvalues / max(1, len(children))
    components = [
        {
            "node": node,
            "component": number + 1,
            "eigenvalue": float(value),
            "share": float(shares[number]),
            "cumulative": float(shares[: number + 1].sum()),
        }
        for number, value in enumerate(found.eigenvalues)
    ]
    loadings = [
        {"node": node, "code": child, "loading": float(found.loadings[row, 0])}
        for row, child in enumerate(children)
        if len(found.eigenvalues)
    ]
    return components, loadings


def _null(value: float) -> float | None:
    return None if np.isnan(value) else value


def _table(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")
