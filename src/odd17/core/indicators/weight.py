"""Weights: given by the frame, equal, drawn from the data, or shaken to see what they are worth.

Sources: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 6; Becker, Saisana, Paruolo &
Vandecasteele (2017), *Weights and importance in composite indicators: closing the gap*, Ecological Indicators 80.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from odd17.core.kernel import Message, UsageError

from .association import correlations, principal_components
from .frame import Frame
from .pipeline import Fit
from .stage import FloatArray
from .step import Context


@dataclass(frozen=True, slots=True)
class Noise:
    """Weights shaken: each is multiplied by a number drawn evenly between 1 - ``factor`` and 1 + ``factor``.

    ``levels`` (numbers or names) limits it to the weights of the codes at those levels; without it, all are shaken.
    """

    factor: float
    levels: Sequence[str | int] | None = None

    def __post_init__(self) -> None:
        if not 0.0 < self.factor <= 1.0:
            raise UsageError(
                Message("the factor of Noise is above 0 and at most 1, not {factor!r}", factor=self.factor)
            )

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


def pca_weights(fit: Fit, level: str | int) -> dict[str, float]:
    """For each code of a level, its squared loading on the first principal component of its siblings.

    They sum to 1 beside each parent (Handbook 2008, step 6; squared, so that none is negative). Siblings of which one
    is constant, or that no two units have in full, keep the weights of the frame.
    """
    stage = fit.run.stages[-1]
    at = {code: position for position, code in enumerate(stage.columns)}
    found: dict[str, float] = {}
    for parent in dict.fromkeys(fit.frame.by_code[code].parent for code in fit.frame.at_level(level)):
        siblings = fit.frame.children[parent] if parent else ()
        components = principal_components(stage.values[:, [at[code] for code in siblings]])
        for row, code in enumerate(siblings):
            known = len(components.eigenvalues) > 0
            found[code] = float(components.loadings[row, 0]) ** 2 if known else fit.frame.by_code[code].weight
    return found


ROUNDS = 400
"""Rounds of the search for balance; it has settled long before on the reference cases."""


def balanced_weights(fit: Fit, level: str | int) -> dict[str, float]:
    """Weights of the codes of a level under which each correlates as much as the others with the root.

    What a weight is worth is what it does to the score: correlations, not weights, are made equal, as far as weights
    of zero or more allow (Becker et al. 2017). Found by raising the weight of what correlates too little, round after
    round; the best round is kept. Codes without a value keep their weight.
    """
    frame = fit.frame
    last, before = fit.run.stages[-1], fit.run.stages[-2]
    aggregate = fit.steps[-1]
    at = {code: position for position, code in enumerate(last.columns)}
    codes = [code for code in frame.at_level(level) if not np.isnan(last.values[:, at[code]]).all()]
    x = last.values[:, [at[code] for code in codes]]
    weights = np.array([frame.by_code[code].weight or 1.0 for code in codes])
    best, least, step = weights, np.inf, 1.0
    for _ in range(ROUNDS if len(codes) > 1 else 0):
        drawn = frame.with_weights(dict(zip(codes, weights.tolist(), strict=True)))
        stage, _ = aggregate.apply(before, Context(drawn, {}))
        root = stage.values[:, stage.columns.index(frame.root)]
        r = np.nan_to_num(correlations(np.column_stack([x, root]))[-1, :-1])
        spread = float(np.abs(r - r.mean()).max())
        if spread < least:
            best, least = weights, spread
        else:
            step *= 0.9
        weights = weights * np.exp(step * (r.mean() - r))
        weights = weights / weights.mean()
    return dict(zip(codes, best.tolist(), strict=True))
