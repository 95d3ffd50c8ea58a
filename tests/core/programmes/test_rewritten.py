"""What differs between two definitions of a programme is told, part by part, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.programmes.levels import levels_of_lines
from odd17.core.programmes.programme import Dimension, Horizon, Measure, Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.rewritten import Part, Rewriting, rewritings

PLAN = Programme(
    "p", "Plan", date(2024, 1, 31), (Dimension("d1", "Eau", Horizon(3, 6)), Dimension("d2", "Air")),
    levels_of_lines("Fait ; terminé\nEn cours"), (Measure(1, "Planter", "d1"), Measure(2, "Compter", "d1")),
)  # fmt: skip

_MEASURES = st.dictionaries(st.integers(1, 30), st.text(min_size=1, max_size=5))


def test_each_part_says_what_stood_before_and_what_stands_now() -> None:
    after = replace(
        PLAN, title="Plan B", published=date(2024, 2, 1), levels=levels_of_lines("Fait ; terminé\nEn cours ; raison"),
        measures=(Measure(1, "Planter moins", "d2"), Measure(3, "Parler", "d1")),
    )  # fmt: skip
    assert rewritings(PLAN, after) == (
        Rewriting(Part.TITLE, "Plan", "Plan B"),
        Rewriting(Part.DAY, "2024-01-31", "2024-02-01"),
        Rewriting(Part.LEVELS, "Fait ; terminé, En cours", "Fait ; terminé, En cours ; raison"),
        Rewriting(Part.LABEL, "Planter", "Planter moins", 1),
        Rewriting(Part.DIMENSION, "Eau", "Air", 1),
        Rewriting(Part.EFFECTS, "3–6", "", 1),
        Rewriting(Part.REMOVED, "Compter", "", 2),
        Rewriting(Part.ADDED, "", "Parler", 3),
    )


@given(st.permutations(report_programme().measures), st.text())
def test_what_is_the_same_is_not_told(measures: list[Measure], mention: str) -> None:
    programme = report_programme()
    assert not rewritings(programme, replace(programme, measures=tuple(measures), mention=mention))


@given(_MEASURES, _MEASURES)
def test_every_measure_that_differs_is_told_once_and_no_other(before: dict[int, str], after: dict[int, str]) -> None:
    older, newer = (
        replace(PLAN, measures=tuple(Measure(number, label, "d1") for number, label in told.items()))
        for told in (before, after)
    )
    told = [one.number for one in rewritings(older, newer)]
    assert told == sorted(number for number in before.keys() | after.keys() if before.get(number) != after.get(number))
