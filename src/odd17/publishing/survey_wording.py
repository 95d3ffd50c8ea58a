"""The words of surveys: what a question measures, and how an estimate may be read."""

from __future__ import annotations

from typing import Final

from odd17.core.kernel import ObsStatus
from odd17.core.perceptions.tables import Measure

from .language import msgid, translator

_MEASURES: Final = {
    Measure.FRAGILE: msgid("judge the domain fragile"),
    Measure.LIVED: msgid("live this fragility"),
    Measure.PRIORITY: msgid("put it among the priorities"),
    Measure.TRUST: msgid("trust"),
    Measure.READY: msgid("are ready to ally"),
    Measure.ACTS: msgid("act in the domain"),
    Measure.INTENDS: msgid("intend to act in the domain"),
    Measure.PARTNER: msgid("act with this kind of partner"),
    Measure.PARTNERSHIP: msgid("have this kind of partnership"),
    Measure.LEVER_FIRST: msgid("rank this lever first"),
    Measure.LEVER_WORTH: msgid("worth of this lever"),
    Measure.OWN: msgid("question of the study"),
}

_READINGS: Final = {
    ObsStatus.NORMAL: msgid("to be published"),
    ObsStatus.LOW_RELIABILITY: msgid("flagged: fewer than 30 respondents, or all of one mind"),
    ObsStatus.SUPPRESSED: msgid("withheld: fewer than 10 respondents, or to protect such a figure"),
    ObsStatus.MISSING: msgid("no answer"),
}


def measure_name(measure: Measure, language: str) -> str:
    """What a question measures, as the end of "share of those who…".

    >>> measure_name(Measure.TRUST, "fr")
    'font confiance'
    """
    return translator(language)(_MEASURES[measure])


def reading(status: ObsStatus, language: str) -> str:
    """What becomes of an estimate of this status when it is published."""
    return translator(language)(_READINGS[status])
