"""What a figure did before, during and after an alliance, in sentences: the change, the twins', and what it is not."""

from __future__ import annotations

from statistics import median
from typing import Final

from odd17.core.alliances.contribution import Dated, Hindrance, Phase, Reading, Standing, Stretch
from odd17.core.kernel import Absence, Estimate, ObsStatus

from . import format, reason_words, wording
from .language import language_of, msgid, translator

_PHASES: Final = {Phase.BEFORE: msgid("before"), Phase.DURING: msgid("during"), Phase.AFTER: msgid("after")}
_HINDRANCES: Final = {
    Hindrance.NO_FIGURE: msgid("No period of this time has a figure."),
    Hindrance.ONE_PERIOD: msgid("One period alone has a figure: no change can be told."),
    Hindrance.BREAK: msgid("The series begins anew: no change can be told."),
}
_STANDINGS: Final = {
    Standing.ABOVE: msgid("Higher than the change of each of its twins."),
    Standing.AMONG: msgid("Among the changes of its twins: nothing here sets it apart."),
    Standing.BELOW: msgid("Lower than the change of each of its twins."),
}


def warning(language: str) -> str:
    """What all of it is not.

    >>> warning("en")[:27]
    'This is no proof of a cause'
    """
    return translator(language)(
        "This is no proof of a cause. Many other things happened in the same years, here and at the twins; those who "
        "act choose where they act. What stands here is where to begin a discussion, not what to conclude."
    )


def phase_name(phase: Phase, language: str) -> str:
    """The name of a phase."""
    return translator(language)(_PHASES[phase])


def plain_word(reading: Reading, language: str) -> str | None:
    """Why there is nothing to compare; None where there is."""
    _ = translator(language)
    valued = reading.found.with_figure
    if not valued:
        return _("This indicator has no figure here.")
    if len(valued) > 1:
        return None
    (only,) = valued
    shown = format.estimate(only.point.estimate, reading.indicator.unit, language, decimals=reading.indicator.decimals)
    return _(
        "There is one period only: {figure} in {period}. Nothing can be compared before and after.",
        figure=shown,
        period=format.period(only.point.period, language),
    )


def change_words(stretch: Stretch, reading: Reading, language: str) -> str:
    """The change of a phase here, or why there is none."""
    _ = translator(language)
    if stretch.change is None or stretch.since is None or stretch.until is None:
        return _(_HINDRANCES[stretch.hindrance or Hindrance.NO_FIGURE])
    told = _(
        "From {since} to {until}: {change}.",
        since=format.period(stretch.since, language),
        until=format.period(stretch.until, language),
        change=_change(stretch.change, reading, language),
    )
    return told + (" " + _("The two periods share months.") if stretch.shares_months else "")


def twins_words(stretch: Stretch, reading: Reading, language: str) -> str:
    """The change of the twins over the same periods, or that none has one."""
    _ = translator(language)
    beside = stretch.beside
    if stretch.change is None:
        return _("not applicable")
    if beside is None:
        return _("No twin has both figures.")
    if beside.n == 1:
        return _("{change} (one twin has both figures)", change=_change(beside.middle, reading, language))
    return _(
        "{middle}, from {low} to {high} ({n} twins)",
        middle=_change(beside.middle, reading, language),
        low=_change(beside.low, reading, language),
        high=_change(beside.high, reading, language),
        n=beside.n,
    )


def standing_words(stretch: Stretch, language: str) -> str:
    """Where the change stands among the twins', or that too few have one."""
    _ = translator(language)
    if stretch.change is None:
        return ""
    if stretch.standing is None:
        return _("Fewer than three twins have a change: nothing is said.")
    return _(_STANDINGS[stretch.standing])


def period_note(dated: Dated, language: str) -> str:
    """What qualifies the figure of a period: that it holds months of two phases, a break, a flag, a status."""
    _ = translator(language)
    point = dated.point
    told = [_("In part before or after.")] if dated.straddles else []
    if point.breaks:
        told.append(_("The series begins anew here."))
    status = point.estimate.obs_status
    if point.estimate.value is not None and not point.flags and status not in (ObsStatus.NORMAL, ObsStatus.BREAK):
        told.append(wording.sentence_case(wording.obs_status(status, language_of(language))) + ".")
    return " ".join([*told, *(reason_words.sentence(flag, language) for flag in point.flags)])


def twins_middle(dated: Dated, reading: Reading, language: str) -> str:
    """The middle of the twins in a period, with how many have a figure where not all do; a word where none has."""
    _ = translator(language)
    values = [one.value for one in dated.point.others if one.value is not None]
    if not values:
        return format.absence(Absence.NOT_AVAILABLE, language)
    told = format.quantity(median(values), reading.indicator.unit, language, decimals=reading.indicator.decimals)
    if len(values) == len(dated.point.others):
        return told
    return _("{figure} ({n} of {all} twins)", figure=told, n=len(values), all=len(dated.point.others))


def twins_range(dated: Dated, reading: Reading, language: str) -> str | None:
    """From the lowest to the highest of the twins in a period; None where fewer than two have a figure."""
    values = [one.value for one in dated.point.others if one.value is not None]
    if len(values) < 2:
        return None
    shown = Estimate(median(values), min(values), max(values))
    return format.interval(shown, reading.indicator.unit, language, decimals=reading.indicator.decimals)


def _change(value: float, reading: Reading, language: str) -> str:
    return format.difference(value, reading.indicator.unit, language, decimals=reading.indicator.decimals)
