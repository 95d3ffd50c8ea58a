"""How columns go together: pairwise correlations, Cronbach's alpha, principal components."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .stage import FloatArray


def _centred(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Columns less their mean, 0 where missing, so that sums of squares lose no digits; and 1 where present."""
    present = ~np.isnan(x)
    weight = present.astype(np.float64)
    means = np.where(present, x, 0.0).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)
    return np.where(present, x - means, 0.0), weight


def covariances(x: FloatArray) -> FloatArray:
    """Covariances of columns, each pair over the rows that have both; NaN under two such rows."""
    centred, weight = _centred(x)
    count = weight.T @ weight
    sums = centred.T @ weight  # of the column of the row, over the rows that the other column has
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (centred.T @ centred - sums * sums.T / count) / (count - 1.0)
    return np.where(count > 1, found, np.nan)


def correlations(x: FloatArray) -> FloatArray:
    """Pearson correlations of columns, each pair over the rows that have both; NaN for a constant.

    >>> correlations(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, np.nan], [4.0, 8.0]])).round(12).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    centred, weight = _centred(x)
    count = weight.T @ weight
    # unit scale, so that what is left of a constant pair is told from rounding
    scale = np.sqrt((centred**2).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0))
    largest = np.abs(np.nan_to_num(x)).max(axis=0, initial=0.0)
    constant = ~(scale > 1e-12 * largest)
    centred = centred / np.where(constant, 1.0, scale)
    sums = centred.T @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        products = centred.T @ centred - sums * sums.T / count
        squares = (centred**2).T @ weight - sums**2 / count
        found = products / np.sqrt(squares * squares.T)
    undefined = (count < 2) | (squares <= 1e-12 * count) | (1e-12 * count >= squares.T)
    undefined |= constant[:, None] | constant[None, :]
    return np.where(undefined, np.nan, np.clip(found, -1.0, 1.0))


def cronbach_alpha(x: FloatArray) -> float:
    """Cronbach's alpha of columns that should say the same: ``k² c / S``, from pairwise covariances.

    c is the mean covariance of two different columns, S the sum of all, variances included (Cronbach 1951,
    doi:10.1007/BF02310555). NaN under two columns.

    >>> cronbach_alpha(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    1.0
    """
    k = x.shape[1]
    if k < 2:
        return float("nan")
    covariance = covariances(x)
    total = float(np.nansum(covariance))
    between = (total - float(np.nansum(np.diag(covariance)))) / (k * (k - 1))
    return k**2 * between / total if total > 0 else float("nan")


class Components(NamedTuple):
    """Eigenvalues of a correlation matrix, the largest first, and the loadings (columns × components)."""

    eigenvalues: FloatArray
    loadings: FloatArray


def principal_components(x: FloatArray) -> Components:
    """Principal components of standardised columns, over the rows that miss none.

    A component's sign is free: here its largest loading is positive. Empty where a column is constant, or where
    fewer than two rows are complete.
    """
    complete = x[~np.isnan(x).any(axis=1)]
    matrix = correlations(complete) if len(complete) > 1 else np.full((x.shape[1],) * 2, np.nan)
    if not x.shape[1] or np.isnan(matrix).any():
        return Components(np.empty(0), np.empty((x.shape[1], 0)))
    values, vectors = np.linalg.eigh(matrix)
    values, vectors = values[::-1], vectors[:, ::-1]
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(len(values))])
    return Components(np.maximum(values, 0.0), vectors * signs)
