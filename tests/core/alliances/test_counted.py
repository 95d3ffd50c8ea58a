"""What partners count, item by item, and how far apart they are."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.answers import Answer, Measured
from odd17.core.alliances.counted import MEMBERS, USES, CountedView, counted

EARLY, LATE = date(2026, 1, 31), date(2026, 6, 30)


def _measured(name: str, unit: str, **measures: float) -> Measured:
    return Measured(
        name, unit, 0, 100, {date.fromisoformat(day[1:].replace("_", "-")): measures[day] for day in measures}
    )


def test_nothing_counted_is_no_item() -> None:
    assert counted(()) == ()
    assert counted((Answer("a", {}), Answer("b", {}))) == ()


def test_zero_is_counted_and_an_absence_is_not() -> None:
    (view,) = counted((Answer("a", {}, members=0), Answer("b", {})))
    assert (view.item, view.values, view.agreed) == (MEMBERS, {"a": 0.0}, True)


def test_members_and_uses_come_first_then_indicators_by_name() -> None:
    answers = (
        Answer("a", {}, members=4, uses=40, indicators=(_measured("Repas", "repas", _2026_01_31=10),)),
        Answer("b", {}, members=6, uses=40, indicators=(_measured("accueil", "", _2026_01_31=1),)),
    )
    views = counted(answers)
    assert [view.item for view in views] == [MEMBERS, USES, "accueil", "Repas"]
    members, uses, *_rest = views
    assert (members.low, members.median, members.high, members.agreed) == (4, 5, 6, False)
    assert uses.agreed


def test_an_indicator_counts_by_its_latest_measure_whatever_their_order_and_its_name_by_its_letters() -> None:
    answers = (
        Answer("a", {}, indicators=(_measured("Repas servis", "Repas", _2026_06_30=40, _2026_01_31=10),)),
        Answer("b", {}, indicators=(_measured(" repas SERVIS ", "repas", _2026_01_31=30),)),
    )
    (view,) = counted(answers)
    assert (view.item, view.unit, view.values) == ("Repas servis", "Repas", {"a": 40, "b": 30})


def test_the_same_name_in_another_unit_is_another_item() -> None:
    answers = (
        Answer("a", {}, indicators=(_measured("Repas", "euros", _2026_01_31=10),)),
        Answer("b", {}, indicators=(_measured("Repas", "repas", _2026_01_31=10),)),
    )
    assert [view.unit for view in counted(answers)] == ["euros", "repas"]


def test_change_is_that_of_the_median_where_it_was_counted_before() -> None:
    before = counted((Answer("a", {}, members=4), Answer("b", {}, members=6)))
    views = counted((Answer("a", {}, members=9, uses=3), Answer("b", {}, members=9)), before)
    assert [(view.item, view.change) for view in views] == [(MEMBERS, 4.0), (USES, None)]


def test_an_indicator_named_as_a_count_is_not_taken_for_it() -> None:
    answers = (Answer("a", {}, members=4, indicators=(_measured("Members", "", _2026_01_31=70),)),)
    assert sorted(view.low for view in counted(answers)) == [4.0, 70.0]


_NUMBERS = st.none() | st.integers(0, 8_000_000_000)
_INDICATORS = st.lists(
    st.builds(
        Measured,
        st.sampled_from(["Repas", "repas ", "Accueil"]),
        st.sampled_from(["", "euros", "Euros"]),
        st.just(0.0),
        st.just(1.0),
        st.dictionaries(st.dates(date(2024, 1, 1), LATE), st.floats(-1e9, 1e9), min_size=1, max_size=3),
    ),
    max_size=3,
    unique_by=lambda one: (one.name.strip().casefold(), one.unit.strip().casefold()),
)


@st.composite
def _answers(draw: st.DrawFn) -> tuple[Answer, ...]:
    many = draw(st.integers(0, 5))
    return tuple(
        Answer(str(number), {}, "", draw(_NUMBERS), draw(_NUMBERS), tuple(draw(_INDICATORS))) for number in range(many)
    )


def _told(views: tuple[CountedView, ...]) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (one.item.casefold(), str(one.unit).casefold()): (dict(one.values), one.low, one.median, one.high)
        for one in views
    }


@given(_answers())
def test_bounds_hold_the_values_and_nothing_said_is_lost_whatever_the_order(answers: tuple[Answer, ...]) -> None:
    views = counted(answers)
    for view in views:
        assert view.low == min(view.values.values()) <= view.median <= view.high == max(view.values.values())
        assert view.agreed == (len(set(view.values.values())) == 1)
    said = sum((one.members is not None) + (one.uses is not None) + len(one.indicators) for one in answers)
    assert sum(len(view.values) for view in views) == said
    assert _told(counted(answers[::-1])) == _told(views)
    assert all(view.change == 0 for view in counted(answers, views))
