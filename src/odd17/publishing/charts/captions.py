"""The frame of words around a drawing that leaves the platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caption:
    """What frames a drawing that leaves the platform: title, subtitle, then lines of source and citation."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
