"""What the index knows of a territory: its name, what it belongs to, and how far others are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A territory's name, and the identifiers of what it belongs to, the nearest first."""

    name: str
    parents: tuple[str, ...] = ()


Places = Callable[[str], Place | None]
"""From an identifier to its place; None where the geography does not know it."""


def nowhere(identifier: str) -> Place | None:
    """No geography: a practice is only where it says."""
    return None


Distances = Callable[[str, Sequence[str]], list[float]]
"""From a territory to others, in kilometres; infinite where that is not known."""


def unknown(near: str, others: Sequence[str]) -> list[float]:
    """No geography: nothing is near but what is there."""
    return [0.0 if other == near else float("inf") for other in others]
