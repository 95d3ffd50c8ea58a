"""A share of respondents with all that it carries: its interval, how many answered, its status."""

from __future__ import annotations

from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Estimate, ObsStatus

from . import format, wording
from .crossing_words import share_of
from .language import translator


def share_in_full(shown: Estimate, language: str) -> str:
    """A share with its interval, how many answered, and its status where it is not a plain one.

    >>> share_in_full(Estimate(0.5, 0.3, 0.7, 24, ObsStatus.LOW_RELIABILITY), "en").replace("\\u00a0", " ")
    '50% (30% to 70%), n = 24, low reliability'
    """
    _ = translator(language)
    text = share_of(shown, language)
    if shown.value is None:
        return text
    if shown.low is not None and shown.high is not None:
        low, high = (
            format.quantity(100 * bound, Unit.PERCENT, language, decimals=0) for bound in (shown.low, shown.high)
        )
        text = _("{share} ({low} to {high})", share=text, low=low, high=high)
    text += f", n\u00a0=\u00a0{format.number(shown.n or 0, language, decimals=0)}"
    if shown.obs_status is not ObsStatus.NORMAL:
        text += f", {wording.obs_status(shown.obs_status, language)}"
    return text
