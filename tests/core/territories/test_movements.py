"""The passage from one vintage to another, on made-up movements and on INSEE's real file."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from odd17.core.territories import Cog
from odd17.core.territories.movements import NO_MOVEMENTS, Movements, Origin


def whole(*communes: str) -> Origin:
    return Origin(frozenset(communes), True)


def test_a_movement_stands_between_two_first_of_january() -> None:
    movements = Movements.of([("2024-01-01", "A", "B"), ("2024-03-15", "C", "D")], through=2025)
    assert movements.passage(2023, 2024).origins == {"B": whole("A")}
    assert movements.passage(2024, 2025).origins == {"D": whole("C")}
    assert movements.passage(2025, 2026).origins == {}
    assert movements.passage(2023, 2025).ended == {"A", "C"}


def test_a_merger_gathers_and_a_new_name_changes_nothing() -> None:
    movements = Movements.of(
        [("2024-01-01", "A", "A"), ("2024-01-01", "B", "A"), ("2024-01-01", "C", "C")], through=2025
    )
    passage = movements.passage(2020, 2025)
    assert passage.origins == {"A": whole("A", "B")}
    assert passage.ended == {"B"}
    assert passage.successors() == {"A": ["A"], "B": ["A"]}


def test_a_split_leaves_no_whole_even_when_mended() -> None:
    split = [("2024-01-01", "A", "A"), ("2024-01-01", "A", "B")]
    mended = [("2024-06-01", "A", "A"), ("2024-06-01", "B", "A")]
    assert Movements.of(split, through=2025).passage(2023, 2024).origins == {
        "A": Origin(frozenset({"A"}), False),
        "B": Origin(frozenset({"A"}), False),
    }
    assert Movements.of(split + mended, through=2025).passage(2023, 2025).origins == {
        "A": Origin(frozenset({"A"}), False)
    }


def test_backwards_a_split_is_a_merger() -> None:
    movements = Movements.of([("2024-01-01", "A", "A"), ("2024-01-01", "A", "B")], through=2025)
    passage = movements.passage(2024, 2023)
    assert (passage.origins, passage.ended) == ({"A": whole("A", "B")}, {"B"})


def test_movements_of_one_day_are_followed_in_order() -> None:
    rows = [("2018-01-01", "C", "C"), ("2018-01-01", "B", "C"), ("2018-01-01", "A", "B")]
    assert Movements.of(rows, through=2018).passage(2017, 2018).origins == {"C": whole("A", "C")}


def test_two_codes_exchanged_the_same_day_do_not_loop() -> None:
    rows = [("2018-01-01", "A", "B"), ("2018-01-01", "B", "A")]
    assert Movements.of(rows, through=2018).passage(2017, 2018).origins == {"A": whole("B"), "B": whole("A")}


def test_a_code_given_again_is_another_commune() -> None:
    rows = [("2018-01-01", "A", "B"), ("2019-01-01", "C", "A")]
    passage = Movements.of(rows, through=2020).passage(2017, 2020)
    assert passage.origins == {"B": whole("A"), "A": whole("C")}
    assert passage.ended == {"C"}


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [(2020, 2024, True), (2023, 2025, False), (2025, 2026, True), (2026, 2025, True), (2026, 2027, False)],
)
def test_years_after_the_file_are_not_vouched_for(start: int, end: int, covered: bool) -> None:
    assert Movements.of([("2024-01-01", "A", "B")], through=2024).passage(start, end).is_covered is covered
    assert NO_MOVEMENTS.passage(start, end).is_covered is ({start, end} == {2025, 2026})


# on INSEE's files


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def communes_of(shared: Path, year: int) -> set[str]:
    rows = rows_of(shared / "sources" / "samples" / "cog" / f"v_commune_{year}.csv.gz")
    return {row["COM"] for row in rows if row["TYPECOM"] == "COM" and row["DEP"] and row["COM"][:3] not in OUTSIDE}


OUTSIDE = {"975", "977", "978", "986", "987", "988"}


@pytest.fixture(scope="module")
def real(shared: Path) -> Movements:
    rows = rows_of(shared / "data" / "cogiter" / "mvtcommunes_2025.csv.gz")
    between_communes = [row for row in rows if row["TYPECOM_AV"] == row["TYPECOM_AP"] == "COM"]
    return Movements.of([(row["DATE_EFF"], row["COM_AV"], row["COM_AP"]) for row in between_communes], through=2025)


def arrive(codes: set[str], movements: Movements, start: int, end: int) -> set[str]:
    passage = movements.passage(start, end)
    assert {old for origin in passage.origins.values() for old in origin.communes} <= codes
    return (codes - passage.ended) | passage.origins.keys()


def test_the_movements_lead_from_one_list_of_communes_to_the_next(real: Movements, shared: Path) -> None:
    before, after = communes_of(shared, 2024), communes_of(shared, 2025)
    assert arrive(before, real, 2024, 2025) == after
    assert arrive(after, real, 2025, 2024) == before


def test_the_communes_of_2026_are_those_of_2025(shared: Path, cog: Cog) -> None:
    assert set(cog.memberships["commune"]) == communes_of(shared, 2025) == communes_of(shared, 2026)


@pytest.mark.parametrize(("year", "count"), [(2012, 36700), (2016, 35885), (2019, 34970), (2020, 34968), (2023, 34945)])
def test_backwards_to_the_numbers_that_insee_published(real: Movements, cog: Cog, year: int, count: int) -> None:
    today = set(cog.memberships["commune"])
    past = arrive(today, real, 2026, year)
    assert len(past) == count
    assert arrive(past, real, year, 2026) == today


def test_every_historical_code_arrives_where_the_table_of_passage_says(real: Movements, cog: Cog, shared: Path) -> None:
    table = rows_of(shared / "sources" / "samples" / "cog" / "passage_historique_to_2025_cogiter.csv.gz")
    told: dict[str, set[str]] = {}
    for row in table:
        told.setdefault(row["DEPCOM_HIST"], set()).add(row["DEPCOM"])
    past = arrive(set(cog.memberships["commune"]), real, 2026, 2003)
    successors = real.passage(2003, 2025).successors()
    compared = [code for code in past if len(told.get(code, ())) == len(successors.get(code, [code])) == 1]
    assert len(compared) > 36_000
    assert {code: successors.get(code, [code]) for code in compared} == {code: list(told[code]) for code in compared}


def test_the_cases_of_2024_and_2025(real: Movements) -> None:
    origins = real.passage(2024, 2025).origins
    assert origins["69114"] == whole("69159")
    neussargues = Origin(frozenset({"15141"}), False)
    assert [origins[code] for code in ("15031", "15035", "15047", "15141", "15171")] == [neussargues] * 5
    chained = real.passage(2017, 2018).origins["44180"]
    assert chained.is_whole
    assert "49144" in chained.communes
