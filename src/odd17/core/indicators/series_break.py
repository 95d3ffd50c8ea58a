"""Breaks that the catalogue knows in a series: what changed and, where its source tells, after which period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from odd17.core.kernel import Period, Text


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """What changed, in words; ``after`` is the last period of the older series, None where no source dates it.

    Raises ValueError where ``after`` is not a period.
    """

    said: Text
    after: str | None = None

    def __post_init__(self) -> None:
        if self.after is not None:
            Period.parse(self.after)


def begun_anew(periods: Sequence[str], breaks: Iterable[SeriesBreak]) -> tuple[str, ...]:
    """Those of ``periods``, oldest first, with which a series begins anew: the first wholly after each dated break.

    An undated break cuts nothing, nor does one before the oldest period.

    >>> known = [SeriesBreak(Text("Autre dispositif.", "Another system."), after="2021")]
    >>> begun_anew(["2020", "2021", "2023", "2024"], known), begun_anew(["2023", "2024"], known)
    (('2023',), ())
    """
    parsed = [Period.parse(period) for period in periods]
    found: set[int] = set()
    for known in breaks:
        if known.after is None:
            continue
        end = Period.parse(known.after).end
        first = next((at for at, period in enumerate(parsed) if period.start >= end), 0)
        found.add(first)
    return tuple(periods[at] for at in sorted(found - {0}))
