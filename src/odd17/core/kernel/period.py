"""Periods of observation, in the SDMX time formats that French producers use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_PATTERN = re.compile(r"^(\d{4})(?:-(?:Q([1-4])|S([12])|(0[1-9]|1[0-2])))?$|^(\d{4})/(\d{4})$")
_MONTHS = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])/(\d{4})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A year, half-year, quarter, month, or a span of years or months; ordered by its end, then its start (in months).

    >>> Period.parse("2019-Q1").code, Period.parse("2014/2019").code
    ('2019-Q1', '2014/2019')
    >>> Period.parse("2018") < Period.parse("2019-Q1") < Period.parse("2019")
    True
    """

    end: int  # months since year 0, exclusive
    start: int  # months since year 0, inclusive
    code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that ``text`` names: ``2019``, ``2019-S1``, ``2019-Q1``, ``2019-03``, ``2014/2019`` or
        ``2019-10/2019-11`` (the months of a survey).

        Raises ValueError for anything else, a span that runs backwards included.
        """
        months = _MONTHS.match(text)
        if months is not None:
            opened, closed = (int(months[at]) * 12 + int(months[at + 1]) - 1 for at in (1, 3))
            if opened > closed:
                raise ValueError(f"{text!r} runs backwards")
            return cls(closed + 1, opened, text)
        match = _PATTERN.match(text)
        if match is None:
            raise ValueError(f"{text!r} is not a period: write 2019, 2019-Q1, 2019-S1, 2019-03 or 2014/2019")
        year, quarter, half, month, first, last = match.groups()
        if first is not None:
            if int(first) > int(last):
                raise ValueError(f"{text!r} runs backwards")
            return cls((int(last) + 1) * 12, int(first) * 12, text)
        base = int(year) * 12
        if quarter is not None:
            offset, length = (int(quarter) - 1) * 3, 3
        elif half is not None:
            offset, length = (int(half) - 1) * 6, 6
        elif month is not None:
            offset, length = int(month) - 1, 1
        else:
            offset, length = 0, 12
        return cls(base + offset + length, base + offset, text)
