"""The chart of a figure before, during and after an alliance, with the middle of its twins and their range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from odd17.core.alliances.contribution import Reading
from odd17.core.diagnosis.course import Point
from odd17.core.kernel import ObsStatus
from odd17.publishing import format, wording
from odd17.publishing.language import Translator, translator
from odd17.publishing.watermark import watermark

from .captions import Caption
from .course import axis_steps, course_line
from .drawings import CourseChart, CourseLine, Span
from .readings import source_lines


def contribution_chart(reading: Reading, language: str) -> CourseChart | None:
    """The figure here and the middle of its twins, from lowest to highest; None where fewer than two periods have one.

    The twins drawn are those with a figure in every period that has one here, and no break of their own.
    """
    found, indicator = reading.found, reading.indicator
    if not found.is_drawn:
        return None
    _ = translator(language)
    points = [one.point for one in found.with_figure]
    name = wording.territory_name(reading.territory, language)
    what = indicator.name.in_language(_.language)
    lines = [course_line(name, 0, [one.point for one in found.periods], lambda point: point.estimate)]
    twins = _twins(points, len(reading.twins), _)
    if twins is not None:
        lines.append(twins)
    shown = [value for line in lines for stretch in line.stretches for _place, value in stretch]
    shown += [bound for line in lines for _place, *bounds in line.ranges for bound in bounds]
    step, steps = axis_steps(shown)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return CourseChart(
        id=f"contribution-{indicator.id}",
        title=_("{indicator}: {name} before, during and after", indicator=what, name=name),
        axis_title=format.unit_label(indicator.unit, language),
        break_label=_("the series begins anew"),
        periods=tuple((one.years, format.period(one.period, language)) for one in points),
        ticks=tuple((value, format.number(value, language, decimals=decimals)) for value in steps),
        lines=tuple(lines),
        breaks=tuple((before.years + point.years) / 2 for before, point in pairwise(points) if point.breaks),
        caption=Caption(
            _("{name}: {figure}", name=name, figure=what),
            _("Before, during and after: no proof of cause"),
            source_lines([indicator.source], reading.release, language),
        ),
        watermark=watermark(reading.release, language),
        span=Span(
            _years(found.begun),
            None if found.ended is None else _years(found.ended),
            span_words(found.begun, found.ended, language),
        ),
    )


def span_words(begun: date, ended: date | None, language: str) -> str:
    """When it acted."""
    _ = translator(language)
    first = format.day(begun, language)
    if ended is None:
        return _("in action since {first}", first=first)
    return _("in action from {first} to {last}", first=first, last=format.day(ended, language))


def steady_twins(points: Sequence[Point], twins: int) -> tuple[int, ...]:
    """The places of the twins that have a figure in all ``points``, with no break of their own."""
    return tuple(
        at
        for at in range(twins)
        if all(point.others[at].value is not None for point in points)
        and not any(point.others[at].obs_status is ObsStatus.BREAK for point in points[1:])
    )


def _twins(points: Sequence[Point], count: int, _: Translator) -> CourseLine | None:
    steady = steady_twins(points, count)
    if not steady:
        return None
    told = [(one, [value for at in steady if (value := one.others[at].value) is not None]) for one in points]
    stretches: list[list[tuple[float, float]]] = [[]]
    for point, values in told:
        if point.anew:
            stretches.append([])
        stretches[-1].append((point.years, median(values)))
    return CourseLine(
        _("its twin with every figure")
        if len(steady) == 1
        else _("the middle of {count} twins, from the lowest to the highest", count=len(steady)),
        1,
        tuple(tuple(stretch) for stretch in stretches if stretch),
        tuple((one.years, min(values), max(values)) for one, values in told),
    )


def _years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
