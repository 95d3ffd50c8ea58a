"""odd17: an open observatory and workshop for alliances (SDG 17)."""

from __future__ import annotations

__all__: list[str] = []
