"""The terms of a recipe: a shape that is not the one described, and parts of several years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import Recipe, Term
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import DataError
from odd17.core.territories import Cog, Level

if TYPE_CHECKING:
    from .conftest import Bench


ALL = dict.fromkeys(Level, 0.0)
TOP, BOTTOM = Term("made-up", columns=("top",)), Term("made-up", columns=("bottom",))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term("made-up", columns=("vallue",)), r"no such column.*did you mean value"),
        (Term("made-up", where=(("sex", ("X",)),)), r"no row has this code.*X.*the column has _T"),
        (Term("made-up", columns=("sex",)), r"not a number.*_T"),
        (Term("made-up", columns=("*",)), "several columns"),
    ],
)
def test_a_shape_that_is_not_the_one_described_is_named(bench: Bench, term: Term, expected: str, small: Cog) -> None:
    rows: list[dict[str, object]] = [{"code": "01001", "year": "2023", "sex": "_T", "value": 1}]
    entry = bench.entry(Recipe((term,), coverage=ALL))
    with pytest.raises(DataError, match=f"made-up.*{expected}"):
        bench.made(entry, bench.source(), rows, small)


def test_the_figure_of_years_before_is_set_against_its_own_year_alone(bench: Bench, small: Cog) -> None:
    term = Term("made-up")
    change = Recipe((term, replace(term, lag=5, subtract=True)), (replace(term, lag=5),), factor=100, coverage=ALL)
    stock = {"2014": 10, "2018": 12, "2019": 15, "2020": 18}
    rows: list[dict[str, object]] = [{"code": "01001", "year": year, "value": count} for year, count in stock.items()]
    found = bench.made(bench.entry(change, Level.COMMUNE), bench.source(), rows, small)
    assert found.select("period", "value").rows() == [("2019", 50.0)]
    with pytest.raises(DataError, match="no period has its figure of 5 years before"):
        bench.made(bench.entry(change, Level.COMMUNE), bench.source(), rows[:2], small)


def test_parts_of_two_years_are_said_to_be(bench: Bench, small: Cog) -> None:
    source, other = bench.source(), replace(bench.source(), id="other")
    entry = bench.entry(Recipe((Term("made-up"),), (Term("other"),), coverage=ALL), Level.COMMUNE)
    tables = {
        "made-up": to_table(source, pl.DataFrame({"code": ["01001"], "year": ["2026-03-31"], "value": [6.0]})),
        "other": to_table(
            other, pl.DataFrame({"code": ["01001"] * 3, "year": ["2021", "2022", "2027"], "value": [1.0, 12.0, 3.0]})
        ),
    }
    found = apply(entry, {"made-up": source, "other": other}, tables, small).observations.row(0, named=True)
    assert (found["period"], found["value"], found["note"]) == ("2026-03", 0.5, "several_periods")
