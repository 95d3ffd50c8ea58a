"""Figures over their periods in templates: the words are publishing's."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from odd17.core.diagnosis.course import Course, Point
from odd17.core.diagnosis.indicator_moves import IndicatorMove, IndicatorMoves
from odd17.core.diagnosis.ranking import Ranking
from odd17.core.diagnosis.reading import DomainReading, Figure, PeerSet, RankChange
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import Estimate, ObsStatus
from odd17.core.territories.territory import Territory
from odd17.publishing import courses, wording
from odd17.publishing.charts.course import middle_label

from ..drawings import Drawing
from ..language import language
from .ranks import move

register = template.Library()


@register.filter
def change_in_short(figure: Figure) -> str:
    """The change over the comparable periods."""
    return "" if figure.course is None else courses.change(figure.course, figure.indicator, language())


@register.filter
def sentences(figure: Figure) -> list[str]:
    """What is said of a figure over its periods beyond the change."""
    return [] if figure.course is None else courses.sentences(figure.course, figure.indicator, language())[1:]


@register.filter
def care(reading: DomainReading) -> str | None:
    """That a change of rank rests on series with known breaks; None where it does not."""
    return courses.breaks_behind(reading, language())


@register.filter
def series_break(known: SeriesBreak) -> str:
    """A break that the catalogue knows, with its date or that it has none."""
    return courses.series_break(known, language())


@register.filter
def remarks(point: Point) -> str:
    """What qualifies the figure of a period, its status where it is not an ordinary value."""
    status = point.estimate.obs_status
    plain = point.estimate.value is None or status in (ObsStatus.NORMAL, ObsStatus.BREAK)
    told = [] if plain or point.flags else [wording.sentence_case(wording.obs_status(status, language())) + "."]
    note = courses.point_note(point, language())
    return " ".join([*told, *([] if note is None else [note])])


@register.filter
def median_of(course: Course, peers: PeerSet | None) -> str | None:
    """What the median of a course is of; None where it has none."""
    return middle_label(course, peers, language())


@register.filter
def beside(point: Point, course: Course) -> list[tuple[Territory, Estimate]]:
    """The figures of the others in a period."""
    return list(zip(course.others, point.others, strict=True))


@register.filter
def drawing_of(figure: Figure, drawings: Mapping[str, Drawing]) -> Drawing | None:
    """The drawing of a figure over its periods."""
    return drawings.get(figure.indicator.id)


@register.filter
def moved_by(change: int) -> str:
    """A change of rank as an arrow and places: below 0 is nearer to rank 1, upwards."""
    return move(-change)


@register.filter
def both_ends(moves: IndicatorMoves) -> list[IndicatorMove]:
    """The largest moves towards rank 1, then those away from it."""
    return [*moves.nearer, *reversed(moves.further)]


@register.filter
def oldest_change(ranking: Ranking) -> RankChange | None:
    """A change of rank of the ranking, for the head of its column; None where no rank is known to have moved."""
    found = (row.score.rank.change for row in ranking.rows if row.score.rank is not None)
    return next((change for change in found if change is not None), None)
