"""Weights: given by the frame, equal, drawn from the data, or shaken to see what they are worth.

Sources: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 6; Becker, Saisana, Paruolo &
Vandecasteele (2017), *Weights and importance in composite indicators: closing the gap*, Ecological Indicators 80.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from odd17.core.kernel import UsageError

from .frame import Frame
from .stage import FloatArray


@dataclass(frozen=True, slots=True)
class Noise:
    """Weights shaken: each is multiplied by a number drawn evenly between 1 - ``factor`` and 1 + ``factor``.

    ``levels`` (numbers or names) limits it to the weights of the codes at those levels; without it, all are shaken.
    """

    factor: float
    levels: Sequence[str | int] | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.factor <= 1.0:
            raise UsageError(f"the factor of Noise is above 0 and at most 1, not {self.factor!r}")

    def draw(self, frame: Frame, n: int, random: np.random.Generator) -> FloatArray:
        """``n`` rows of weights, a column for each code of ``frame.codes``."""
        nominal = weight_vector(frame)
        shaken = np.ones(len(nominal), dtype=bool)
        if self.levels is not None:
            chosen = {code for level in self.levels for code in frame.at_level(level)}
            shaken = np.array([code in chosen for code in frame.codes])
        factors = 1.0 + self.factor * (2.0 * random.random((n, len(nominal))) - 1.0)
        drawn: FloatArray = nominal * np.where(shaken, factors, 1.0)
        return drawn


def weight_vector(frame: Frame) -> FloatArray:
    """The weights of ``frame.codes``, in that order."""
    weights = frame.weights
    return np.array([weights[code] for code in frame.codes], dtype=np.float64)


def equal_weights(frame: Frame) -> dict[str, float]:
    """A weight of 1 for every code, to give to ``Frame.with_weights``."""
    return dict.fromkeys(frame.codes, 1.0)
