"""Territories that are in a table twice, under a former code, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import CatalogueEntry, Recipe, Term
from odd17.core.indicators.source import Arrondissements, Source
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import DataError
from odd17.core.territories import FORMER_COMMUNES, NO_MOVEMENTS, Cog, Level, Movements

if TYPE_CHECKING:
    from .conftest import Bench


ALL = dict.fromkeys(Level, 0.0)
TOP, BOTTOM = Term("made-up", columns=("top",)), Term("made-up", columns=("bottom",))


def test_two_rows_of_a_territory_are_refused_unless_they_add_up(bench: Bench, small: Cog) -> None:
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "sex": sex, "value": value} for sex, value in (("M", 1), ("F", 2), ("_T", 3))
    ]
    source = bench.source()

    def found(term: Term) -> object:
        made = bench.made(bench.entry(Recipe((term,), coverage=ALL), Level.COMMUNE), source, rows, small)
        return bench.row(made, "COM-01001")["value"]

    with pytest.raises(DataError, match=r"a territory has 3 rows for 2023.*01001.*at its total"):
        found(Term("made-up"))
    assert found(Term("made-up", where=(("sex", ("_T",)),))) == 3
    assert found(Term("made-up", where=(("sex", ("M", "F")),), sums=True)) == 3
    assert found(Term("made-up", without=(("sex", ("_T",)),), sums=True)) == 3


@pytest.mark.parametrize(
    ("codes", "wanted", "expected"),
    [
        (["75056", "75101"], Arrondissements.FOLD, "beside.*write `arrondissements: drop`"),
        (["75056", "75101"], Arrondissements.NONE, "beside.*write `arrondissements: drop`"),
        (["75101", "75102"], Arrondissements.DROP, "instead of.*write `arrondissements: fold`"),
        (["75101", "75102"], Arrondissements.NONE, "instead of.*write `arrondissements: fold`"),
    ],
)
def test_paris_is_neither_counted_twice_nor_lost(
    bench: Bench, codes: list[str], wanted: Arrondissements, expected: str, cog: Cog
) -> None:
    source = bench.source()
    source = replace(source, geography=replace(source.geography, arrondissements=wanted))
    rows: list[dict[str, object]] = [{"code": code, "year": "2023", "value": 1} for code in codes]
    with pytest.raises(DataError, match=expected):
        bench.made(bench.entry(Recipe((Term("made-up"),), coverage=ALL)), source, rows, cog)


def test_a_published_value_keeps_its_level_and_is_never_put_together(
    cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    rows = [("01001", "COM", "25000", "F"), ("01", "DEP", "24000", "F"), ("F", "FRANCE", "23000", "F"),
            ("FM", "FRANCE", "23100", "F"), ("01002", "COM", "", "C"), ("01004", "ZE2020", "9", "F")]  # fmt: skip
    raw = pl.DataFrame(rows, schema=["GEO", "GEO_OBJECT", "OBS_VALUE", "CONF_STATUS"], orient="row").with_columns(
        OBS_STATUS=pl.lit("A"), TIME_PERIOD=pl.lit("2023"), FILOSOFI_MEASURE=pl.lit("MED_SL")
    )
    entry = entries["median_living_standard"]
    entry = replace(entry, recipe=replace(entry.recipe, coverage=ALL))
    table = to_table(sources["insee-filosofi"], raw)
    found = apply(entry, sources, {"insee-filosofi": table}, cog).observations
    assert found.select("territory", "value", "conf_status").sort("territory").rows() == [
        ("COM-01001", 25000.0, "F"), ("COM-01002", None, "C"), ("DEP-01", 24000.0, "F"), ("FR", 23000.0, "F"),
    ]  # fmt: skip


def test_parts_of_unknown_years_are_added_where_the_former_commune_went(bench: Bench, small: Cog) -> None:
    unknown = replace(bench.source(), geography=replace(bench.source().geography, vintage=None))
    known = replace(bench.source(), id="known")
    rows = [("01001", 1.0), ("01002", 3.0), ("01888", 4.0), ("01999", None)]  # 01888 is a part of 01001, 01999 of 01002
    table = to_table(
        unknown, pl.DataFrame({"code": [code for code, _ in rows], "year": "2023", "top": [n for _, n in rows]})
    )
    people = to_table(known, pl.DataFrame({"code": ["01001", "01002"], "year": "2023", "people": [10.0, 10.0]}))
    recipe = Recipe((TOP,), (Term("known", columns=("people",)),), factor=100, coverage=ALL)
    former = pl.DataFrame([("01888", "A", "01001"), ("01999", "B", "01002")], schema=FORMER_COMMUNES, orient="row")
    entry, both = bench.entry(recipe, Level.COMMUNE), {"made-up": unknown, "known": known}
    found = apply(entry, both, {"made-up": table, "known": people}, small, former=former).observations
    assert found.select("territory", "value").rows() == [("COM-01001", 50.0), ("COM-01002", None)]
    with pytest.raises(DataError, match="2 of 4 codes are of no territory"):  # nothing tells where they went
        apply(entry, both, {"made-up": table, "known": people}, small)
    stated = {"made-up": replace(unknown, geography=known.geography), "known": known}
    with pytest.raises(DataError, match="2 of 4 codes"):  # the codes are said to be of 2026, and are not
        apply(entry, stated, {"made-up": table, "known": people}, small, former=former)


def test_communes_below_the_levels_of_an_indicator_are_kept_as_parts_and_shown_nowhere(
    bench: Bench, small: Cog
) -> None:
    source = bench.source()
    rows = pl.DataFrame({"code": ["01001", "01002"], "year": ["2023"] * 2, "top": [1, 3], "bottom": [10, 10]})
    recipe, tables = Recipe((TOP,), (BOTTOM,), factor=100, coverage=ALL), {"made-up": to_table(source, rows)}
    found = apply(bench.entry(recipe, Level.DEPARTEMENT), {"made-up": source}, tables, small)
    assert set(found.observations["level"]) == {"DEP"}
    assert found.parts.select("territory", "numerator", "denominator").rows() == [
        ("COM-01001", 1.0, 10.0), ("COM-01002", 3.0, 10.0),
    ]  # fmt: skip
    shown = apply(bench.entry(recipe, Level.COMMUNE), {"made-up": source}, tables, small)
    assert set(shown.observations["level"]) == {"COM"}
    assert shown.parts.is_empty()


def test_a_level_that_the_source_promises_and_does_not_give_is_refused(
    cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    departements = cog.table.filter(pl.col("level") == "DEP")["code"].to_list()
    raw = pl.DataFrame({"GEO": departements}).with_columns(
        GEO_OBJECT=pl.lit("DEP"), TIME_PERIOD=pl.lit("2023"), OBS_VALUE=pl.lit("9"), FILOSOFI_MEASURE=pl.lit("PR_MD60")
    )
    table = to_table(sources["insee-filosofi"], raw)
    with pytest.raises(DataError, match="the source has 0 of 1255 territories of level EPCI, under 95%"):
        apply(entries["poverty_rate"], sources, {"insee-filosofi": table}, cog)


def test_a_second_source_that_covers_too_few_communes_is_refused(bench: Bench, small: Cog) -> None:
    source, other = bench.source(), replace(bench.source(), id="other")
    entry = bench.entry(Recipe((Term("made-up"),), (Term("other"),)), Level.COMMUNE)
    codes = small.memberships["commune"].to_list()

    def of(described: Source, kept: list[str]) -> pl.LazyFrame:
        return to_table(described, pl.DataFrame({"code": kept, "year": "2023", "value": 2.0}))

    tables = {"made-up": of(source, codes), "other": of(other, codes)}
    found = apply(entry, {"made-up": source, "other": other}, tables, small).observations
    assert found["value"].to_list() == [1.0] * len(codes)
    with pytest.raises(DataError, match=r"other.*has 3 of the 4 communes that it is to be set against, under 95%"):
        apply(entry, {"made-up": source, "other": other}, tables | {"other": of(other, codes[:3])}, small)


def test_parts_of_communes_of_different_years_are_brought_to_one_before_they_are_divided(
    bench: Bench, small: Cog
) -> None:
    source, other = bench.source(), replace(bench.source(), id="other")
    source = replace(source, geography=replace(source.geography, vintage=2016))
    entry = bench.entry(Recipe((Term("made-up"),), (Term("other"),), coverage=ALL), Level.COMMUNE)
    then = {"01001": 6.0, "01002": 1.0, "01004": 8.0, "97101": 9.0, "01999": 4.0}  # 01999 went to 01001 since
    now = {"01001": 5.0, "01002": 1.0, "01004": 4.0, "97101": 3.0}
    tables = {
        described.id: to_table(
            described, pl.DataFrame({"code": list(rows), "year": year, "value": list(rows.values())})
        )
        for described, rows, year in ((source, then, "2016"), (other, now, "2016"))
    }
    movements = Movements.of([("2019-01-01", "01001", "01001"), ("2019-01-01", "01999", "01001")], through=2026)

    def found(movements: Movements) -> dict[str, tuple[float, str | None]]:
        made = apply(entry, {"made-up": source, "other": other}, tables, small, movements=movements).observations
        assert set(made["vintage"]) == {2026}
        return {row["territory"]: (row["value"], row["note"]) for row in made.iter_rows(named=True)}

    assert found(movements) == {
        "COM-01001": (2.0, None), "COM-01002": (1.0, None), "COM-01004": (2.0, None), "COM-97101": (3.0, None),
    }  # fmt: skip
    # not known to cover the same ground: said of each
    assert {note for _, note in found(NO_MOVEMENTS).values()} == {"perimeter_unverified"}
