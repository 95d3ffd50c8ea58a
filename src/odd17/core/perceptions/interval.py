"""Intervals of confidence.

Sources: of a share, Korn and Graubard, *Survey Methodology* 24 (1998), 193-201 (beta), and Lumley, *Complex Surveys*
(2010), 2.3 (logit); Wilson, *JASA* 22 (1927), 209-212, with the effective number of respondents.
"""

from __future__ import annotations

import numpy as np

from odd17.core.kernel import Message, UsageError

from .columns import FloatArray, near
from .distribution import beta_quantile, t_quantile
from .figures import Figures

METHODS = ("logit", "beta", "wald", "wilson")
_CERTAIN = 1e8  # an effective number of respondents from which a beta is a normal


def around(figures: Figures, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Estimate plus and minus t times its standard error; NaN without a degree of freedom."""
    half = t_quantile(confidence, figures.df) * figures.se
    return figures.estimate - half, figures.estimate + half


def of_share(figures: Figures, method: str, confidence: float) -> tuple[FloatArray, FloatArray]:
    """The interval of a share by one of METHODS.

    Where everybody or nobody is in the category, the variance tells nothing: logit and wald give a point; beta and
    wilson give the interval of as many respondents drawn at random.
    """
    if method not in METHODS:
        raise UsageError(
            Message(
                "unknown interval {method!r}.{near} Known: {methods}",
                method=method,
                near=near(method, METHODS),
                methods=list(METHODS),
            )
        )
    if method == "wald":
        return around(figures, confidence)
    t, p = t_quantile(confidence, figures.df), figures.estimate
    if method == "logit":
        return _logit(figures, t)
    with np.errstate(all="ignore"):
        effective = p * (1 - p) / figures.variance
        if method == "beta":
            effective = effective * (t_quantile(confidence, figures.n - 1) / t) ** 2
    plain = (p <= 0) | (p >= 1)
    effective = np.where(plain, figures.n, effective)
    if method == "wilson":
        return _wilson(p, effective, t)
    return _beta(figures, effective, t, confidence)


def _logit(figures: Figures, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    p = figures.estimate
    with np.errstate(all="ignore"):
        centre = np.log(p) - np.log1p(-p)
        half = t * (figures.se / (p * (1 - p)) if figures.logit_se is None else figures.logit_se)
        low, high = 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))
    point = ((p <= 0) | (p >= 1)) & np.isfinite(t)
    return np.where(point, p, low), np.where(point, p, high)


def _wilson(p: FloatArray, n: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(all="ignore"):
        square = np.where(np.isinf(n), 0.0, t**2 / n)
        middle = (p + square / 2) / (1 + square)
        half = np.sqrt(p * (1 - p) * square + square**2 / 4) / (1 + square)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def _beta(figures: Figures, n: FloatArray, t: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    p, half = figures.estimate, t * figures.se
    low, high = np.clip(p - half, 0, 1), np.clip(p + half, 0, 1)
    usual = np.isfinite(t) & (n < _CERTAIN)
    tail = (1 - confidence) / 2
    for bound, quantile, open_ in ((low, tail, usual & (p > 0)), (high, 1 - tail, usual & (p < 1))):
        in_, out = n[open_] * p[open_], n[open_] * (1 - p[open_])
        a, b = (in_, out + 1) if bound is low else (in_ + 1, out)
        bound[open_] = beta_quantile(np.full(len(a), quantile), a, b)
    low[usual & (p <= 0)], high[usual & (p >= 1)] = 0.0, 1.0
    return low, high
