"""What a report says of change over time: how ranks moved; each figure over its periods, its chart and table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odd17.core.diagnosis.course import Course, Point
from odd17.core.diagnosis.reading import Diagnosis, Figure
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Estimate

from . import format, wording
from .charts.course import middle_label
from .courses import breaks_behind, point_note, sentences
from .firmness import move
from .language import Translator


def time_content(diagnosis: Diagnosis, charts: Mapping[str, Mapping[str, str]], _: Translator) -> dict[str, Any]:
    """The moves of the ranks and the courses of the figures; ``charts`` are the pictures of those, by indicator."""
    return {
        "reading": _(
            "Ranks are compared among the peers that have a score at both dates. Between brackets: where the move lies "
            "when weights, scale and mean are drawn again, the same way at both dates."
        ),
        "moves": [
            [
                reading.domain.name.in_language(_.language),
                " ".join([told, *filter(None, [breaks_behind(reading, _.language)])]),
            ]
            for reading in diagnosis.domains
            if reading.score.rank is not None and (told := move(reading.score.rank, _.language)) is not None
        ],
        "courses": [
            _course(diagnosis, figure, figure.course, charts[figure.indicator.id], _)
            for reading in diagnosis.domains
            for figure in reading.figures
            if figure.course is not None
        ],
    }


def time_words(_: Translator) -> dict[str, Any]:
    """The titles of that part."""
    return {
        "title": _("Over time"),
        "moves": _("How ranks moved"),
        "moves_table": [_("Domain"), _("Change of rank")],
    }


def _course(
    diagnosis: Diagnosis, figure: Figure, course: Course, chart: Mapping[str, str], _: Translator
) -> dict[str, Any]:
    indicator = figure.indicator
    middle = middle_label(course, diagnosis.peers, _.language)
    places = [diagnosis.territory, *course.others]
    names = [wording.territory_name(place, _.language) for place in places]
    return {
        "name": indicator.name.in_language(_.language),
        "chart": chart,
        "columns": [_("Period"), *names, *([] if middle is None else [wording.sentence_case(middle)])],
        "rows": [_row(point, indicator, middle is not None, _) for point in course.points],
        "text": sentences(course, indicator, _.language),
        "remarks": [
            _("{name}: {figure}", name=format.period(point.period, _.language), figure=note)
            for point in course.points
            if (note := point_note(point, _.language)) is not None
        ],
        "mention": _("Source: {mentions}", mentions=indicator.source.citation),
    }


def _row(point: Point, indicator: Indicator, with_middle: bool, _: Translator) -> list[str]:
    figures = [point.estimate, *point.others]
    if with_middle:
        figures.append(Estimate(None if point.middle is None else point.middle.value))
    return [format.period(point.period, _.language), *(_figure(shown, indicator, _) for shown in figures)]


def _figure(shown: Estimate, indicator: Indicator, _: Translator) -> str:
    text = format.estimate(shown, indicator.unit, _.language, decimals=indicator.decimals)
    bounds = format.interval(shown, indicator.unit, _.language, decimals=indicator.decimals)
    return text if bounds is None else f"{text} ({bounds})"
