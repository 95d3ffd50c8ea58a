"""Steps that bring the weights of a survey to what is known of the population."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from odd17.core.kernel import Message, UsageError

from .calibrate import Calibration
from .estimates import Estimates
from .margins import Sum, read_margins, read_sum
from .rake import Raking
from .trim import Trimming
from .weighting import Adjustment


class Adjustable(Estimates):
    """Steps that bring the weights to what is known of the population; each gives another survey."""

    def rake(self, margins: Mapping[Any, Mapping[Any, float]], bounds: tuple[float, float] | None = None) -> Self:
        """Weights scaled until every margin holds: ``{"stype": {"E": 4421, …}, "sch.wide": {…}}``.

        A key that is a tuple crosses columns, its categories being tuples. ``bounds`` hold the ratio of weights after
        to before, around 1. DataError for a category without a total, margins that disagree, or that cannot all
        hold (it names the one that is furthest off).
        """
        found = read_margins(self.frame, self.weights, margins)
        return self._adjusted(Raking(found) if bounds is None else Calibration(found, "raking", bounds))

    def poststratify(self, margin: Mapping[Any, Mapping[Any, float]]) -> Self:
        """Weights scaled to one margin, of a column or of several crossed; errors as those of ``rake``."""
        if len(margin) != 1:
            raise UsageError("one margin is post-stratified to: cross its columns in a tuple, or rake to several")
        return self.rake(margin)

    def calibrate(
        self,
        totals: Mapping[Any, Mapping[Any, float] | float],
        method: str = "linear",
        bounds: tuple[float, float] | None = None,
        population: float | None = None,
    ) -> Self:
        """Weights that hold margins by category and sums of columns: ``{"stype": {"E": 4421, …}, "api99": 3914069}``.

        ``method`` is linear (the generalised regression estimator), raking or logit (which needs ``bounds`` on the
        ratio of weights after to before). ``population`` is the number of people, needed where no margin tells it.
        """
        margins = {name: given for name, given in totals.items() if isinstance(given, Mapping)}
        constraints: list[Any] = list(read_margins(self.frame, self.weights, margins)) if margins else []
        if population is not None:
            constraints.append(Sum("population", np.ones(self.frame.height), float(population)))
        for name, given in totals.items():
            if not isinstance(given, Mapping):
                if not isinstance(name, str):
                    raise UsageError(Message("a sum is of one column, not of {name!r}", name=name))
                constraints.append(read_sum(self.frame, name, given))
        if not constraints:
            raise UsageError("no total is given")
        return self._adjusted(Calibration(constraints, method, bounds))

    def trim(self, lower: float = 0.0, upper: float = np.inf) -> Self:
        """Weights held between two bounds, what is cut off shared equally among the others. Margins may move."""
        return self._adjusted(Trimming(lower, upper))

    @abstractmethod
    def _adjusted(self, step: Adjustment) -> Self:
        """The survey after a step."""
