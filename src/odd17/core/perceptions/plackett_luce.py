"""Worths of items from whole rankings of them, by the model of Plackett and Luce.

Someone who ranks picks the first item with a probability in proportion to its worth, then the second among those that
are left, and so on. Sources: Luce, *Individual Choice Behavior* (1959); Plackett, *Applied Statistics* 24 (1975),
193-202; fitted by the MM algorithm of Hunter, *Annals of Statistics* 32 (2004), 384-406, section 5.
"""

from __future__ import annotations

import numpy as np

from .columns import BoolArray, FloatArray, IntArray

_SETTLED = 1e-12
_MOST_STEPS = 50_000


def fit(orders: IntArray, weights: FloatArray) -> FloatArray:
    """Worths that sum to one, shaped (sets of weights, items), of greatest likelihood.

    ``orders`` (rankings, items) list items from the first to the last; ``weights`` (sets, rankings) are zero or more.
    NaN where no worths are best: some items are always put before all others (Hunter, assumption 1).

    >>> fit(np.array([[0, 1], [1, 0]]), np.array([[30.0, 10.0]])).tolist()
    [[0.75, 0.25]]
    """
    sets, items = len(weights), orders.shape[1]
    found = np.full((sets, items), np.nan)
    can = np.array([_is_joined(orders[row > 0], items) for row in weights], dtype=np.bool_)
    w = weights[can]
    if not len(w):
        return found
    wins = np.zeros((len(w), items))
    for place in range(items - 1):
        for item in range(items):
            wins[:, item] += w[:, orders[:, place] == item].sum(axis=1)
    worth: FloatArray = np.full((len(w), items), 1 / items)
    for _ in range(_MOST_STEPS):
        bottom = np.zeros_like(worth)
        for place in range(items - 1):
            left = orders[:, place:]
            share = w / worth[:, left].sum(axis=2)
            for item in range(items):
                bottom[:, item] += share[:, (left == item).any(axis=1)].sum(axis=1)
        fresh = wins / bottom
        fresh /= fresh.sum(axis=1, keepdims=True)
        moved = np.abs(fresh / worth - 1).max()
        worth = fresh
        if moved < _SETTLED:
            break
    found[can] = worth
    return found


def influences(orders: IntArray, weights: FloatArray, worth: FloatArray) -> FloatArray:
    """The influence of a respondent with each ranking on each worth, shaped (rankings, items).

    With g the gradient of the log-likelihood of one ranking by the logarithms of worths, and H minus the sum of
    weights times its second derivatives, it is D H⁻ g, D being the derivatives of worths that sum to one. Source:
    Binder, *International Statistical Review* 51 (1983), 279-292.
    """
    items = len(worth)
    gradient = np.zeros((len(orders), items))
    information = np.zeros((items, items))
    for place in range(items - 1):
        left = orders[:, place:]
        among = np.zeros((len(orders), items))
        np.put_along_axis(among, left, worth[left], axis=1)
        among /= among.sum(axis=1, keepdims=True)
        gradient -= among
        gradient[np.arange(len(orders)), orders[:, place]] += 1.0
        information += np.diag(weights @ among) - (among * weights[:, None]).T @ among
    derivatives = np.diag(worth) - np.outer(worth, worth)
    found: FloatArray = gradient @ np.linalg.pinv(information, rcond=1e-12, hermitian=True) @ derivatives
    return found


def _is_joined(orders: IntArray, items: int) -> bool:
    """Whether from each item one comes to each other by steps from an item to one that somebody put after it."""
    reach: BoolArray = np.eye(items, dtype=np.bool_)
    for place in range(items - 1):
        for later in range(place + 1, items):
            reach[orders[:, place], orders[:, later]] = True
    for middle in range(items):
        reach |= reach[:, middle, None] & reach[None, middle, :]
    return bool(reach.all())
