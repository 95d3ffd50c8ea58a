"""Raking: weights scaled to one margin after the other until all hold, on the table of crossed categories.

A weight's factor depends on its categories alone, so the table stands for the respondents. Source: Deming and Stephan,
*Annals of Mathematical Statistics* 11 (1940), 427-444.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from odd17.core.kernel import DataError, Message

from .columns import FloatArray, IntArray, dense
from .margins import Margin, by_code

_CLOSE = 1e-11
_TURNS = 2000


@dataclass(frozen=True)
class Raking:
    """Weights brought to margins by category, as many as wanted. One margin alone is post-stratification."""

    margins: Sequence[Margin]

    @cached_property
    def x(self) -> FloatArray:
        """Variables of the calibration, for its residuals."""
        return np.concatenate([margin.x for margin in self.margins], axis=1)

    def apply(self, weights: FloatArray) -> FloatArray:
        """Weights that hold every margin. DataError, with the margin that is furthest off, where none can be found."""
        cell, codes = self._table
        before = by_code(cell, weights, len(codes[0]))
        table, worst = before.copy(), (np.inf, Message(""))
        for _ in range(_TURNS):
            worst = (0.0, Message(""))
            for margin, place in zip(self.margins, codes, strict=True):
                reached = by_code(place, table, len(margin.totals))
                gaps = np.abs(reached - margin.totals) / np.maximum(margin.totals, 1e-300)
                gaps[(margin.totals == 0) & (reached == 0)] = 0.0
                at = int(np.argmax(gaps))
                if gaps[at] > worst[0]:
                    worst = (
                        float(gaps[at]),
                        Message(
                            "{margin}: {reached:g} for {total:g}",
                            margin=margin.label(at),
                            reached=float(reached[at]),
                            total=float(margin.totals[at]),
                        ),
                    )
                table *= (margin.totals / np.where(reached > 0, reached, 1.0))[place]
            if worst[0] < _CLOSE:
                break
        if not worst[0] < _CLOSE:
            raise DataError(
                Message("raking does not converge: the margin that is furthest off is {worst}", worst=worst[1]),
                remedy="join small categories, or leave this margin out",
            )
        factor: FloatArray = table / np.where(before > 0, before, 1.0)
        return weights * factor[cell]

    @cached_property
    def _table(self) -> tuple[IntArray, list[IntArray]]:
        """The crossed category of each respondent, and for each margin the category of each crossed one."""
        key = np.zeros(len(self.margins[0].codes), dtype=np.int64)
        for margin in self.margins:
            key, _ = dense(key * len(margin.levels) + margin.codes)
        _, first = dense(key)
        return key, [margin.codes[first] for margin in self.margins]
