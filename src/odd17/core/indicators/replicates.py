"""The score of one node under many sets of weights at once.

Every mean of ``aggregate`` is T⁻¹(Σ w T(x) / Σ w) with T the identity, the logarithm, the inverse or a power. A node
whose child uses the same T, and misses nothing, takes that child's children in its place, with the product of the
weights: complete data under one method are then a single matrix product. Where children are missing, a second product
gives the weight that is present.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .aggregate import Aggregate, unsuited
from .frame import Frame
from .stage import BoolArray, FloatArray, IntArray, Stage
from .step import Context
from .weight import weight_vector

SCORES = 1 << 17
"""Scores of a node worked on at once, at most: few enough for a processor's cache, enough that threads, which NumPy
lets run side by side within a call alone, seldom wait for each other between calls."""

WEIGHTS = 24
"""Sets of weights worked on at once."""

PRODUCT = 1 << 19
"""Multiplications of one matrix product, at most: OpenBLAS shares larger ones among threads of its own, which wait for
each other where every processor already has replicates of its own to score."""

Transform = Callable[..., FloatArray]


def _same(x: FloatArray, out: FloatArray | None = None) -> FloatArray:
    return x


def transforms(method: str, power: float | None) -> tuple[Transform, Transform]:
    """T and its inverse for a method, which take ``out`` as NumPy's functions do; a power has its own."""
    if method == "power" and power is not None:
        exponent = power
        return (
            lambda x, out=None: np.power(x, exponent, out=out),
            lambda x, out=None: np.power(x, 1.0 / exponent, out=out),
        )
    return {
        "geometric": (np.log, np.exp),
        "harmonic": (np.reciprocal, np.reciprocal),
    }.get(method, (_same, _same))


@dataclass(frozen=True)
class Rows:
    """Units that all have the usual nodes, or the others.

    ``children`` are those of each node that at least one of these units has; ``partial`` the nodes of which a child is
    missing for some; ``present`` tells for each node which units have it; ``columns`` are T(x) by method, zero where
    missing, indicators × units; ``mask`` is 1 where an indicator is present.
    """

    at: IntArray
    children: dict[str, tuple[str, ...]]
    partial: frozenset[str]
    present: dict[str, BoolArray]
    columns: dict[str, FloatArray]
    mask: FloatArray


@dataclass(frozen=True)
class Terms:
    """What a node is the mean of: indicators (their places) and nodes, with the weights of each in the replicates."""

    indicators: IntArray | slice
    weights: FloatArray
    nodes: tuple[str, ...]
    of_nodes: FloatArray


