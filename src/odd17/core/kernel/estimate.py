"""The figure as shown: a value never travels without its interval, its size and its status."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .status import Absence, ConfStatus, ObsStatus, absence_of


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, its number of respondents or units, and its statuses.

    ``value`` is None where there is none, and then ``absence`` says why: zero is a value. ``low`` and ``high``
    are None for a figure published without an interval (a count, an administrative rate).

    >>> Estimate(0.0).absence is None
    True
    >>> Estimate(None, obs_status=ObsStatus.SUPPRESSED).absence
    <Absence.SUPPRESSED: 'suppressed'>
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    obs_status: ObsStatus = ObsStatus.NORMAL
    conf_status: ConfStatus = ConfStatus.FREE

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{name} must be finite or None, got {number!r}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low!r} is above high {self.high!r}")

    @property
    def absence(self) -> Absence | None:
        """Why there is no value, or None where there is one."""
        return None if self.value is not None else absence_of(self.obs_status, self.conf_status)
