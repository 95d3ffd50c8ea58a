"""Known breaks of a series as the catalogue, the sources and a release write them."""

from __future__ import annotations

from collections.abc import Mapping

from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Text


def series_break(written: Mapping[str, str]) -> SeriesBreak:
    """The break of ``{"fr": …, "en": …}``, with ``after`` where it is dated. Raises ValueError for a wrong period."""
    return SeriesBreak(Text(fr=written["fr"], en=written["en"]), written.get("after"))


def series_break_to_json(known: SeriesBreak) -> dict[str, str]:
    """The same, as ``series_break`` reads it."""
    dated = {} if known.after is None else {"after": known.after}
    return {"fr": known.said.fr, "en": known.said.en, **dated}
