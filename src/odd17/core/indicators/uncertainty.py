"""Uncertainty: the index done again and again with other choices, and where that puts each unit.

Source: Saisana, Saltelli & Tarantola (2005), *Uncertainty and sensitivity analysis techniques as tools for the quality
assessment of composite indicators*, J. R. Statist. Soc. A 168(2); OECD/JRC *Handbook* (2008), step 7.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.kernel import Message, UsageError

from .aggregate import Aggregate
from .choices import StepChoice, WeightChoice, applied, parse
from .choose import one_of
from .pipeline import Fit, advance
from .rank import RankArray, Ranker, ranks
from .rank_store import RankStore
from .replicates import Replicates
from .sensitivity import sobol_indices
from .stage import FloatArray, IntArray, Stage
from .step import Context, Step
from .weight import weight_vector

BLOCK = 1 << 26
"""Bytes of scores that a thread holds at once, at most."""

TOGETHER = 24
"""Replicates that a thread scores at once, at most: enough for a matrix product."""

SHARES = 4
"""Replicates of one kind are cut into a multiple of so many blocks, so that threads have as much to do as each other.
Their number depends on nothing else: sums may be rounded as blocks are cut, and must not be on another machine."""

TARGETS = ("mean_abs_rank_shift",)
"""What Sobol indices may explain."""


@dataclass(frozen=True)
class Design:
    """For each replicate, which alternative of each step, and which weights (a column for each of ``frame.codes``)."""

    picks: IntArray
    weights: FloatArray


class Uncertainty:
    """The replicates of a fitted index: made by ``Result.uncertainty``.

    The same seed gives the same ranks to the bit, whatever the number of processors.
    """

    def __init__(self, fit: Fit, choices: Mapping[str, object], *, n: int, seed: int) -> None:
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise UsageError(Message("n is a whole number above zero, not {n!r}", n=n))
        self.fit, self.n, self.seed = fit, n, seed
        self.steps: tuple[StepChoice, ...]
        self.weights: WeightChoice | None
        self.steps, self.weights = parse(choices, fit.steps, fit.frame)
        random = np.random.default_rng(seed)
        drawn = self.designed(random.random((n, len(self.factors))), random, in_order=True)
        # replicates that pick the same steps are made together: their ranks lie together in memory
        order = np.lexsort(drawn.picks.T[::-1]) if self.steps else np.arange(n)
        self.design = Design(drawn.picks[order], drawn.weights[order])
        self._same = self._as_they_are()
        self._kept: tuple[str, RankStore] | None = None
        self.replicated(fit.frame.root)  # what an aggregation cannot take is refused here

    @property
    def factors(self) -> tuple[str, ...]:
        """What varies: the keys of the choices, weights last."""
        return (*(choice.name for choice in self.steps), *([self.weights.name] if self.weights else []))

    def ranks(self, node: str | None = None, level: float = 0.90) -> pl.DataFrame:
        """Columns unit, nominal, low, median, high: ranks of a node (the root, without one).

        ``nominal`` is the rank in the index itself; half of the replicates rank the unit at ``median`` or higher, and
        ``low`` to ``high`` hold the middle ``level`` of them. Quantiles are ranks that occur (the least rank that at
        least the share asked for do not exceed), over the replicates in which the unit has a rank; null where there
        is none. Beyond 65,535 units a rank is known to within one part in 65,535 of their number, and the bounds hold
        it. Raises UsageError with the near name for an unknown node.
        """
        if not 0.0 < level < 1.0:
            raise UsageError(Message("level is a share between 0 and 1, not {level!r}", level=level))
        code = self.node(node)
        found = self.replicated(code).quantiles((1 - level) / 2, (1 + level) / 2)
        nominal = np.nan_to_num(self.nominal(code)).astype(np.uint32)
        columns = zip(("nominal", "low", "median", "high"), (nominal, *found), strict=True)
        table = pl.DataFrame(
            [pl.Series("unit", self.stage.units, dtype=pl.String), *(pl.Series(name, ranks) for name, ranks in columns)]
        )
        return table.with_columns(pl.exclude("unit").replace(0, None).cast(pl.Int32))

    def replicated(self, node: str) -> RankStore:
        """The ranks of a node in every replicate; the last node asked for is kept."""
        if self._kept is None or self._kept[0] != node:
            found = RankStore(self.n, len(self.stage.units), highest=len(self.fit.inputs.raw.units))
            self.rank_all(node, self.design, found.put, found.grain)
            self._kept = (node, found)
        return self._kept[1]

    def sobol(
        self,
        target: str = "mean_abs_rank_shift",
        n_boot: int = 500,
        *,
        node: str | None = None,
        base: int | None = None,
        level: float = 0.95,
    ) -> pl.DataFrame:
        """Sobol indices of the choices: a row a factor, as ``sobol_indices`` gives them.

        ``target``, what is explained: ``mean_abs_rank_shift``, the mean over units of how far a replicate's rank of
        the node (the root, without one) is from that of the index. ``base`` is the power of 2 of the design; without
        it, the one that asks for about as many runs as there are replicates, at least 64. Raises UsageError for an
        unknown target, or where SALib (the extra ``sensitivity``) is absent.
        """
        one_of(target, TARGETS, "target")
        code = self.node(node)
        size = base or max(64, 1 << max(0, (self.n // (len(self.factors) + 2)).bit_length() - 1))
        if size & (size - 1):
            raise UsageError(Message("base is a power of 2, not {size!r}", size=size))

        def shifts(points: FloatArray) -> FloatArray:
            return self.rank_shifts(code, self.designed(points, np.random.default_rng(self.seed)))

        return sobol_indices(shifts, self.factors, base=size, seed=self.seed, n_boot=n_boot, level=level)

    def rank_shifts(self, node: str, design: Design) -> FloatArray:
        """For each replicate, the mean over units ranked both ways of the distance to the rank in the index."""
        nominal = self.nominal(node)
        found = np.zeros(len(design.picks))

        def take(replicates: IntArray, ranked: RankArray) -> None:
            shift = np.where((ranked > 0) & ~np.isnan(nominal), np.abs(ranked - nominal), np.nan)
            count = np.count_nonzero(~np.isnan(shift), axis=1)
            found[replicates] = np.nansum(shift, axis=1) / np.maximum(count, 1)

        self.rank_all(node, design, take)
        return found

    @property
    def stage(self) -> Stage:
        """The aggregated stage of the index itself."""
        return self.fit.run.stages[-1]

    def node(self, node: str | None) -> str:
        """The code of a node above level 1; the root without one."""
        return self.fit.frame.root if node is None else one_of(node, self.fit.frame.aggregates, "node")

    def nominal(self, node: str) -> FloatArray:
        """The ranks of a node in the index itself."""
        return ranks(self.stage.values[:, self.stage.columns.index(node)])

    def designed(self, points: FloatArray, random: np.random.Generator, *, in_order: bool = False) -> Design:
        """Alternatives and weights for points of the unit cube, a column for each of ``factors``.

        Noise is drawn once a row; a point picks one of the draws, or, ``in_order``, each point has its own.
        """
        sizes = np.array([len(choice.steps) for choice in self.steps], dtype=np.int64)
        picks = np.floor(points[:, : len(sizes)] * sizes).astype(np.int64)
        nominal = weight_vector(self.fit.frame)
        if self.weights is None:
            return Design(picks, np.broadcast_to(nominal, (len(points), len(nominal))))
        if self.weights.noise is not None:
            drawn = self.weights.noise.draw(self.fit.frame, len(points), random)
        else:
            drawn = np.array([weight_vector(self.fit.frame.with_weights(given)) for given in self.weights.sets])
        if in_order and self.weights.noise is not None:
            return Design(picks, drawn)
        return Design(picks, drawn[np.floor(points[:, -1] * len(drawn)).astype(np.int64)])

    def rank_all(self, node: str, design: Design, take: Callable[[IntArray, RankArray], None], grain: int = 1) -> None:
        """Rank a node in every replicate, with the grain of ``Ranker``, and give the ranks to ``take``.

        ``take`` gets the numbers of some replicates, and replicates × units of the index, ranks or 0 where missing. It
        is called from several threads at once, in any order, and each replicate comes to it once.
        """
        raw = self.fit.inputs.raw.units
        rows = None if len(self.stage.units) == len(raw) else self.stage.rows
        size = max(1, min(BLOCK // (8 * max(1, len(raw))), TOGETHER))
        spare: list[tuple[FloatArray, Ranker]] = []  # what threads work in, for the next block

        def work(replicates: Replicates, block: IntArray) -> None:
            try:
                space, ranker = spare.pop()
            except IndexError:
                space, ranker = np.empty((size, len(raw))), Ranker(size, len(raw), grain)
            scores = space[: len(block)]
            replicates.scores(design.weights[block], scores)
            for start in range(0, len(block), ranker.together):  # what is ranked at once is in cache when it is taken
                part = slice(start, start + ranker.together)
                ranked = ranker.rank(scores[part])
                take(block[part], ranked if rows is None else ranked[:, rows])
            spare.append((space, ranker))

        which, group = np.unique(design.picks, axis=0, return_inverse=True)
        latest: dict[int, tuple[tuple[int, ...], Stage]] = {}
        running: list[Future[None]] = []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            # first alternatives are mostly the index's own: what others need is made before ranks fill the memory
            for number, picks in reversed(list(enumerate(which))):
                # made while those before are scored
                replicates = Replicates(self.fit.frame, self._aggregate(picks), self._normalised(picks, latest), node)
                members = np.flatnonzero(group.reshape(-1) == number)
                blocks = np.array_split(members, min(len(members), SHARES * -(-len(members) // (SHARES * size))))
                for task in running:
                    task.result()
                running = [pool.submit(work, replicates, block) for block in blocks]
            for task in running:
                task.result()

    def _as_they_are(self) -> frozenset[tuple[int, int]]:
        """Alternatives, by choice and number, that are what the index does anyway."""
        found: set[tuple[int, int]] = set()
        for number, choice in enumerate(self.steps):
            nominal = next(step for step in self.fit.steps if type(step) is choice.kind)
            for pick, alternative in enumerate(choice.steps):
                step = applied(nominal, choice, alternative)
                if step.to_json(self.fit.frame) == nominal.to_json(self.fit.frame):
                    found.add((number, pick))
        return frozenset(found)

    def _picked(self, step: Step, picks: IntArray) -> tuple[Step, tuple[int, ...]]:
        """The step with the alternatives picked, and their numbers where they change it."""
        key: list[int] = []
        for number, (choice, pick) in enumerate(zip(self.steps, picks.tolist(), strict=True)):
            if choice.kind is type(step) and (number, pick) not in self._same:
                step = applied(step, choice, choice.steps[pick])
                key += [number, pick]
        return step, tuple(key)

    def _aggregate(self, picks: IntArray) -> Aggregate:
        step, _ = self._picked(self.fit.steps[-1], picks)
        if not isinstance(step, Aggregate):
            raise UsageError("the last step is Aggregate")
        return step

    def _normalised(self, picks: IntArray, latest: dict[int, tuple[tuple[int, ...], Stage]]) -> Stage:
        """The stage before Aggregate for the alternatives picked, in the rows of the raw values.

        ``latest`` keeps the last stage of each step that differs from the index, by the step's number: replicates
        come sorted by what they pick, and no more is held than one stage a step.
        """
        context = Context(self.fit.frame, self.fit.inputs.attributes)
        stage = self.fit.run.stages[0]
        key: tuple[int, ...] = ()
        for number, nominal in enumerate(self.fit.steps[:-1]):
            step, picked = self._picked(nominal, picks)
            key = (*key, *picked)
            if not key:
                latest.pop(number, None)
                stage = self.fit.run.stages[number + 1]
                continue
            if number not in latest or latest[number][0] != key:
                latest.pop(number, None)
                latest[number] = (key, advance(step, stage, context)[0])
            stage = latest[number][1]
        return _in_raw_rows(stage, self.fit.inputs.raw)


def _in_raw_rows(stage: Stage, raw: Stage) -> Stage:
    if len(stage.units) == len(raw.units):
        return stage
    values = np.full((len(raw.units), len(stage.columns)), math.nan)
    values[stage.rows] = stage.values
    return Stage(stage.name, raw.units, raw.rows, stage.columns, values)
