"""A survey by its design, or by its replicate weights: estimates with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any, Self

import numpy as np

from odd17.core.kernel import UsageError

from .adjustable import Adjustable
from .cells import Cells
from .columns import IntArray, numbers, read_respondents
from .design import read_design, read_weights
from .disclosure import Thresholds
from .figures import Figures
from .linearise import taylor
from .replicate import Replicates, make_replicates, replicated
from .targets import Target
from .weighting import Adjustment, Weighting


class Survey(Adjustable):
    """A survey and its design; variances are by Taylor linearisation.

    >>> import polars as pl
    >>> people = pl.DataFrame({"town": ["a", "a", "a", "b", "b"], "w": [2.0, 2.0, 2.0, 5.0, 5.0],
    ...                        "trust": [True, False, True, True, None]})
    >>> survey = Survey(people, weights="w", strata="town")
    >>> survey.mean("trust").select(pl.col("estimate", "se").round(3), "df", "n").row(0)
    (0.818, 0.2, 2, 4)
    """

    def __init__(
        self,
        table: Any,
        weights: str,
        strata: str | Sequence[str | None] | None = None,
        psu: str | Sequence[str] | None = None,
        fpc: str | Sequence[str] | None = None,
        lonely_psu: str = "fail",
        thresholds: Thresholds | None = None,
    ) -> None:
        """A survey from any dataframe that Narwhals reads, one row a respondent, and the names of its columns.

        ``psu`` are the units drawn, one column a stage, the largest first (none: respondents were drawn one by one);
        ``strata`` and ``fpc`` likewise. ``fpc`` is the number of units in the population of the stratum, or the share
        drawn where no value is above 1; without it units were drawn with replacement, or as good as.
        ``lonely_psu`` says what a stratum with a single unit adds to a variance: ``fail`` refuses it, ``certainty`` and
        ``remove`` add nothing, ``adjust`` takes its distance from the mean of the sample, ``average`` what the other
        strata add on average. ``thresholds`` are those of statuses. Raises UsageError for an unknown column; DataError
        for a weight that is missing, negative or infinite, for weights that sum to nothing, and as
        ``read_design`` says.
        """
        self.frame = read_respondents(table)
        design = read_design(self.frame, weights, _listed(psu), _listed(strata), _listed(fpc), lonely_psu)
        self.weights = design.weights
        self.domain = np.ones(self.frame.height, dtype=np.bool_)
        self.thresholds = thresholds or Thresholds()
        self._weighting = Weighting(design, design.weights)

    def replicates(self, kind: str = "bootstrap", n: int = 200, seed: int = 1) -> ReplicateSurvey:
        """The same survey with replicate weights: ``bootstrap`` (n of them, from the seed), ``JKn`` or ``JK1``.

        The steps that adjusted the weights are taken again on each replicate. The jackknife counts the first stage.
        """
        design = self._weighting.design
        weights, scale, rscales = make_replicates(design, kind, n, seed)
        weights *= design.weights
        if self._weighting.steps:
            for number, drawn in enumerate(weights):
                weights[number] = self._weighting.again(drawn)
        return ReplicateSurvey._of(self, Replicates(weights, scale, rscales, design=design))

    @property
    def weighting(self) -> Weighting:
        """The design, and the steps by which the weights were adjusted."""
        return self._weighting

    def _figures(
        self, cells: Cells, targets: Sequence[Target], *, total: bool = False, shares: bool = False
    ) -> Figures:
        weighting = self._weighting
        return taylor(weighting.design, self.weights, cells, targets, total, weighting.residual)

    @property
    def _order(self) -> IntArray:
        return self._weighting.design.order

    def _adjusted(self, step: Adjustment) -> Self:
        other = copy(self)
        other._weighting = self._weighting.after(step)
        other.weights = other._weighting.weights
        return other


class ReplicateSurvey(Adjustable):
    """A survey whose uncertainty is told by replicate weights, which are weights of analysis."""

    def __init__(
        self,
        table: Any,
        weights: str,
        replicates: Sequence[str],
        scale: float,
        rscales: Sequence[float] | float = 1.0,
        mse: bool = False,
        thresholds: Thresholds | None = None,
    ) -> None:
        """A survey from any dataframe that Narwhals reads, and the names of its columns of weights.

        The variance is ``scale`` times the sum of ``rscales`` (one a replicate, or one for all) times squares of the
        differences to the mean of the replicates, or with ``mse`` to the estimate. Raises UsageError for an unknown
        column or a number of rscales that does not fit, DataError for a weight that is missing or infinite.
        """
        self.frame = read_respondents(table)
        self.weights = read_weights(self.frame, weights)
        if not replicates or isinstance(replicates, str):
            raise UsageError("replicates are a list of columns")
        drawn = np.stack([numbers(self.frame, name) for name in replicates])
        scales = np.full(len(drawn), rscales) if isinstance(rscales, int | float) else np.array(rscales, dtype=float)
        self.replication = Replicates(drawn, float(scale), scales, "estimate" if mse else "mean")
        self.domain = np.ones(self.frame.height, dtype=np.bool_)
        self.thresholds = thresholds or Thresholds()

    @classmethod
    def _of(cls, survey: Survey, replicates: Replicates) -> ReplicateSurvey:
        found = cls.__new__(cls)
        found.frame, found.weights, found.domain = survey.frame, survey.weights, survey.domain
        found.thresholds, found.replication = survey.thresholds, replicates
        return found

    def _figures(
        self, cells: Cells, targets: Sequence[Target], *, total: bool = False, shares: bool = False
    ) -> Figures:
        return replicated(self.replication, self.weights, cells, targets, total, shares)

    @property
    def _order(self) -> IntArray | None:
        design = self.replication.design
        return None if design is None else design.order

    def _adjusted(self, step: Adjustment) -> Self:
        other = copy(self)
        other.weights = step.apply(self.weights)
        drawn = np.stack([step.apply(weights) for weights in self.replication.weights])
        other.replication = replace(self.replication, weights=drawn)
        return other


def _listed(names: Any) -> list[Any]:
    return [] if names is None else [names] if isinstance(names, str) else list(names)
