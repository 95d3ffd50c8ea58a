"""The measures that a reader asks for: each of them once, whatever they are asked for by."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.programmes.chosen import Wanted
from odd17.core.programmes.programme import Measure, Programme
from odd17.core.programmes.report_2020 import report_programme, report_reviews
from odd17.core.programmes.reviews import Mark, Review
from odd17.core.programmes.state import Known, state_at

PROGRAMME = report_programme()
DAY = date(2024, 6, 1)
MARKS = st.dictionaries(
    st.integers(1, 21), st.sampled_from([None, *(one.id for one in PROGRAMME.levels)]).map(lambda id: Mark(id, "why"))
)


@given(MARKS)
def test_the_cells_of_the_matrix_hold_every_measure_once(marks: dict[int, Mark]) -> None:
    reviews = [Review("1", DAY, marks)] if marks else []
    state = state_at(PROGRAMME, reviews, DAY)
    asked = [{"level": one.id} for one in PROGRAMME.levels]
    cells = [
        Wanted(dimension.id, **more).among(state.measures)  # type: ignore[arg-type]  # one or the other
        for dimension in PROGRAMME.dimensions
        for more in (*asked, {"known": Known.UNPUBLISHED}, {"known": Known.NOT_REVIEWED})
    ]
    assert sorted(one.measure.number for cell in cells for one in cell) == list(range(1, 22))


def test_of_a_review_in_totals_no_level_has_a_measure() -> None:
    state = state_at(PROGRAMME, report_reviews(), DAY)
    assert not any(Wanted(level=one.id).among(state.measures) for one in PROGRAMME.levels)
    assert len(Wanted(known=Known.UNPUBLISHED).among(state.measures)) == 21


def test_a_workstream_holds_its_measures_and_nothing_unknown_is_asked_for() -> None:
    dimension = PROGRAMME.dimensions[0]
    measures = (Measure(1, "a", dimension.id, ("w1",)), Measure(2, "b", dimension.id))
    programme = Programme("p", "P", DAY, (dimension,), PROGRAMME.levels, measures)
    state = state_at(programme, [], DAY)
    assert [one.measure.number for one in Wanted(workstream="w1").among(state.measures)] == [1]
    assert Wanted(dimension.id).exists_in(programme)
    for wanted in (Wanted("elsewhere"), Wanted(workstream="w1"), Wanted(level="splendid")):
        assert not wanted.exists_in(programme)
