"""odd17: an open observatory and workshop for alliances (SDG 17)."""

from __future__ import annotations

from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.index import Index, replay
from odd17.core.indicators.normalise import Normalise

__all__ = ["Aggregate", "Frame", "Index", "Normalise", "replay"]
