"""How a figure moved over its periods, in sentences: the change, the slope with its interval, what hinders either."""

from __future__ import annotations

from odd17.core.diagnosis.course import Course, Hindrance, Point
from odd17.core.diagnosis.reading import DomainReading
from odd17.core.indicators.indicator import Indicator, Unit
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import in_language

from . import format, reason_words, wording
from .language import Translator, translator


def change(course: Course, indicator: Indicator, language: str) -> str:
    """The change from the oldest comparable period to the newest, or that there is none to compare with."""
    _ = translator(language)
    if course.change is None:
        return _("Nothing older can be compared.")
    return _(
        "From {since} to {until}: {change}.",
        since=format.period(course.change.since, language),
        until=format.period(course.change.until, language),
        change=format.difference(course.change.value, indicator.unit, language, decimals=indicator.decimals),
    )


def sentences(course: Course, indicator: Indicator, language: str) -> list[str]:
    """All that is said of the course: the change, the slope or why there is none, then the breaks."""
    _ = translator(language)
    told = [change(course, indicator, language)]
    if course.change is not None:
        told.append(_slope(course, indicator, _))
    if course.breaks:
        periods = [format.period(period, language) for period in course.breaks]
        told.append(
            _(
                "Break in the series: {periods}. What lies before is shown, and compared with nothing after it.",
                periods=wording.enumeration(periods, language),
            )
        )
    told += [series_break(known, language) for known in course.known_breaks if known.after is not None]
    undated = [in_language(known.said, language) for known in course.known_breaks if known.after is None]
    if undated:
        told.append(_("Known of the series, with no date at which to cut it: {breaks}", breaks=" ".join(undated)))
    return told


def series_break(known: SeriesBreak, language: str) -> str:
    """A break that the catalogue knows, with the period after which it lies, or that no source dates it."""
    _ = translator(language)
    said = in_language(known.said, language)
    if known.after is None:
        return _("With no date known: {told}", told=said)
    return _("Known break after {period}: {told}", period=format.period(known.after, language), told=said)


def breaks_behind(reading: DomainReading, language: str) -> str | None:
    """That a change of rank rests on series with undated breaks; None where no rank moved, or none is known.

    A dated break is not bridged; one that no source dates can only be said.
    """
    rank = reading.score.rank
    if rank is None or rank.change is None:
        return None
    known = [
        figure.indicator.name.in_language(language)
        for figure in reading.figures
        if figure.course is not None
        and figure.not_scored is None
        and any(known.after is None for known in figure.course.known_breaks)
    ]
    if not known:
        return None
    return translator(language)(
        "With care: breaks are known in the series of {indicators}, told under “Over time”.",
        indicators=wording.enumeration(known, language),
    )


def point_note(point: Point, language: str) -> str | None:
    """What qualifies the figure of a period: that the series begins anew with it, and its flags; None where nothing."""
    _ = translator(language)
    told = [_("The series begins anew here.")] if point.breaks else []
    return " ".join([*told, *(reason_words.sentence(flag, language) for flag in point.flags)]) or None


def _slope(course: Course, indicator: Indicator, _: Translator) -> str:
    slope = course.slope
    if slope is None:
        if course.hindrance is Hindrance.OVERLAPPING:
            return _("No slope: the periods share months, so that their figures do not vary independently.")
        if course.breaks:
            return _("No slope: fewer than four periods since the last break tell a change, not a direction.")
        return _("No slope: fewer than four periods tell a change, not a direction.")
    decimals = indicator.decimals + 1
    facts = {
        "slope": format.difference(slope.value, indicator.unit, _.language, decimals=decimals),
        "low": format.number(slope.low, _.language, decimals=decimals),
        "high": format.number(slope.high, _.language, decimals=decimals),
        "level": format.quantity(100 * slope.level, Unit.PERCENT, _.language, decimals=0),
        "n": format.number(slope.n, _.language, decimals=0),
    }
    if not slope.is_told:
        return _(
            "Slope: {slope} a year (between {low} and {high}, {level}, over {n} periods): 0 lies between, so that no "
            "direction can be told.",
            **facts,
        )
    if slope.value > 0:
        return _("Slope: {slope} a year (between {low} and {high}, {level}, over {n} periods): it rises.", **facts)
    return _("Slope: {slope} a year (between {low} and {high}, {level}, over {n} periods): it falls.", **facts)
