"""Parts put together: totals are kept by any partition, secrets never become zero, and pairs K/W are seen."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.indicators.recombine import PERIMETERS, perimeters, recombine

COLUMNS = {
    "code": pl.String,
    "period": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "obs_status": pl.String,
    "conf_status": pl.String,
}


def _parts(*rows: tuple[str, float | None, float | None, str]) -> pl.DataFrame:
    full = [(code, "2023", top, bottom, status, "C" if status == "Q" else "F") for code, top, bottom, status in rows]
    return pl.DataFrame(full, schema=COLUMNS, orient="row")


def _within(**communes: tuple[str, float]) -> pl.DataFrame:
    rows = [(code, territory, weight) for code, (territory, weight) in communes.items()]
    return pl.DataFrame(rows, schema=PERIMETERS, orient="row")


def _only(table: pl.DataFrame) -> dict[str, object]:
    assert table.height == 1
    return table.row(0, named=True)


def test_a_ratio_of_a_larger_territory_is_that_of_the_sums_and_not_the_mean_of_ratios() -> None:
    found = _only(recombine(_parts(("a", 9, 90, "A"), ("b", 3, 10, "A")), _within(a=("EPCI-1", 90), b=("EPCI-1", 10))))
    assert (found["numerator"], found["denominator"], found["obs_status"]) == (12, 100, "A")
    assert (found["communes"], found["known"]) == (2, 2)


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.floats(1, 1e6), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40
    )
)
def test_any_partition_keeps_the_totals(communes: list[tuple[float, float, int, int]]) -> None:
    parts = _parts(*[(f"c{at}", top, bottom, "A") for at, (top, bottom, _, _) in enumerate(communes)])
    for side in (2, 3):
        within = _within(**{f"c{at}": (f"X-{row[side]}", 1.0) for at, row in enumerate(communes)})
        pieces = recombine(parts, within)
        assert math.isclose(pieces["numerator"].sum(), sum(row[0] for row in communes), abs_tol=1e-6)
        assert math.isclose(pieces["denominator"].sum(), sum(row[1] for row in communes))
        assert pieces["known"].sum() == len(communes)


def test_a_secret_commune_leaves_both_its_parts_out_and_the_result_is_an_estimate() -> None:
    parts = _parts(("a", 9, 90, "A"), ("b", None, 10, "Q"))
    found = _only(recombine(parts, _within(a=("DEP-1", 96), b=("DEP-1", 4))))
    assert (found["numerator"], found["denominator"], found["obs_status"], found["known"]) == (9, 90, "E", 1)


def test_a_territory_of_which_too_few_people_are_known_has_no_figure_and_says_why() -> None:
    within = _within(a=("DEP-1", 90), b=("DEP-1", 10))
    secret = _only(recombine(_parts(("a", 9, 90, "A"), ("b", None, None, "Q")), within))
    assert (secret["numerator"], secret["denominator"]) == (None, None)
    assert (secret["obs_status"], secret["conf_status"]) == ("Q", "C")
    absent = _only(recombine(_parts(("a", 9, 90, "A")), within))
    assert (absent["numerator"], absent["obs_status"], absent["conf_status"]) == (None, "O", "F")


def test_a_count_needs_every_commune() -> None:
    within = _within(a=("DEP-1", 99), b=("DEP-1", 1))
    assert _only(recombine(_parts(("a", 9, None, "A")), within, is_count=True))["numerator"] is None
    whole = recombine(_parts(("a", 9, None, "A"), ("b", 0, None, "A")), within, is_count=True)
    assert (_only(whole)["numerator"], _only(whole)["denominator"]) == (9, None)


def test_a_commune_counted_elsewhere_adds_nothing_and_is_flagged_only_without_the_one_that_counts_it() -> None:
    parts = _parts(("a", 9, 90, "W"), ("b", None, None, "K"), ("c", 1, 10, "A"))
    together = _only(recombine(parts, _within(a=("X-1", 50), b=("X-1", 50), c=("X-1", 1))))
    assert (together["numerator"], together["denominator"], together["obs_status"]) == (10, 100, "A")
    apart = recombine(parts, _within(a=("X-1", 50), b=("X-2", 50), c=("X-2", 1)))
    assert dict(apart.select("territory", "obs_status").iter_rows()) == {"X-1": "W", "X-2": "W"}
    assert apart["numerator"].to_list() == [9, 1]


def test_communes_outside_the_source_are_not_expected() -> None:
    parts = _parts(("a", 9, 90, "A"), ("m", None, None, "L"))
    within = _within(a=("FR", 60), m=("FR", 40))
    assert _only(recombine(parts, within))["numerator"] is None
    assert _only(recombine(parts, within, outside={"m"}))["obs_status"] == "A"
    assert recombine(parts, _within(m=("DEP-976", 40)), outside={"m"}).is_empty()


def test_a_provisional_part_makes_a_provisional_whole_and_an_uninhabited_commune_does_not() -> None:
    within = _within(a=("X-1", 50), b=("X-1", 50))
    assert _only(recombine(_parts(("a", 1, 2, "P"), ("b", 1, 2, "A")), within))["obs_status"] == "P"
    assert _only(recombine(_parts(("a", 1, 2, "A"), ("b", 0, 0, "M")), within))["obs_status"] == "A"


def test_the_perimeters_of_the_cog_hold_each_commune_once_a_level() -> None:
    memberships = pl.DataFrame(
        {
            "commune": ["01001", "29083", "97101"],
            "arrondissement": [None, None, None],
            "epci": ["200069193", None, "1"],
            "departement": ["01", "29", "971"],
            "region": ["84", "53", "01"],
        }
    )
    populations = pl.DataFrame({"code": ["01001", "29083"], "population": [800, 200]})
    found = perimeters(memberships, populations)
    assert dict(found.schema) == PERIMETERS
    sizes = dict(found.group_by("territory").len().iter_rows())
    assert sizes["FR"] == 3
    assert sizes["FRM"] == 2
    assert "EPCI-None" not in sizes
    assert found.filter(pl.col("territory") == "FR")["weight"].to_list() == [800, 200, 0]


@pytest.mark.parametrize("weight", [0.0, 10.0])
def test_without_people_the_communes_themselves_are_counted(weight: float) -> None:
    within = _within(a=("X-1", weight), b=("X-1", weight))
    assert _only(recombine(_parts(("a", 1, 2, "A")), within, complete=0.5))["obs_status"] == "E"
    assert _only(recombine(_parts(("a", 1, 2, "A")), within, complete=0.6))["numerator"] is None
