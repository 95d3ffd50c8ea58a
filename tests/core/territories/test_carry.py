"""Figures carried between vintages: what is summed, recomputed, kept, flagged, lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.territories import MEMBERSHIPS
from odd17.core.territories.carry import REPORT, Outcome, carry
from odd17.core.territories.movements import Movements


@dataclass(frozen=True)
class Kind:
    is_count: bool = False
    numerator: str | None = None
    denominator: str | None = None
    factor: float = 1.0


INDICATORS = {"jobs": Kind(is_count=True), "rate": Kind(numerator="a", denominator="b", factor=100.0), "median": Kind()}


def observation(
    territory: str, indicator: str = "jobs", value: float | None = 1.0, **other: object
) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(OBSERVATIONS)
    row |= {"territory": territory, "level": territory.split("-")[0], "vintage": 2020, "indicator": indicator}
    row |= {"period": "2019", "value": value, "obs_status": "A", "conf_status": "F", "source": "s"}
    return row | other


def table(rows: Iterable[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=OBSERVATIONS)


def communes(codes: str, epci: str | None = None) -> pl.DataFrame:
    rows = [{"commune": code, "epci": epci, "departement": "01", "region": "84"} for code in codes]
    return pl.DataFrame(rows, schema=MEMBERSHIPS)


MERGER = Movements.of([("2021-01-01", "A", "A"), ("2021-01-01", "B", "A"), ("2022-01-01", "C", "D")], through=2024)
SPLIT = Movements.of([("2021-01-01", "A", "A"), ("2021-01-01", "A", "B")], through=2024)


def carried(
    rows: Iterable[dict[str, object]], movements: Movements, codes: str, to: int = 2024
) -> dict[str, dict[str, object]]:
    result = carry(table(rows), to=to, indicators=INDICATORS, memberships={to: communes(codes)}, movements=movements)
    assert result.observations.schema == OBSERVATIONS
    assert result.report.schema == REPORT
    assert result.observations["vintage"].unique().to_list() in ([to], [])
    assert result.observations.select(OBSERVATION_KEY).is_duplicated().sum() == 0
    return {str(row["territory"]): row for row in result.observations.iter_rows(named=True)}


def test_counts_are_summed_and_codes_followed() -> None:
    found = carried(
        [observation(f"COM-{c}", value=v) for c, v in zip("ABCE", (1, 2, 4, 8), strict=True)], MERGER, "ADE"
    )
    assert {key: row["value"] for key, row in found.items()} == {"COM-A": 3, "COM-D": 4, "COM-E": 8}
    assert {row["note"] for row in found.values()} == {None}


def test_ratios_are_recomputed_from_their_parts() -> None:
    rows = [
        observation("COM-A", "rate", 50.0, numerator=1.0, denominator=2.0),
        observation("COM-B", "rate", 10.0, numerator=1.0, denominator=10.0),
        observation("COM-C", "rate", 33.3, numerator=1.0, denominator=3.0),
    ]
    found = carried(rows, MERGER, "AD")
    merged = found["COM-A"]
    assert (merged["numerator"], merged["denominator"]) == (2.0, 12.0)
    assert merged["value"] == pytest.approx(100 * 2 / 12)
    assert found["COM-D"]["value"] == 33.3  # as published: nothing merged


def test_a_ratio_without_its_parts_is_not_carried() -> None:
    rows = [observation("COM-A", "rate", 50.0, numerator=1.0, denominator=2.0), observation("COM-B", "rate", 10.0)]
    row = carried(rows, MERGER, "A")["COM-A"]
    assert (row["value"], row["note"], row["obs_status"]) == (None, "not_carried", "O")


def test_a_ratio_of_nobody_is_not_applicable() -> None:
    rows = [observation(f"COM-{code}", "rate", None, numerator=0.0, denominator=0.0, obs_status="M") for code in "AB"]
    row = carried(rows, MERGER, "A")["COM-A"]
    assert (row["value"], row["note"], row["obs_status"], row["denominator"]) == (None, None, "M", 0.0)


@pytest.mark.parametrize("indicator", ["median", "unheard of"])
def test_anything_else_is_carried_only_where_the_commune_is_unchanged(indicator: str) -> None:
    found = carried([observation(f"COM-{c}", indicator, 7.0) for c in "ABCE"], MERGER, "ADE")
    assert {key: (row["value"], row["note"]) for key, row in found.items()} == {
        "COM-A": (None, "not_carried"),
        "COM-D": (7.0, None),
        "COM-E": (7.0, None),
    }


def test_a_sum_needs_all_its_parts() -> None:
    assert carried([observation("COM-B", value=2.0)], MERGER, "A")["COM-A"]["note"] == "not_carried"
    secret = observation("COM-B", value=None, obs_status="Q", conf_status="C")
    row = carried([observation("COM-A"), secret], MERGER, "A")["COM-A"]
    assert (row["value"], row["obs_status"], row["conf_status"], row["note"]) == (None, "Q", "C", "not_carried")
    missing = [observation(f"COM-{code}", value=None, obs_status="M") for code in "AB"]
    row = carried(missing, MERGER, "A")["COM-A"]
    assert (row["value"], row["obs_status"], row["note"]) == (None, "M", None)


def test_the_status_is_the_most_reserved() -> None:
    rows = [observation("COM-A", obs_status="P"), observation("COM-B", obs_status="A", note="transcribed_unverified")]
    row = carried(rows, MERGER, "A")["COM-A"]
    assert (row["value"], row["obs_status"], row["note"]) == (2.0, "P", "transcribed_unverified")


def test_a_value_cannot_be_divided_between_the_parts_of_a_split() -> None:
    for indicator in INDICATORS:
        found = carried([observation("COM-A", indicator, 5.0, numerator=1.0, denominator=2.0)], SPLIT, "AB")
        assert {
            key: (row["value"], row["numerator"], row["note"], row["obs_status"]) for key, row in found.items()
        } == {
            "COM-A": (None, None, "not_carried", "O"),
            "COM-B": (None, None, "not_carried", "O"),
        }


def test_backwards_a_split_is_summed_and_a_merger_is_not_carried() -> None:
    split = carried([observation(f"COM-{c}", vintage=2024, value=3.0) for c in "AB"], SPLIT, "A", to=2020)
    assert {key: row["value"] for key, row in split.items()} == {"COM-A": 6.0}
    merger = carried([observation("COM-A", vintage=2024)], MERGER, "ABC", to=2020)
    assert {key: row["note"] for key, row in merger.items()} == {"COM-A": "not_carried", "COM-B": "not_carried"}


def test_what_no_territory_replaces_is_reported() -> None:
    result = carry(
        table([observation("COM-Z"), observation("EPCI-1"), observation("REG-31"), observation("REG-84")]),
        to=2024, indicators=INDICATORS, memberships={2024: communes("A")}, movements=MERGER,
    )  # fmt: skip
    assert result.observations["territory"].to_list() == ["REG-84"]
    assert result.report.rows() == [
        (2020, "COM", "COM-Z", None, Outcome.GONE, 1),
        (2020, "EPCI", "EPCI-1", None, Outcome.GONE, 1),
        (2020, "REG", "REG-31", None, Outcome.GONE, 1),
    ]


def test_the_report_names_each_move() -> None:
    rows = [observation(f"COM-{c}", i) for c in "ABC" for i in ("jobs", "median")]
    result = carry(table(rows), to=2024, indicators=INDICATORS, memberships={2024: communes("AD")}, movements=MERGER)
    assert result.report.rows() == [
        (2020, "COM", "COM-A", "COM-A", Outcome.MERGED, 2),
        (2020, "COM", "COM-B", "COM-A", Outcome.MERGED, 2),
        (2020, "COM", "COM-C", "COM-D", Outcome.RECODED, 2),
    ]


def test_without_movements_what_still_exists_is_unverified() -> None:
    rows = [observation("COM-A"), observation("COM-B"), observation("DEP-01"), observation("FR")]
    result = carry(table(rows), to=2024, indicators=INDICATORS, memberships={2024: communes("A")})
    assert sorted(result.observations.select("territory", "value", "note").rows()) == [
        ("COM-A", 1.0, "perimeter_unverified"),
        ("DEP-01", 1.0, None),
        ("FR", 1.0, None),
    ]
    assert result.report.select("territory", "outcome").rows() == [
        ("COM-A", Outcome.PERIMETER_UNVERIFIED),
        ("COM-B", Outcome.GONE),
    ]


def test_2025_and_2026_need_no_movements() -> None:
    rows = [observation("COM-A", vintage=2025), observation("EPCI-1", vintage=2025)]
    result = carry(table(rows), to=2026, indicators=INDICATORS, memberships={2026: communes("A", "1")})
    assert result.observations["note"].to_list() == [None, None]
    assert result.report.is_empty()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (communes("ABE", "1"), communes("AE", "1"), (1.0, None)),  # A and B merged inside it
        (communes("CE", "1"), communes("DE", "1"), (1.0, None)),  # C became D
        (communes("AE", "1"), communes("AE", "1"), (None, "not_carried")),  # B came from outside, into A
        (communes("ABE", "1"), communes("A", "1"), (None, "not_carried")),  # E left
        (None, communes("AE", "1"), (1.0, "perimeter_unverified")),
    ],
)
def test_an_epci_is_carried_over_the_same_ground_only(
    old: pl.DataFrame | None, new: pl.DataFrame, expected: tuple[float | None, str | None]
) -> None:
    known = {2024: new} if old is None else {2020: old, 2024: new}
    for indicator in INDICATORS:
        rows = table([observation("EPCI-1", indicator)])
        result = carry(rows, to=2024, indicators=INDICATORS, memberships=known, movements=MERGER)
        assert result.observations.select("value", "note").row(0) == expected


def test_a_split_inside_an_epci_leaves_its_ground() -> None:
    known = {2020: communes("AE", "1"), 2024: communes("ABE", "1")}
    result = carry(table([observation("EPCI-1")]), to=2024, indicators=INDICATORS, memberships=known, movements=SPLIT)
    assert result.observations.select("value", "note").row(0) == (1.0, None)


def test_several_vintages_arrive_together_and_one_alone_is_left_as_it_is() -> None:
    rows = table([observation("COM-A", vintage=2024, period="2023"), observation("COM-C")])
    known = {2024: communes("AD")}
    result = carry(rows, to=2024, indicators=INDICATORS, memberships=known, movements=MERGER)
    assert sorted(result.observations.select("territory", "vintage").rows()) == [("COM-A", 2024), ("COM-D", 2024)]
    today = rows.filter(vintage=2024)
    assert carry(today, to=2024, indicators=INDICATORS, memberships=known).observations is today
    with pytest.raises(KeyError):
        carry(rows, to=2030, indicators=INDICATORS, memberships=known)


# invariants, over worlds whose communes merge, change code and part at random

CODES = "ABCDEFGH"
World = tuple[Movements, dict[int, frozenset[str]]]


@st.composite
def worlds(draw: st.DrawFn, with_splits: bool = True) -> World:
    alive = set(CODES[:5])
    alive_in = {2020: frozenset(alive)}
    rows: list[tuple[str, str, str]] = []
    for year in (2021, 2022, 2023):
        date = f"{year}-01-01"
        free = sorted(set(CODES) - alive)
        event = draw(
            st.sampled_from(["none", "merge", "recode", "split"] if with_splits else ["none", "merge", "recode"])
        )
        if event == "merge" and len(alive) > 1:
            group = draw(st.lists(st.sampled_from(sorted(alive)), min_size=2, max_size=3, unique=True))
            rows += [(date, code, group[0]) for code in group]
            alive -= set(group[1:])
        elif event == "recode" and free:
            old, new = draw(st.sampled_from(sorted(alive))), draw(st.sampled_from(free))
            rows.append((date, old, new))
            alive = (alive - {old}) | {new}
        elif event == "split" and free:
            old, new = draw(st.sampled_from(sorted(alive))), draw(st.sampled_from(free))
            rows += [(date, old, old), (date, old, new)]
            alive |= {new}
        alive_in[year] = frozenset(alive)
    return Movements.of(rows, through=2023), alive_in


@st.composite
def figures(draw: st.DrawFn, codes: Iterable[str], vintage: int, complete: bool = False) -> pl.DataFrame:
    number = st.integers(0, 50).map(float)
    rows = []
    for code in sorted(codes):
        for indicator in INDICATORS:
            if not complete and draw(st.integers(0, 5)) == 0:
                continue
            value = draw(number if complete else st.none() | number)
            parts = draw(st.just((None, None)) | st.tuples(number, number)) if indicator == "rate" else (None, None)
            status = draw(st.sampled_from("APE" if value is not None else "OQML"))
            conf = draw(st.sampled_from("FFCN"))
            rows.append(
                observation(
                    f"COM-{code}",
                    indicator,
                    value,
                    vintage=vintage,
                    numerator=parts[0],
                    denominator=parts[1],
                    obs_status=status,
                    conf_status=conf,
                )
            )
    return table(rows)


def membership(world: World, year: int) -> dict[int, pl.DataFrame]:
    return {year: communes("".join(sorted(world[1][year])))}


def moved(rows: pl.DataFrame, world: World, to: int) -> pl.DataFrame:
    return carry(
        rows, to=to, indicators=INDICATORS, memberships=membership(world, to), movements=world[0]
    ).observations.sort(OBSERVATION_KEY)


@given(st.data())
def test_a_count_is_conserved_by_mergers_and_new_codes(data: st.DataObject) -> None:
    world = data.draw(worlds(with_splits=False))
    rows = data.draw(figures(world[1][2020], 2020, complete=True))
    arrived = moved(rows, world, 2023)
    assert arrived.filter(indicator="jobs")["value"].sum() == rows.filter(indicator="jobs")["value"].sum()
    assert set(arrived["territory"]) == {f"COM-{code}" for code in world[1][2023]}


@given(st.data())
def test_two_steps_are_one(data: st.DataObject) -> None:
    world = data.draw(worlds())
    rows = data.draw(figures(world[1][2020], 2020))
    middle = data.draw(st.sampled_from([2021, 2022]))
    assert_frame_equal(moved(moved(rows, world, middle), world, 2023), moved(rows, world, 2023))


@given(st.data())
def test_without_movement_nothing_changes_but_the_vintage(data: st.DataObject) -> None:
    rows = data.draw(figures(CODES, 2020))
    still: World = (Movements.of([], through=2023), {2023: frozenset(CODES)})
    assert_frame_equal(moved(rows, still, 2023).drop("vintage"), rows.sort(OBSERVATION_KEY).drop("vintage"))


def test_a_row_without_vintage_is_refused() -> None:
    rows = table([observation("COM-A", vintage=None)])
    with pytest.raises(ValueError, match="no vintage"):
        carry(rows, to=2024, indicators=INDICATORS, memberships={2024: communes("A")})
