"""The chart of a figure over its periods, from what the diagnosis says of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from odd17.core.diagnosis.course import Course, Point
from odd17.core.diagnosis.reading import Diagnosis, Figure, PeerSet
from odd17.core.kernel import Estimate, ObsStatus
from odd17.publishing import format, wording
from odd17.publishing.language import translator
from odd17.publishing.watermark import watermark

from .captions import Caption
from .drawings import CourseChart, CourseLine
from .readings import source_lines


def course_chart(diagnosis: Diagnosis, figure: Figure, course: Course, language: str) -> CourseChart:
    """The course of ``figure``, beside the nearest larger territory, the country and the median of the peers."""
    _ = translator(language)
    indicator = figure.indicator
    name, what = wording.territory_name(diagnosis.territory, language), indicator.name.in_language(language)
    lines = [course_line(name, 0, course.points, lambda point: point.estimate)]
    for at, other in enumerate(course.others):
        lines.append(course_line(wording.territory_name(other, language), at + 1, course.points, _other(at)))
    middle = middle_label(course, diagnosis.peers, language)
    if middle is not None:
        lines.append(CourseLine(middle, None, _middles(course.points)))
    shown = [value for line in lines for stretch in line.stretches for _place, value in stretch]
    shown += [bound for line in lines for _place, *bounds in line.ranges for bound in bounds]
    step, steps = axis_steps(shown)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return CourseChart(
        id=f"course-{indicator.id}",
        title=_("{indicator}: {name} over time", indicator=what, name=name),
        axis_title=format.unit_label(indicator.unit, language),
        break_label=_("the series begins anew"),
        periods=tuple((point.years, format.period(point.period, language)) for point in course.points),
        ticks=tuple((value, format.number(value, language, decimals=decimals)) for value in steps),
        lines=tuple(line for line in lines if line.stretches),
        breaks=tuple(
            (before.years + point.years) / 2
            for before, point in zip(course.points, course.points[1:], strict=False)
            if point.breaks
        ),
        caption=Caption(
            _("{name}: {figure}", name=name, figure=what),
            _("Over time"),
            source_lines([indicator.source], diagnosis.release, language),
        ),
        watermark=watermark(diagnosis.release, language),
    )


def middle_label(course: Course, peers: PeerSet | None, language: str) -> str | None:
    """What the median is of; None where there is none."""
    count = next((point.middle.count for point in course.points if point.middle is not None), None)
    if count is None or peers is None:
        return None
    return translator(language)("median of the {peers}", peers=wording.peer_set(PeerSet(peers.id, count), language))


def _other(at: int) -> Callable[[Point], Estimate]:
    return lambda point: point.others[at]


def course_line(label: str, symbol: int, points: Sequence[Point], of: Callable[[Point], Estimate]) -> CourseLine:
    """The line of the figures that ``of`` reads in each point, cut where there is none and where a series breaks."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        shown = of(point)
        if shown.value is None or point.anew or shown.obs_status is ObsStatus.BREAK:
            stretches.append([])
        if shown.value is not None:
            stretches[-1].append((point.years, shown.value))
    ranges = tuple(
        (point.years, shown.low, shown.high)
        for point in points
        if (shown := of(point)).low is not None and shown.high is not None
    )
    return CourseLine(label, symbol, tuple(tuple(stretch) for stretch in stretches if stretch), ranges)


def _middles(points: Sequence[Point]) -> tuple[tuple[tuple[float, float], ...], ...]:
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point.middle is None or point.middle.breaks:
            stretches.append([])
        if point.middle is not None:
            stretches[-1].append((point.years, point.middle.value))
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def axis_steps(values: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """The step and the values of an axis: three to six round numbers that hold all ``values``.

    >>> axis_steps([7.2, 8.4])
    (0.5, (7.0, 7.5, 8.0, 8.5))
    """
    low, high = min(values), max(values)
    span = high - low or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(span / 3))
    step = next(size * factor for factor in (1, 2, 5, 10) if span / (size * factor) <= 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return step, tuple(at * step for at in range(first, max(last, first + 1) + 1))
