"""Which choices move the ranks of a peer set, and what each part of the frame is worth there.

For the whole index where it has scores, else for the highest nodes that have some. Methods: Sobol indices and
leave-one-out (``odd17.core.indicators.sensitivity``), correlations, alpha and effective weights
(``odd17.core.indicators.audit``).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any, Final

import polars as pl

from odd17.core.indicators.audit import audited
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.pipeline import Fit
from odd17.core.indicators.sensitivity import left_out
from odd17.core.indicators.uncertainty import Uncertainty
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import UsageError

from .rank_intervals import branch, choices_of, decided_alone

MOST_PEERS: Final = 2000
"""Beyond this many peers nothing is computed at the build: communes would take minutes."""


def sensitivity(fit: Fit, ranges: UncertaintyRanges, nodes: Collection[str]) -> dict[str, dict[str, Any]]:
    """For each of the highest of ``nodes`` (those that have scores), as JSON values:

    - ``sobol``: a row a choice (Normalise, Aggregate, weights) with its first-order and total index and their 95 %
      intervals, for the mean move of a rank; None where SALib, the extra ``sensitivity``, is not installed, or where
      no choice moves a rank;
    - ``leave_one_out``: a row a child, the mean and the largest move of a rank without it;
    - ``alpha``: Cronbach's, over the children;
    - ``weights``: a row a child, its weight among its siblings and its correlation with the node;
    - ``flags``: pairs of siblings, anywhere below, whose correlation calls for attention.

    A node that a single indicator decides is left out: nothing can move it.
    """
    alone = decided_alone(fit.frame)
    found = {}
    for node in highest(fit.frame, nodes):
        if node not in alone:
            part = branch(fit, node)
            found[node] = {"sobol": _sobol(part, ranges), **_parts(part)}
    return found


def highest(frame: Frame, nodes: Collection[str]) -> list[str]:
    """Those of ``nodes`` that have none of them above, from the root down."""
    found: list[str] = []
    below = [frame.root]
    while below:
        node = below.pop(0)
        if node in nodes:
            found.append(node)
        else:
            below += [child for child in frame.children.get(node, ()) if child not in frame.indicators]
    return found


def _sobol(part: Fit, ranges: UncertaintyRanges) -> list[dict[str, Any]] | None:
    replicates = ranges.replicates_for(len(part.inputs.raw.units))
    try:
        table = Uncertainty(part, choices_of(part, ranges), n=replicates, seed=ranges.seed).sobol()
    except UsageError:  # SALib is an extra
        return None
    return None if table["total"].null_count() == table.height else _rows(table)


def _parts(part: Fit) -> dict[str, Any]:
    root = part.frame.root
    children = part.frame.children[root]
    audit = audited(part)
    level = part.frame.by_code[children[0]].level
    flagged = audit.within.filter(pl.col("siblings") & pl.col("flag").is_in(["negative", "weak", "collinear"]))
    alpha = audit.reliability.filter(pl.col("node") == root)["alpha"].to_list()
    return {
        "leave_one_out": _rows(left_out(part, level)),
        "alpha": _number(alpha[0]) if alpha else None,
        "weights": _rows(audit.weights.filter(pl.col("code").is_in(children)).drop("effective")),
        "flags": _rows(flagged.select("a", "b", "r", "flag")),
    }


def _rows(table: pl.DataFrame) -> list[dict[str, Any]]:
    return [{name: _number(value) for name, value in row.items()} for row in table.iter_rows(named=True)]


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
