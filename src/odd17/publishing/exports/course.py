"""The table of a figure over its periods: here, beside, and the median of the peers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from odd17.core.diagnosis.course import Course
from odd17.core.diagnosis.reading import Diagnosis, Figure
from odd17.core.kernel import Estimate
from odd17.publishing import wording
from odd17.publishing.charts.course import middle_label
from odd17.publishing.courses import point_note, sentences
from odd17.publishing.language import Translator, translator

from .cells import Row, column, estimate_cells, finished, indicator_cells, laid_out, territory_cells
from .table import Table

_COURSE: Final = (
    "territory", "territory_name", "level", "measure", "indicator", "indicator_name", "period", "value", "unit", "low",
    "high", "absence", "obs_status", "conf_status", "note", "citation", "licence", "release",
)  # fmt: skip


def course_table(diagnosis: Diagnosis, figure: Figure, course: Course, language: str) -> Table:
    """A row a period and territory, oldest first, then ``measure`` ``median`` for the peers; the notes say the rest."""
    _ = translator(language)
    indicator = figure.indicator
    rows = [laid_out(row, _COURSE) for row in _rows(diagnosis, figure, course, _)]
    title = _(
        "{indicator}: {name} over time",
        indicator=indicator.name.in_language(language),
        name=wording.territory_name(diagnosis.territory, language),
    )
    return finished(
        f"odd17-{diagnosis.territory.id}-{indicator.id}",
        title,
        [column(id, _, indicator.decimals) for id in _COURSE],
        rows,
        [indicator.source],
        diagnosis.release,
        _,
        said=sentences(course, indicator, language),
    )


def _rows(diagnosis: Diagnosis, figure: Figure, course: Course, _: Translator) -> Iterator[Row]:
    here = territory_cells(diagnosis.territory, _)
    middle = middle_label(course, diagnosis.peers, _.language)
    for point in course.points:
        common: Row = {**indicator_cells(figure.indicator, point.period, _), "release": diagnosis.release}
        common["measure"] = "indicator"
        yield {**here, **common, **estimate_cells(point.estimate, _), "note": point_note(point, _.language)}
        for other, shown in zip(course.others, point.others, strict=True):
            yield {**territory_cells(other, _), **common, **estimate_cells(shown, _)}
        if point.middle is not None:
            median: Row = {"measure": "median", "territory_name": middle}
            yield {**common, **median, **estimate_cells(Estimate(point.middle.value), _)}