class Replicates:
    """One node of one normalised matrix under one Aggregate: give it weights, it gives scores.

    Scores are in the order of the true ones but not always on their scale: a geometric mean stays a logarithm.
    """

    def __init__(self, frame: Frame, aggregate: Aggregate, normalised: Stage, node: str) -> None:
        self.frame, self.aggregate, self.normalised, self.node = frame, aggregate, normalised, node
        self.methods = aggregate.methods(frame)
        self.indicators = {code: at for at, code in enumerate(frame.indicators)}
        self.position = {code: at for at, code in enumerate(frame.codes)}
        self.nodes = self._below(node)
        self.pairwise = any(self.methods[code] == "copeland" for code in self.nodes)
        self.rows = [] if self.pairwise else self._rows()
        if self.pairwise or self._doubtful():
            # refuses what this aggregation cannot take, naming unit and node
            self._exact(weight_vector(frame))

    def scores(self, weights: FloatArray, found: FloatArray) -> None:
        """Write replicates × units from weights (replicates × ``frame.codes``); NaN where the node is refused.

        Raises DataError, naming unit and node, where drawn weights lead to a value that the method cannot take.
        """
        if self.pairwise:
            for at, drawn in enumerate(weights):
                found[at] = self._exact(drawn)
            return
        ranked = sum(len(rows.at) for rows in self.rows)
        if ranked < found.shape[1]:
            found[:] = np.nan
        with np.errstate(all="ignore"):
            for rows in self.rows:
                self._score_rows(rows, weights, found)
            if ranked == found.shape[1]:
                lost = ~np.isfinite(found.sum(axis=1))
            else:
                lost = np.count_nonzero(np.isfinite(found), axis=1) != ranked
        # what is neither missing nor finite is refused by the exact way, with its reason
        for again in np.flatnonzero(lost):
            found[again] = self._exact(weights[again])

    def _exact(self, weights: FloatArray) -> FloatArray:
        drawn = self.frame.with_weights(dict(zip(self.frame.codes, weights.tolist(), strict=True)))
        stage, _ = self.aggregate.apply(self.normalised, Context(drawn, {}))
        scores = stage.values[:, stage.columns.index(self.node)].copy()
        if self.methods[self.node] == "geometric":
            np.log(scores, out=scores)
        return scores

    def _below(self, node: str) -> tuple[str, ...]:
        found = [node]
        for code in found:
            found.extend(child for child in self.frame.children[code] if child not in self.indicators)
        return tuple(found)

    def _rows(self) -> list[Rows]:
        x = np.ascontiguousarray(self.normalised.values.T)
        missing = np.isnan(x)
        # where nothing is missing, one unit tells for all
        seen = missing if missing.any() else missing[:, :1]
        del missing
        present: dict[str, BoolArray] = {code: ~seen[at] for code, at in self.indicators.items()}
        for code in reversed(self.nodes):
            children = self.frame.children[code]
            count = np.zeros(seen.shape[1], dtype=np.int32)
            for child in children:
                count += present[child]
            present[code] = (count > 0) & (count / max(1, len(children)) >= self.aggregate.min_available)
        present = {code: np.broadcast_to(here, x.shape[1:]) for code, here in present.items()}
        kept = present[self.node]
        usual = kept.copy()
        for code in self.nodes:
            usual &= present[code] if np.count_nonzero(present[code]) * 2 > np.count_nonzero(kept) else ~present[code]
        groups = [np.flatnonzero(usual), np.flatnonzero(kept & ~usual)]
        return [self._group(rows, present, x) for rows in groups if len(rows)]

    def _group(self, rows: IntArray, present: dict[str, BoolArray], x: FloatArray) -> Rows:
        if len(rows) < x.shape[1]:
            present = {code: here[rows] for code, here in present.items()}
            x = x[:, rows]
        children = {
            code: tuple(child for child in self.frame.children[code] if present[child].any()) for code in self.nodes
        }
        partial = frozenset(code for code in self.nodes if any(not present[child].all() for child in children[code]))
        missing = np.isnan(x) if partial else None
        columns: dict[str, FloatArray] = {}
        for method in {self.methods[code] for code in self.nodes if self._above_indicators(code)}:
            forward, _ = transforms(method, self.aggregate.power)
            with np.errstate(all="ignore"):
                columns[method] = forward(x)
            if missing is not None:
                columns[method] = np.where(missing, 0.0, columns[method])
        mask = np.empty((0, 0)) if missing is None else (~missing).astype(np.float64)
        return Rows(rows, children, partial, {code: present[code] for code in self.nodes}, columns, mask)

    def _above_indicators(self, code: str) -> list[str]:
        return [child for child in self.frame.children[code] if child in self.indicators]

    def _doubtful(self) -> bool:
        """Whether some indicator may have a value that its node's method cannot take."""
        x = self.normalised.values
        return any(
            unsuited(self.methods[code], x[:, self.indicators[child]], self.aggregate.power).any()
            for code in self.nodes
            if self.methods[code] != "arithmetic"
            for child in self._above_indicators(code)
        )

    def _prepare(self, rows: Rows, code: str, weights: FloatArray, terms: dict[str, Terms]) -> None:
        leaves, nodes = self._terms(rows, code, weights)
        at = np.array([self.indicators[leaf] for leaf, _ in leaves], dtype=np.int64)
        run = len(at) > 0 and bool((np.diff(at) == 1).all())
        places = slice(int(at[0]), int(at[-1]) + 1) if run else at
        below = tuple(node for node, _ in nodes)
        terms[code] = Terms(places, _stacked(leaves, len(weights)), below, _stacked(nodes, len(weights)))
        for node in below:
            self._prepare(rows, node, weights, terms)

    def _terms(
        self, rows: Rows, code: str, weights: FloatArray
    ) -> tuple[list[tuple[str, FloatArray]], list[tuple[str, FloatArray]]]:
        """Indicators and nodes that stand under a node, with their weights; those of a complete node sum to 1."""
        children = rows.children[code]
        own = {child: weights[:, self.position[child]] for child in children}
        if code not in rows.partial:
            total = np.sum(list(own.values()), axis=0)
            own = {child: weight / total for child, weight in own.items()}
        leaves: list[tuple[str, FloatArray]] = []
        nodes: list[tuple[str, FloatArray]] = []
        for child, weight in own.items():
            if child in self.indicators:
                leaves.append((child, weight))
            elif code in rows.partial or child in rows.partial or self.methods[child] != self.methods[code]:
                nodes.append((child, weight))
            else:
                below_leaves, below_nodes = self._terms(rows, child, weights)
                leaves += [(leaf, weight * of_leaf) for leaf, of_leaf in below_leaves]
                nodes += [(node, weight * of_node) for node, of_node in below_nodes]
        return leaves, nodes

    def _score_rows(self, rows: Rows, weights: FloatArray, found: FloatArray) -> None:
        terms: dict[str, Terms] = {}
        self._prepare(rows, self.node, weights, terms)
        widest = max(1, *(own.weights.shape[1] for own in terms.values()))
        method = self.methods[self.node]
        _, backward = transforms(method, self.aggregate.power)
        step = min(SCORES, PRODUCT // widest) // min(WEIGHTS, len(weights))
        for first in range(0, len(weights), WEIGHTS):
            drawn = slice(first, first + WEIGHTS)
            for unit in range(0, len(rows.at), step):
                units = slice(unit, unit + step)
                at = rows.at[units]
                where = slice(int(at[0]), int(at[-1]) + 1) if at[-1] - at[0] + 1 == len(at) else at
                # units here and there are scored in a place of their own
                scores = found[drawn, where] if isinstance(where, slice) else np.empty((len(found[drawn]), len(at)))
                self._mean(rows, self.node, terms, units, drawn, scores)
                if method != "geometric":
                    backward(scores, out=scores)
                if not isinstance(where, slice):
                    found[drawn, where] = scores

    def _mean(
        self, rows: Rows, code: str, terms: dict[str, Terms], units: slice, drawn: slice, out: FloatArray
    ) -> None:
        """Write T(score) of a node, where T is that of its method, for some replicates and units."""
        method, own = self.methods[code], terms[code]
        weights, of_nodes = own.weights[drawn], own.of_nodes[drawn]
        if weights.shape[1]:
            np.matmul(weights, rows.columns[method][own.indicators, units], out=out)
        else:
            out[:] = 0.0
        if own.nodes:
            scores = np.empty((len(own.nodes), *out.shape))
            for score, child in zip(scores, own.nodes, strict=True):
                self._mean(rows, child, terms, units, drawn, score)
                self._convert(score, self.methods[child], method)
                if code in rows.partial:
                    np.copyto(score, 0.0, where=~rows.present[child][units])
            out += (of_nodes[:, None] @ scores.transpose(1, 0, 2))[:, 0]
        if code in rows.partial:
            present = weights @ rows.mask[own.indicators, units]
            if own.nodes:
                present += of_nodes @ np.array([rows.present[child][units] for child in own.nodes], dtype=np.float64)
            out /= present

    def _convert(self, score: FloatArray, child: str, method: str) -> None:
        """Turn T(score) of the method of a child into that of the node's; missing where this takes no such score."""
        if child == method:
            return
        _, backward = transforms(child, self.aggregate.power)
        forward, _ = transforms(method, self.aggregate.power)
        backward(score, out=score)
        if method != "arithmetic":
            if np.fmin.reduce(score, axis=None) <= 0.0:
                score[unsuited(method, score, self.aggregate.power)] = np.nan
            forward(score, out=score)


def _stacked(weighed: list[tuple[str, FloatArray]], replicates: int) -> FloatArray:
    return np.column_stack([weight for _, weight in weighed]) if weighed else np.empty((replicates, 0))
