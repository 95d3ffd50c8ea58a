"""What both kinds of surveys estimate, and the table that it becomes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from copy import copy
from typing import Any, Self

import numpy as np
import polars as pl

from odd17.core.kernel import Message, UsageError

from .cells import Cells, read_cells
from .columns import BoolArray, FloatArray, IntArray, column
from .disclosure import FIGURES, Thresholds
from .figures import Figures
from .interval import around, of_share
from .quantile import quantiles
from .targets import Target, of_levels, of_numbers, of_ratio

Names = str | Sequence[str]
RESULT = ("variable", "level", *FIGURES, "status")


class Estimates(ABC):
    """Respondents, final weights, and a domain. Each estimate is a table with a row for each cell of ``by``:
    the columns ``by``, ``variable`` where several are asked together, ``level`` (category, or share of a quantile),
    then ``estimate, se, low, high, df, deff, n, status``; figures that cannot be told are null.

    ``df`` and ``n`` count the units and the respondents with an answer in the cell; ``deff`` compares the variance with
    that of a simple random sample as large. A null value is no answer: that respondent is outside the domain; a null
    in ``by`` is in no cell. ``status`` is A, U (under 30 respondents, or a share of none or all by logit or wald), Q
    (under 10: not to be published, see ``withhold_margins``) or O (no answer). All raise UsageError for an unknown
    column, with the near name, and DataError for one that is not of numbers.
    """

    frame: pl.DataFrame
    weights: FloatArray
    domain: BoolArray
    thresholds: Thresholds

    @abstractmethod
    def _figures(
        self, cells: Cells, targets: Sequence[Target], *, total: bool = False, shares: bool = False
    ) -> Figures:
        """Figures of targets in cells."""

    @property
    def _order(self) -> IntArray | None:
        """In which order respondents are worked on, where it matters."""
        return None

    def where(self, condition: pl.Expr) -> Self:
        """The same survey, estimates of which are those of the domain. The design stays whole."""
        try:
            found = self.frame.select(condition.alias("domain"))["domain"]
        except pl.exceptions.ColumnNotFoundError as error:
            for name in condition.meta.root_names():
                column(self.frame, name)
            raise UsageError(Message("the domain names a column that is absent: {error}", error=str(error))) from error
        if found.dtype != pl.Boolean or len(found) != self.frame.height:
            raise UsageError("a domain is a condition on each respondent")
        other = copy(self)
        other.domain = self.domain & found.fill_null(False).to_numpy()
        return other

    def mean(self, variable: Names, by: Names = (), confidence: float = 0.95) -> pl.DataFrame:
        """Means of columns of numbers (a boolean counts 1), with t intervals."""
        return self._around(of_numbers(self.frame, _names(variable)), variable, by, confidence)

    def total(self, variable: Names, by: Names = (), confidence: float = 0.95) -> pl.DataFrame:
        """Totals over the population, with t intervals."""
        return self._around(of_numbers(self.frame, _names(variable)), variable, by, confidence, total=True)

    def ratio(self, numerator: str, denominator: str, by: Names = (), confidence: float = 0.95) -> pl.DataFrame:
        """The ratio of two totals, over those who have both, with t intervals."""
        return self._around([of_ratio(self.frame, numerator, denominator)], numerator, by, confidence)

    def proportion(self, variable: Names, by: Names = (), ci: str = "logit", confidence: float = 0.95) -> pl.DataFrame:
        """Shares of each category of columns, among those who answered; of booleans, the share of True.

        ``ci`` is logit, beta (Korn and Graubard), wald or wilson. Replicates give the logit its own variance.
        """
        targets = [target for name in _names(variable) for target in of_levels(self.frame, name)]
        cells = self._cells(by)
        figures = self._figures(cells, targets, shares=ci == "logit")
        low, high = of_share(figures, ci, _checked(confidence))
        p = figures.estimate
        doubtful = ((p <= 0) | (p >= 1)) & (ci in ("logit", "wald"))
        return self._table(cells, targets, variable, figures, low, high, doubtful, _levels(targets))

    def quantile(
        self, variable: Names, shares: float | Sequence[float], by: Names = (), confidence: float = 0.95
    ) -> pl.DataFrame:
        """Quantiles at a share between 0 and 1 or at several (``level``), with Woodruff's intervals.

        ``deff`` is of the share below. A bound outside the sample is null, and so is then the standard error.
        """
        if isinstance(shares, (int, float)):
            shares = [shares]
        if isinstance(shares, str) or not all(0 <= share <= 1 for share in shares) or not len(shares):
            raise UsageError(
                Message("quantiles are asked for at shares between 0 and 1, not {shares!r}", shares=shares)
            )
        targets = of_numbers(self.frame, _names(variable))
        cells = self._cells(by)
        found = quantiles(
            targets, shares, cells, self.weights, _checked(confidence), lambda below: self._figures(cells, below)
        )
        labels = [target for target in targets for _ in shares]
        levels = pl.Series("level", [float(share) for _ in targets for share in shares])
        certain = np.zeros_like(found.low, dtype=np.bool_)
        return self._table(cells, labels, variable, found.figures, found.low, found.high, certain, levels)

    def _around(
        self, targets: Sequence[Target], variable: Names, by: Names, confidence: float, total: bool = False
    ) -> pl.DataFrame:
        cells = self._cells(by)
        figures = self._figures(cells, targets, total=total)
        low, high = around(figures, _checked(confidence))
        return self._table(cells, targets, variable, figures, low, high, np.zeros_like(low, dtype=np.bool_), None)

    def _cells(self, by: Names) -> Cells:
        names = _names(by)
        for name in names:
            if name in RESULT or names.count(name) > 1:
                raise UsageError(
                    Message("by {name!r}: give a column once, under a name that is not one of the result", name=name)
                )
        return read_cells(self.frame, names, self.domain & (self.weights != 0), self._order)

    def _table(
        self,
        cells: Cells,
        targets: Sequence[Target],
        variable: Names,
        figures: Figures,
        low: FloatArray,
        high: FloatArray,
        doubtful: BoolArray,
        levels: pl.Series | None,
    ) -> pl.DataFrame:
        each = len(targets)
        keys = cells.keys[np.repeat(np.arange(len(cells)), each).tolist()].get_columns() if cells.keys.width else []
        if not isinstance(variable, str):
            keys.append(_repeated(pl.Series("variable", [target.variable for target in targets]), len(cells)))
        if levels is not None:
            keys.append(_repeated(levels, len(cells)))
        with np.errstate(all="ignore"):
            deff = figures.variance / figures.simple
        numbers = {
            "estimate": figures.estimate,
            "se": figures.se,
            "low": low,
            "high": high,
            "df": figures.df,
            "deff": deff,
            "n": figures.n,
        }
        n = figures.n.T.ravel()
        return pl.DataFrame(
            [
                *keys,
                *(pl.Series(name, _finite(values.T.ravel()), nan_to_null=True) for name, values in numbers.items()),
                self.thresholds.statuses(n, doubtful.T.ravel()),
            ]
        ).with_columns(pl.col("n", "df").cast(pl.Int64))


def _names(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _levels(targets: Sequence[Target]) -> pl.Series:
    """Categories as they are in their column, as text where columns differ in kind."""
    levels = [target.level for target in targets]
    if len({type(level) for level in levels}) > 1:
        return pl.Series("level", [str(level) for level in levels])
    return pl.Series("level", levels)


def _repeated(labels: pl.Series, times: int) -> pl.Series:
    return labels.gather(np.tile(np.arange(len(labels)), times))


def _finite(values: FloatArray) -> FloatArray:
    return np.where(np.isfinite(values), values, np.nan)


def _checked(confidence: Any) -> float:
    if not 0 < confidence < 1:
        raise UsageError(Message("confidence is between 0 and 1, not {confidence!r}", confidence=confidence))
    return float(confidence)
