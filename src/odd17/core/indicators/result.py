"""What fitting an index gives: scores, ranks, every stage, explanations, the method log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from .audit import Audit, audited
from .choose import one_of
from .contribution import contributions
from .pipeline import Fit
from .rank import rank_table
from .sensitivity import left_out
from .stage import Stage
from .uncertainty import Uncertainty
from .weight import balanced_weights, pca_weights


@dataclass(frozen=True, eq=False)
class Result(Fit):
    """A fitted index. Two results are equal when every stage has the same units, columns, gaps and bits."""

    log: dict[str, Any]

    @cached_property
    def scores(self) -> pl.DataFrame:
        """Column ``unit``, then one column a code of the frame, the root first; null where refused or missing."""
        return self._aggregated.table()

    @cached_property
    def ranks(self) -> pl.DataFrame:
        """As ``scores``, with ranks: 1 = highest, ties take the smallest, null without a score."""
        return rank_table(self._aggregated)

    @cached_property
    def availability(self) -> pl.DataFrame:
        """One row a unit and node above level 1: ``available`` of its ``total`` direct children have a value.

        A child that is refused, or a node without any indicator, is not available.
        """
        stage = self._aggregated
        at = {code: position for position, code in enumerate(stage.columns)}
        tables = []
        for code in reversed(self.frame.aggregates):
            children = self.frame.children[code]
            present = ~np.isnan(stage.values[:, [at[child] for child in children]])
            tables.append(
                pl.DataFrame(
                    {
                        "unit": pl.Series(stage.units, dtype=pl.String),
                        "node": pl.Series([code] * len(stage.units), dtype=pl.String),
                        "available": pl.Series(np.count_nonzero(present, axis=1), dtype=pl.Int32),
                        "total": pl.Series([len(children)] * len(stage.units), dtype=pl.Int32),
                    }
                )
            )
        return pl.concat(tables)

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the stages that the steps went through, raw first."""
        return tuple(stage.name for stage in self.run.stages)

    def table(self, stage: str) -> pl.DataFrame:
        """Any stage of the pipeline (raw, …, normalised, aggregated): ``unit``, then its columns.

        Raises UsageError for a stage that the steps did not go through.
        """
        return self._stage(stage).table()

    def explain(self, unit: str) -> pl.DataFrame:
        """One unit: a row an indicator, its value at each stage, and its ``contribution`` to the root's score.

        Contributions are x ∂score/∂x, chained through the levels: for arithmetic, geometric, harmonic and power means
        they sum to the score (Euler's theorem on homogeneous functions). They are null where the root's score is, and
        where a method between has no derivative. Raises UsageError with the near name for an unknown unit.
        """
        last = self._aggregated
        row = last.units.index(one_of(unit, last.units, "unit"))
        columns: dict[str, pl.Series] = {"indicator": pl.Series(self.frame.indicators, dtype=pl.String)}
        for stage in self.run.stages[:-1]:
            at = {code: position for position, code in enumerate(stage.columns)}
            values = stage.values[stage.units.index(unit)]
            shown = np.array([values[at[code]] for code in self.frame.indicators], dtype=np.float64)
            columns[stage.name] = pl.Series(shown, nan_to_null=True)
        scores = dict(zip(last.columns, last.values[row].tolist(), strict=True))
        shares = contributions(self.frame, self.steps, scores)
        parts = np.array([shares[code] for code in self.frame.indicators], dtype=np.float64)
        columns["contribution"] = pl.Series(parts, nan_to_null=True)
        return pl.DataFrame(columns)

    def uncertainty(self, choices: Mapping[str, object], n: int = 1000, seed: int = 1) -> Uncertainty:
        """How ranks move when choices are made otherwise: ``n`` replicates of the index, drawn at random.

        Each key names what varies, each value its alternatives, all equally likely: ``"Treat.max_points": [1, 3]``,
        ``"Normalise": [steps or methods]``, ``"Aggregate": ["arithmetic", "geometric"]``, ``"weights": Noise(0.25)``
        or a list of weights by code. Raises UsageError for a key that the index does not know, of a step that it
        lacks, or that fits two steps; DataError where an aggregation cannot take what it is given.
        """
        return Uncertainty(self, choices, n=n, seed=seed)

    def leave_one_out(self, level: str | int) -> pl.DataFrame:
        """How the root's ranks move without each node of a level (its name or number; 1 for the indicators).

        Columns: left_out, mean_abs_rank_shift, max_abs_rank_shift, units (ranked both ways). Every step is done
        again from the raw values. Raises UsageError with the near name for an unknown level.
        """
        return left_out(self, level)

    def audit(self) -> Audit:
        """Correlations with flags, Cronbach's alpha, effective weights, principal components, missing data."""
        return audited(self)

    def weights(self, method: str, level: str | int) -> dict[str, float]:
        """Other weights for the codes of a level, to give to ``Frame.with_weights`` or to ``uncertainty``.

        ``method``: equal; pca (squared loadings on the first component of the siblings); balanced (each correlates as
        much as the others with the root). Raises UsageError for an unknown method or level.
        """
        codes = self.frame.at_level(level)
        match one_of(method, ("equal", "pca", "balanced"), "way to weigh"):
            case "pca":
                return pca_weights(self, level)
            case "balanced":
                return balanced_weights(self, level)
            case _:
                return dict.fromkeys(codes, 1.0)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        mine, theirs = self.run.stages, other.run.stages
        return len(mine) == len(theirs) and all(a.same_as(b) for a, b in zip(mine, theirs, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal by content, and its content is large

    @property
    def _aggregated(self) -> Stage:
        return self.run.stages[-1]

    def _stage(self, name: str) -> Stage:
        known = {stage.name: stage for stage in self.run.stages}
        return known[one_of(name, known, "stage")]
