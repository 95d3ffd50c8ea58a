"""Quantiles of the t and of the beta distributions, which intervals need.

Sources: incomplete beta by the continued fraction of Abramowitz and Stegun (1964) 26.5.8, evaluated by the method of
Lentz; t from the beta (26.7.1), or for many degrees of freedom from its expansion around the normal (26.7.5).
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from .columns import FloatArray

_MANY = 300.0  # degrees of freedom from which the expansion of t is exact to the last digits
_TINY = 1e-300


def normal_quantile(p: float) -> float:
    """Quantile of the standard normal."""
    return NormalDist().inv_cdf(p)


def t_quantile(confidence: float, df: FloatArray) -> FloatArray:
    """The half-width, in standard errors, of a two-sided interval: quantile (1 + confidence) / 2 of t.

    NaN where ``df`` is below 1: no interval can be given.

    >>> t_quantile(0.95, np.array([4.0, 1e9])).round(6).tolist()
    [2.776445, 1.959964]
    """
    unique, inverse = np.unique(df, return_inverse=True)
    found = np.full(len(unique), np.nan)
    many, few = unique >= _MANY, (unique >= 1) & (unique < _MANY)
    found[many] = _near_normal(normal_quantile((1 + confidence) / 2), unique[many])
    if few.any():
        found[few] = _student(confidence, unique[few])
    return np.asarray(found[inverse].reshape(np.shape(df)), dtype=np.float64)


def beta_quantile(p: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """Quantiles ``p`` of betas of parameters ``a`` and ``b``, above 0, by Newton's steps kept in a bracket."""
    low, high = np.zeros(len(p)), np.ones(len(p))
    mean, spread = a / (a + b), np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    z = np.array([normal_quantile(value) for value in np.unique(p)])[np.unique(p, return_inverse=True)[1]]
    x: FloatArray = np.clip(mean + z * spread, mean / 8, 1 - (1 - mean) / 8)
    constant = -_log_beta(a, b)
    open_ = np.arange(len(p))
    for _ in range(200):
        at = x[open_]
        log_density = constant[open_] + (a[open_] - 1) * np.log(at) + (b[open_] - 1) * np.log1p(-at)
        error = _incomplete_beta(a[open_], b[open_], at, log_density) - p[open_]
        high[open_] = np.where(error > 0, at, high[open_])
        low[open_] = np.where(error > 0, low[open_], at)
        with np.errstate(all="ignore"):
            step = at - error / np.exp(log_density)
        middle = (low[open_] + high[open_]) / 2
        inside = np.isfinite(step) & (step >= low[open_]) & (step <= high[open_])
        x[open_] = np.where(inside, step, middle)
        moving = np.abs(x[open_] - at) > 1e-12 * at + 1e-17
        open_ = open_[moving & (np.abs(error) > 1e-15)]
        if not len(open_):
            break
    return x


def _student(confidence: float, df: FloatArray) -> FloatArray:
    """The same by Newton's steps on the share outside the interval, which is convex: they cannot overshoot."""
    half, constant = df / 2, np.full(len(df), 0.5)
    log_beta = _log_beta(half, constant)
    t = _near_normal(normal_quantile((1 + confidence) / 2), df)
    for _ in range(100):
        x = df / (df + t * t)
        log_density = (half - 1) * np.log(x) - 0.5 * np.log1p(-x) - log_beta
        outside = _incomplete_beta(half, constant, x, log_density)
        slope = np.exp(half * np.log(x) + 0.5 * np.log(x) - log_beta) * 2 / np.sqrt(df)
        step = (outside - (1 - confidence)) / slope
        t = t + step
        if np.all(np.abs(step) < 1e-13 * t):
            break
    return t


def _incomplete_beta(a: FloatArray, b: FloatArray, x: FloatArray, log_density: FloatArray) -> FloatArray:
    """The regularised incomplete beta function; ``log_density`` is that of the beta density at x."""
    turned = x > (a + 1) / (a + b + 2)  # there the fraction of 1 - x converges faster
    first, second, at = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    front = np.exp(log_density + np.log(x) + np.log1p(-x)) / first
    area = front * _fraction(first, second, at)
    return np.where(turned, 1 - area, area)


def _fraction(a: FloatArray, b: FloatArray, x: FloatArray) -> FloatArray:
    found = np.empty_like(x)
    open_ = np.arange(len(x))
    c: FloatArray = np.ones_like(x)
    d: FloatArray = 1 / _away(1 - (a + b) * x / (a + 1))
    value = d.copy()
    for m in range(1, 20_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value = value * c * d
        done = np.abs(c * d - 1) < 1e-14
        if done.any() or not len(done):
            found[open_[done]] = value[done]
            a, b, x, c, d, value = (part[~done] for part in (a, b, x, c, d, value))
            open_ = open_[~done]
            if not len(open_):
                break
    found[open_] = value
    return found


def _log_beta(a: FloatArray, b: FloatArray) -> FloatArray:
    parts = [math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
    return np.array(parts, dtype=np.float64)


def _away(x: FloatArray) -> FloatArray:
    """The same, kept from zero: it will divide."""
    return np.where(np.abs(x) < _TINY, _TINY, x)


def _near_normal(z: float, df: FloatArray) -> FloatArray:
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return np.asarray(z + sum(term / df**power for power, term in enumerate(terms, start=1)), dtype=np.float64)
