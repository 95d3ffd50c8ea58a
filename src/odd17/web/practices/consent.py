"""How long a person's consent to be named lasts, and when they are asked again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

YEARS: Final = 2
"""Years for which somebody agrees to be named: people change posts, and a practice is stale after as long."""

ASKED_BEFORE: Final = timedelta(days=30)
"""How long before the end they are asked whether they go on."""

KEPT_AFTER: Final = timedelta(days=30)
"""How long after the end, shown nowhere, what they agreed to can still be renewed; it is then erased."""


def consent_ends(given: date) -> date:
    """The last day on which who consented on ``given`` is named.

    >>> consent_ends(date(2026, 11, 25)), consent_ends(date(2024, 2, 29))
    (datetime.date(2028, 11, 25), datetime.date(2026, 2, 28))
    """
    last = 28 if (given.month, given.day) == (2, 29) else given.day
    return given.replace(year=given.year + YEARS, day=last)
