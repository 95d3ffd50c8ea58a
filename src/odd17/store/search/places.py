"""What the index knows of a territory: its name, and what it belongs to."""

from __future__ import annotations

from collections.abc import Callable
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
