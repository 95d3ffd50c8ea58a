"""The score of one node under many sets of weights at once.

Every mean of ``aggregate`` is T⁻¹(Σ w T(x) / Σ w) with T the identity, the logarithm, the inverse or a power. A node
whose child uses the same T, and misses nothing, takes that child's children in its place, with the product of the
weights: complete data under one method are then a single matrix product. Where children are missing, a second product
gives the weight that is present.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .aggregate import Aggregate
from .frame import Frame
from .stage import FloatArray, IntArray, Stage
from .step import Context

CHUNK = 4096
"""Units worked on at once by one thread."""

BoolArray = NDArray[np.bool_]
Transform = Callable[[FloatArray], FloatArray]


def _same(x: FloatArray) -> FloatArray:
    return x


def transforms(method: str, power: float | None) -> tuple[Transform, Transform]:
    """T and its inverse for a method; a power has its own."""
    if method == "power" and power is not None:
        exponent = power
        return (lambda x: x**exponent), (lambda x: x ** (1.0 / exponent))
    return {
        "geometric": (np.log, np.exp),
        "harmonic": (np.reciprocal, np.reciprocal),
    }.get(method, (_same, _same))


@dataclass(frozen=True)
class Rows:
    """Units that lack the same nodes, or (``mixed``) any.

    ``children`` are those of each node that at least one of these units has; ``partial`` the nodes of which a child is
    missing for some; ``present`` tells for each code which units have it; ``columns`` are T(x) by method, zero where
    missing, indicators × units.
    """

    at: IntArray
    children: dict[str, tuple[str, ...]]
    partial: frozenset[str]
    present: dict[str, BoolArray]
    columns: dict[str, FloatArray]
    mask: FloatArray


class Replicates:
    """One node of one normalised matrix under one Aggregate: give it weights, it gives scores.

    Scores are in the order of the true ones but not always on their scale: a geometric mean stays a logarithm.
    """

    def __init__(self, frame: Frame, aggregate: Aggregate, normalised: Stage, node: str) -> None:
        self.frame, self.aggregate, self.normalised, self.node = frame, aggregate, normalised, node
        self.methods = aggregate.methods(frame)
        # refuses what this aggregation cannot take, naming unit and node
        self.nominal, _ = aggregate.apply(normalised, Context(frame, {}))
        self.indicators = {code: at for at, code in enumerate(frame.indicators)}
        self.position = {code: at for at, code in enumerate(frame.codes)}
        self.nodes = self._below(node)
        self.pairwise = any(self.methods[code] == "copeland" for code in self.nodes)
        self.rows = [] if self.pairwise else self._rows()

    def scores(self, weights: FloatArray, pool: ThreadPoolExecutor) -> FloatArray:
        """Replicates × units from weights (replicates × ``frame.codes``); NaN where the node is refused.

        Raises DataError, naming unit and node, where drawn weights lead to a value that the method cannot take.
        """
        found = np.full((len(weights), len(self.normalised.units)), np.nan)
        if self.pairwise:
            for at, drawn in enumerate(weights):
                found[at] = self._exact(drawn)
            return found
        tasks = [(rows, slice(start, start + CHUNK)) for rows in self.rows for start in range(0, len(rows.at), CHUNK)]

        def work(task: tuple[Rows, slice]) -> None:
            rows, part = task
            at = rows.at[part]
            where = slice(int(at[0]), int(at[-1]) + 1) if at[-1] - at[0] + 1 == len(at) else at
            with np.errstate(all="ignore"):
                found[:, where] = self._score(rows, self.node, weights, part, last=True)

        for _ in pool.map(work, tasks):
            pass
        expected = ~np.isnan(self.nominal.values[:, self.nominal.columns.index(self.node)])
        lost = ~np.isfinite(found).all(axis=1) if expected.all() else ~np.isfinite(found[:, expected]).all(axis=1)
        for again in np.flatnonzero(lost):
            found[again] = self._exact(weights[again])
        return found

    def _exact(self, weights: FloatArray) -> FloatArray:
        drawn = self.frame.with_weights(dict(zip(self.frame.codes, weights.tolist(), strict=True)))
        stage, _ = self.aggregate.apply(self.normalised, Context(drawn, {}))
        scores: FloatArray = stage.values[:, stage.columns.index(self.node)]
        return scores

    def _below(self, node: str) -> tuple[str, ...]:
        found = [node]
        for code in found:
            found.extend(child for child in self.frame.children[code] if child not in self.indicators)
        return tuple(found)

    def _rows(self) -> list[Rows]:
        at = {code: position for position, code in enumerate(self.nominal.columns)}
        present = ~np.isnan(self.nominal.values)
        kept = np.flatnonzero(present[:, at[self.node]])
        if not len(kept):
            return []
        patterns = present[kept][:, [at[code] for code in self.nodes]]
        found, which, counts = np.unique(patterns, axis=0, return_inverse=True, return_counts=True)
        usual = which.reshape(-1) == counts.argmax()
        groups = [kept[usual], kept[~usual]] if len(found) > 1 else [kept]
        return [self._group(rows, present, at) for rows in groups]

    def _group(self, rows: IntArray, present: BoolArray, at: dict[str, int]) -> Rows:
        here = {code: present[rows, at[code]] for code in self.frame.codes}
        children = {
            code: tuple(child for child in self.frame.children[code] if here[child].any()) for code in self.nodes
        }
        partial = frozenset(code for code in self.nodes if any(not here[child].all() for child in children[code]))
        x = self.normalised.values[rows].T
        mask = ~np.isnan(x)
        columns: dict[str, FloatArray] = {}
        for method in {self.methods[code] for code in self.nodes}:
            forward, _ = transforms(method, self.aggregate.power)
            with np.errstate(all="ignore"):
                columns[method] = np.where(mask, forward(x), 0.0)
        return Rows(rows, children, partial, here, columns, mask.astype(np.float64))

    def _score(self, rows: Rows, code: str, weights: FloatArray, part: slice, last: bool = False) -> FloatArray:
        method = self.methods[code]
        forward, backward = transforms(method, self.aggregate.power)
        leaves, nodes = self._terms(rows, code, weights)
        total = self._product(leaves, rows.columns[method], part, len(weights))
        for child, weight in nodes:
            score = forward(self._score(rows, child, weights, part))
            if code in rows.partial:
                score = np.where(rows.present[child][part], score, 0.0)
            total += weight[:, None] * score
        if code in rows.partial:
            total /= self._weight_present(rows, code, leaves, nodes, part, len(weights))
        return total if last and method == "geometric" else backward(total)

    def _weight_present(
        self,
        rows: Rows,
        code: str,
        leaves: Sequence[tuple[str, FloatArray]],
        nodes: Sequence[tuple[str, FloatArray]],
        part: slice,
        size: int,
    ) -> FloatArray:
        total = self._product(leaves, rows.mask, part, size)
        for child, weight in nodes:
            total += weight[:, None] * rows.present[child][part]
        return total

    def _product(
        self, leaves: Sequence[tuple[str, FloatArray]], columns: FloatArray, part: slice, size: int
    ) -> FloatArray:
        if not leaves:
            return np.zeros((size, len(range(*part.indices(columns.shape[1])))))
        at = [self.indicators[code] for code, _ in leaves]
        product: FloatArray = np.column_stack([weight for _, weight in leaves]) @ columns[at, part]
        return product

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
