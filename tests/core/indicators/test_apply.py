"""Recipes applied: to published files as they are, with figures read by hand from them, and to made-up ones."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import CatalogueEntry, Recipe, Term
from odd17.core.indicators.recombine import PERIMETERS, recombine
from odd17.core.indicators.source import Arrondissements, Source
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import DataError, ObsStatus
from odd17.core.territories import FORMER_COMMUNES, NO_MOVEMENTS, Cog, Level, Movements
from odd17.store.current_catalogue import read_current_catalogue
from odd17.store.sources import read_sources
from odd17.store.territories import load_shipped_cog


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return read_sources()


@pytest.fixture(scope="module")
def entries() -> dict[str, CatalogueEntry]:
    return read_current_catalogue()


def _row(observations: pl.DataFrame, territory: str) -> dict[str, object]:
    found = observations.filter(pl.col("territory") == territory)
    assert found.height == 1, territory
    return found.row(0, named=True)


# --- the workbook of nurses, as the ministry published it -------------------------------------------------------------

NURSES_OF_LYON = [
    (118.71, 22122.586), (243.411, 24161.087), (182.454, 76595.439), (116.336, 38871.973), (98.343, 54153.115),
    (161.258, 52766.297), (161.189, 60149.705), (175.26, 73475.615), (183.038, 43269.225),
]  # fmt: skip
"""The nine arrondissements of Lyon, read by eye: accessibility and standardised population."""


@pytest.fixture(scope="module")
def nurses(shared: Path) -> Path:
    return shared / "sources" / "samples" / "drees_apl" / "apl_infirmiers_2023_full.csv.gz"


@pytest.fixture(scope="module")
def of_nurses(nurses: Path, cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]) -> pl.DataFrame:
    raw = pl.read_csv(gzip.decompress(nurses.read_bytes()), infer_schema=False).slice(1)  # the row of units
    table = to_table(sources["drees-apl-nurses"], raw, period="2023")
    return apply(entries["apl_nurses"], sources, {"drees-apl-nurses": table}, cog).observations


def test_a_commune_has_the_figure_that_stands_in_the_file(of_nurses: pl.DataFrame) -> None:
    found = _row(of_nurses, "COM-01001")
    assert found["value"] == pytest.approx(122.416)
    assert found["denominator"] == 751.084
    assert (found["period"], found["obs_status"], found["source"]) == ("2023", "A", "drees-apl-nurses")


def test_lyon_is_the_weighted_mean_of_its_nine_arrondissements(of_nurses: pl.DataFrame) -> None:
    top = sum(value * people for value, people in NURSES_OF_LYON)
    bottom = sum(people for _, people in NURSES_OF_LYON)
    found = _row(of_nurses, "COM-69123")
    assert found["value"] == pytest.approx(top / bottom)
    assert found["denominator"] == pytest.approx(445565.042)
    assert of_nurses.filter(pl.col("territory") == "COM-69381").is_empty()


def test_departements_are_the_sums_of_the_rows_of_the_file(of_nurses: pl.DataFrame, nurses: Path) -> None:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    with gzip.open(nurses, "rt", encoding="utf-8") as file:
        for row in list(csv.reader(file))[2:]:
            if row[0] and row[2] and row[3]:
                sums[row[0][:2]][0] += float(row[2]) * float(row[3])
                sums[row[0][:2]][1] += float(row[3])
    for code in ("48", "75", "2A", "53"):
        assert _row(of_nurses, f"DEP-{code}")["value"] == pytest.approx(sums[code][0] / sums[code][1]), code


def test_mayotte_is_not_available_and_france_is_the_rest(of_nurses: pl.DataFrame) -> None:
    assert set(of_nurses.filter(pl.col("territory").str.starts_with("COM-976"))["obs_status"]) == {"L"}
    assert of_nurses.filter(pl.col("territory").is_in(["DEP-976", "REG-06"])).is_empty()
    france = _row(of_nurses, "FR")
    assert 150 < float(str(france["value"])) < 160
    assert france["obs_status"] == "E"  # communes split since then have no row


def test_uninhabited_communes_have_a_figure_that_cannot_exist(of_nurses: pl.DataFrame) -> None:
    nobody = of_nurses.filter((pl.col("level") == "COM") & (pl.col("obs_status") == "M"))
    assert nobody["denominator"].to_list() == [0.0] * nobody.height
    assert nobody.height == 3
    assert nobody["value"].null_count() == 3


def test_codes_whose_zero_was_eaten_are_refused(
    nurses: Path, cog: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    raw = pl.read_csv(gzip.decompress(nurses.read_bytes()), infer_schema=False).slice(1)
    eaten = raw.with_columns(pl.col("Code commune INSEE").str.strip_chars_start("0"))
    table = to_table(sources["drees-apl-nurses"], eaten, period="2023")
    with pytest.raises(DataError, match="are of no territory of level COM"):
        apply(entries["apl_nurses"], sources, {"drees-apl-nurses": table}, cog)
    half = to_table(sources["drees-apl-nurses"], raw.head(20_000), period="2023")
    with pytest.raises(DataError, match=r"of 34858 territories of level COM, under 95%"):
        apply(entries["apl_nurses"], sources, {"drees-apl-nurses": half}, cog)


# --- answers of Melodi, as recorded -----------------------------------------------------------------------------------


def _melodi(path: Path) -> pl.DataFrame:
    rows = []
    for item in json.loads(path.read_bytes())["observations"]:
        (measure,) = item["measures"].values()
        rows.append(item["dimensions"] | {"OBS_VALUE": measure.get("value")} | item.get("attributes", {}))
    table = pl.DataFrame(rows)
    return table.with_columns(GEO_OBJECT=pl.col("GEO").str.split("-").list.get(1))


def test_the_population_of_nantes_metropole_is_the_sum_of_its_24_communes(
    shared: Path, cog: Cog, sources: dict[str, Source]
) -> None:
    raw = _melodi(shared / "sources" / "samples" / "melodi" / "get_local_data_by_com_popref.2.json")
    table = to_table(sources["insee-populations"], raw).filter(pl.col("POPREF_MEASURE") == "PMUN").collect()
    assert dict(table.select("code", "OBS_VALUE").iter_rows())["44109"] == 327734
    parts = table.select(
        "code", "period", numerator="OBS_VALUE", denominator=pl.lit(None, pl.Float64), obs_status=pl.lit("A"),
        conf_status=pl.lit("F"),
    )  # fmt: skip
    own = cog.memberships.filter(pl.col("epci") == "244400404").select(
        code="commune", territory=pl.lit("EPCI-244400404"), weight=pl.lit(1.0)
    )
    found = recombine(parts, own.select(list(PERIMETERS)), is_count=True).row(0, named=True)
    assert (found["numerator"], found["communes"], found["period"]) == (689456, 24, "2023")


def test_the_first_rows_of_the_facilities_keep_their_level_and_year(shared: Path, sources: dict[str, Source]) -> None:
    path = shared / "sources" / "samples" / "insee_bpe" / "DS_BPE_2024_data_head.csv"
    table = to_table(sources["insee-bpe"], pl.read_csv(path, separator=";", infer_schema=False)).collect()
    first = table.row(0, named=True)
    assert (first["level"], first["code"], first["period"]) == ("DEP", "67", "2024")
    assert (first["FACILITY_TYPE"], first["OBS_VALUE"], first["obs_status"]) == ("F105", "3", None)
    assert table.height == 5


# --- made-up tables ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Cog:
    """Four communes in two EPCI and two départements, one of them overseas."""
    whole = load_shipped_cog()
    kept = ["01001", "01002", "01004", "97101"]
    memberships = whole.memberships.filter(pl.col("commune").is_in(kept))
    return Cog(whole.table.filter((pl.col("level") != "COM") | pl.col("code").is_in(kept)), memberships)


def _source(sources: dict[str, Source], **changes: object) -> Source:
    plain = replace(sources["drees-apl-gp"], id="made-up", marks={"s": ObsStatus.SUPPRESSED, "": ObsStatus.MISSING})
    geography = replace(plain.geography, code="code", outside={}, vintage=2026, arrondissements=Arrondissements.NONE)
    return replace(
        plain, geography=geography, period_column="year", period_pattern=None, value_column="value", **changes
    )


def _entry(entries: dict[str, CatalogueEntry], recipe: Recipe, *levels: Level) -> CatalogueEntry:
    return replace(entries["apl_gp"], recipe=recipe, levels=levels or (Level.COMMUNE, Level.DEPARTEMENT))


ALL = dict.fromkeys(Level, 0.0)
TOP, BOTTOM = Term("made-up", columns=("top",)), Term("made-up", columns=("bottom",))


def _made(
    entry: CatalogueEntry, source: Source, rows: list[dict[str, object]], cog: Cog, **others: pl.LazyFrame
) -> pl.DataFrame:
    table = to_table(source, pl.DataFrame(rows))
    return apply(entry, {source.id: source}, {source.id: table, **others}, cog).observations


def test_a_secret_cell_is_never_zero(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    entry = _entry(entries, Recipe((TOP,), (BOTTOM,), factor=100, coverage=ALL))
    rows = [
        {"code": "01001", "year": "2023", "top": "s", "bottom": "50"},
        {"code": "01004", "year": "2023", "top": "1 000,5", "bottom": "2001"},
        {"code": "01002", "year": "2023", "top": "", "bottom": "10"},
    ]
    found = _made(entry, _source(sources), rows, small)
    absences = {code: _row(found, f"COM-{code}") for code in ("01001", "01002")}
    assert {code: (row["value"], row["obs_status"]) for code, row in absences.items()} == {
        "01001": (None, "Q"),
        "01002": (None, "O"),
    }
    assert _row(found, "COM-01004")["value"] == pytest.approx(50)
    whole = _row(found, "DEP-01")
    assert (whole["value"], whole["obs_status"], whole["conf_status"]) == (None, "Q", "C")


def test_a_confidential_row_without_value_is_a_secret(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    entry = _entry(entries, Recipe((Term("made-up"),), coverage=ALL), Level.COMMUNE)
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "value": None, "OBS": "A", "CONF": "C"},
        {"code": "01002", "year": "2023", "value": 4.0, "OBS": "A", "CONF": "F"},
        {"code": "01004", "year": "2023", "value": None, "OBS": "K", "CONF": "F"},
        {"code": "97101", "year": "2023", "value": 7.0, "OBS": "W", "CONF": "F"},
    ]
    found = _made(entry, _source(sources, obs_status="OBS", conf_status="CONF"), rows, small)
    statuses = {
        row["territory"]: (row["value"], row["obs_status"], row["conf_status"]) for row in found.iter_rows(named=True)
    }
    assert statuses == {
        "COM-01001": (None, "Q", "C"),
        "COM-01002": (4.0, "A", "F"),
        "COM-01004": (None, "K", "F"),
        "COM-97101": (7.0, "W", "F"),
    }


def test_a_sparse_source_gives_zero_to_communes_that_exist_and_to_no_other(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    people = Term("cog", columns=("population",))
    entry = _entry(entries, Recipe((Term("made-up", count=True),), (people,), factor=1000))
    rows: list[dict[str, object]] = [{"code": "01001", "year": "2023"}, {"code": "01001", "year": "2023"}]
    found = _made(entry, _source(sources, absent_is_zero=True), rows, small)
    communes = found.filter(pl.col("level") == "COM")
    assert dict(communes.select("territory", "numerator").iter_rows()) == {
        "COM-01001": 2, "COM-01002": 0, "COM-01004": 0, "COM-97101": 0,
    }  # fmt: skip
    assert set(communes["obs_status"]) == {"A"}


def test_two_rows_of_a_territory_are_refused_unless_they_add_up(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "sex": sex, "value": value} for sex, value in (("M", 1), ("F", 2), ("_T", 3))
    ]
    source = _source(sources)

    def found(term: Term) -> object:
        made = _made(_entry(entries, Recipe((term,), coverage=ALL), Level.COMMUNE), source, rows, small)
        return _row(made, "COM-01001")["value"]

    with pytest.raises(DataError, match=r"a territory has 3 rows for 2023.*01001.*at its total"):
        found(Term("made-up"))
    assert found(Term("made-up", where=(("sex", ("_T",)),))) == 3
    assert found(Term("made-up", where=(("sex", ("M", "F")),), sums=True)) == 3
    assert found(Term("made-up", without=(("sex", ("_T",)),), sums=True)) == 3


def test_a_sum_with_a_secret_in_it_is_a_secret_and_one_with_a_commune_counted_elsewhere_is_not(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    rows: list[dict[str, object]] = [
        {"code": "01001", "year": "2023", "value": "4", "OBS": "A"},
        {"code": "01001", "year": "2023", "value": "s", "OBS": "A"},
        {"code": "01002", "year": "2023", "value": "4", "OBS": "A"},
        {"code": "01002", "year": "2023", "value": "", "OBS": "K"},
    ]
    entry = _entry(entries, Recipe((Term("made-up", sums=True),), coverage=ALL), Level.COMMUNE)
    found = _made(entry, _source(sources, obs_status="OBS"), rows, small)
    assert (_row(found, "COM-01001")["value"], _row(found, "COM-01001")["obs_status"]) == (None, "Q")
    assert _row(found, "COM-01002")["value"] == 4


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term("made-up", columns=("vallue",)), r"no such column.*did you mean value"),
        (Term("made-up", where=(("sex", ("X",)),)), r"no row has this code.*X.*the column has _T"),
        (Term("made-up", columns=("sex",)), r"not a number.*_T"),
        (Term("made-up", columns=("*",)), "several columns"),
    ],
)
def test_a_shape_that_is_not_the_one_described_is_named(
    term: Term, expected: str, small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    rows: list[dict[str, object]] = [{"code": "01001", "year": "2023", "sex": "_T", "value": 1}]
    entry = _entry(entries, Recipe((term,), coverage=ALL))
    with pytest.raises(DataError, match=f"made-up.*{expected}"):
        _made(entry, _source(sources), rows, small)


def test_the_figure_of_years_before_is_set_against_its_own_year_alone(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    term = Term("made-up")
    change = Recipe((term, replace(term, lag=5, subtract=True)), (replace(term, lag=5),), factor=100, coverage=ALL)
    stock = {"2014": 10, "2018": 12, "2019": 15, "2020": 18}
    rows: list[dict[str, object]] = [{"code": "01001", "year": year, "value": count} for year, count in stock.items()]
    found = _made(_entry(entries, change, Level.COMMUNE), _source(sources), rows, small)
    assert found.select("period", "value").rows() == [("2019", 50.0)]
    with pytest.raises(DataError, match="no period has its figure of 5 years before"):
        _made(_entry(entries, change, Level.COMMUNE), _source(sources), rows[:2], small)


def test_parts_of_two_years_are_said_to_be(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    source, other = _source(sources), replace(_source(sources), id="other")
    entry = _entry(entries, Recipe((Term("made-up"),), (Term("other"),), coverage=ALL), Level.COMMUNE)
    tables = {
        "made-up": to_table(source, pl.DataFrame({"code": ["01001"], "year": ["2026-03-31"], "value": [6.0]})),
        "other": to_table(
            other, pl.DataFrame({"code": ["01001"] * 3, "year": ["2021", "2022", "2027"], "value": [1.0, 12.0, 3.0]})
        ),
    }
    found = apply(entry, {"made-up": source, "other": other}, tables, small).observations.row(0, named=True)
    assert (found["period"], found["value"], found["note"]) == ("2026-03", 0.5, "several_periods")


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
    codes: list[str], wanted: Arrondissements, expected: str, cog: Cog, sources: dict[str, Source],
    entries: dict[str, CatalogueEntry],
) -> None:  # fmt: skip
    source = _source(sources)
    source = replace(source, geography=replace(source.geography, arrondissements=wanted))
    rows: list[dict[str, object]] = [{"code": code, "year": "2023", "value": 1} for code in codes]
    with pytest.raises(DataError, match=expected):
        _made(_entry(entries, Recipe((Term("made-up"),), coverage=ALL)), source, rows, cog)


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


def test_parts_of_unknown_years_are_added_where_the_former_commune_went(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    unknown = replace(_source(sources), geography=replace(_source(sources).geography, vintage=None))
    known = replace(_source(sources), id="known")
    rows = [("01001", 1.0), ("01002", 3.0), ("01888", 4.0), ("01999", None)]  # 01888 is a part of 01001, 01999 of 01002
    table = to_table(
        unknown, pl.DataFrame({"code": [code for code, _ in rows], "year": "2023", "top": [n for _, n in rows]})
    )
    people = to_table(known, pl.DataFrame({"code": ["01001", "01002"], "year": "2023", "people": [10.0, 10.0]}))
    recipe = Recipe((TOP,), (Term("known", columns=("people",)),), factor=100, coverage=ALL)
    former = pl.DataFrame([("01888", "A", "01001"), ("01999", "B", "01002")], schema=FORMER_COMMUNES, orient="row")
    entry, both = _entry(entries, recipe, Level.COMMUNE), {"made-up": unknown, "known": known}
    found = apply(entry, both, {"made-up": table, "known": people}, small, former=former).observations
    assert found.select("territory", "value").rows() == [("COM-01001", 50.0), ("COM-01002", None)]
    with pytest.raises(DataError, match="2 of 4 codes are of no territory"):  # nothing tells where they went
        apply(entry, both, {"made-up": table, "known": people}, small)
    stated = {"made-up": replace(unknown, geography=known.geography), "known": known}
    with pytest.raises(DataError, match="2 of 4 codes"):  # the codes are said to be of 2026, and are not
        apply(entry, stated, {"made-up": table, "known": people}, small, former=former)


@pytest.mark.parametrize(("national", "refused"), [("9", True), ("4", False), (None, False), ("3", True)])
def test_an_inventory_whose_communes_are_far_from_its_own_total_is_refused(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry], national: str | None, refused: bool
) -> None:
    source = replace(sources["insee-bpe"], id="made-up")
    rows = [("01001", "COM", "1"), ("01002", "COM", "3")] + ([("F", "FRANCE", national)] if national else [])
    raw = pl.DataFrame(rows, schema=["GEO", "GEO_OBJECT", "OBS_VALUE"], orient="row").with_columns(
        TIME_PERIOD=pl.lit("2024")
    )
    entry = _entry(entries, Recipe((Term("made-up"),), coverage=ALL), Level.COMMUNE, Level.DEPARTEMENT)
    tables = {"made-up": to_table(source, raw)}
    if refused:
        with pytest.raises(DataError, match="the communes add up to 4, and the rows of level FR to"):
            apply(entry, {"made-up": source}, tables, small)
    else:
        assert not apply(entry, {"made-up": source}, tables, small).observations.is_empty()
    said = replace(source, absent_is_zero=False)  # a commune without row is then missing, which the coverage sees
    assert not apply(entry, {"made-up": said}, {"made-up": to_table(said, raw)}, small).observations.is_empty()


def test_communes_below_the_levels_of_an_indicator_are_kept_as_parts_and_shown_nowhere(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    source = _source(sources)
    rows = pl.DataFrame({"code": ["01001", "01002"], "year": ["2023"] * 2, "top": [1, 3], "bottom": [10, 10]})
    recipe, tables = Recipe((TOP,), (BOTTOM,), factor=100, coverage=ALL), {"made-up": to_table(source, rows)}
    found = apply(_entry(entries, recipe, Level.DEPARTEMENT), {"made-up": source}, tables, small)
    assert set(found.observations["level"]) == {"DEP"}
    assert found.parts.select("territory", "numerator", "denominator").rows() == [
        ("COM-01001", 1.0, 10.0), ("COM-01002", 3.0, 10.0),
    ]  # fmt: skip
    shown = apply(_entry(entries, recipe, Level.COMMUNE), {"made-up": source}, tables, small)
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


# --- every recipe of the catalogue, on tables composed to its description ---------------------------------------------

ONE_OF_EACH = {"EPCI": "200069193", "DEP": "01", "REG": "84", "FRANCE-F": "F", "D": "D01", "R": "R84", "FM": "FM"}


def _composed(entry: CatalogueEntry, source: Source, communes: list[str]) -> pl.DataFrame:
    """A table that ``source`` could be: for every territory, year and term of the recipe a row with its cells and 2."""
    terms = [term for term in entry.recipe.terms if term.source == source.id]
    columns = {name.replace("*", "2021") for name in entry.recipe.columns(source.id)} | {source.value_column or "other"}
    kept = {tuple((column, cells[side]) for column, cells in term.where) for term in terms for side in (0, -1)}
    kept |= {((column, cell),) for term in terms for column, cells in term.without for cell in cells}
    places = [] if source.geography.level_in_code else [("COM", code) for code in communes]
    if entry.recipe.value is not None:
        places += [(cell, ONE_OF_EACH[cell]) for cell in source.geography.levels if cell != "COM"]
    rows = []
    for year in ("2015", "2019", "2020", "2024"):
        for cell, code in places:
            for cells in sorted(kept):
                row = dict.fromkeys(columns, "2") | dict(cells) | {source.geography.code.replace("*", "26"): code}
                if source.geography.level_column is not None:
                    row[source.geography.level_column] = cell.split("-")[0]
                if source.period_column is not None:
                    row[source.period_column] = year
                rows.append(row)
    table = pl.DataFrame(rows, infer_schema_length=None)
    return table if source.period_column is not None else table.unique(maintain_order=True)


@pytest.mark.parametrize("id", sorted(read_current_catalogue()))
def test_every_recipe_reads_what_its_sources_are_described_to_be(
    id: str, small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    entry = replace(entries[id], recipe=replace(entries[id].recipe, coverage=ALL))
    codes = ["01001", "01002", "01004"]
    tables = {
        name: to_table(sources[name], _composed(entry, sources[name], codes), period="2024")
        for name in entry.recipe.sources
    }
    found = apply(entry, sources, tables, small).observations
    assert set(found["level"]) <= {level.value for level in entry.levels}
    shown = found.filter(pl.col("value").is_not_null())
    assert not shown.is_empty()
    if Level.COMMUNE in entry.levels and entry.recipe.value is None:
        assert shown.filter(pl.col("territory") == "COM-01001").height >= 1
    if Level.DEPARTEMENT in entry.levels:
        assert shown.filter(pl.col("territory") == "DEP-01").height >= 1


def test_a_second_source_that_covers_too_few_communes_is_refused(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    source, other = _source(sources), replace(_source(sources), id="other")
    entry = _entry(entries, Recipe((Term("made-up"),), (Term("other"),)), Level.COMMUNE)
    codes = small.memberships["commune"].to_list()

    def of(described: Source, kept: list[str]) -> pl.LazyFrame:
        return to_table(described, pl.DataFrame({"code": kept, "year": "2023", "value": 2.0}))

    tables = {"made-up": of(source, codes), "other": of(other, codes)}
    found = apply(entry, {"made-up": source, "other": other}, tables, small).observations
    assert found["value"].to_list() == [1.0] * len(codes)
    with pytest.raises(DataError, match=r"other.*has 3 of the 4 communes that it is to be set against, under 95%"):
        apply(entry, {"made-up": source, "other": other}, tables | {"other": of(other, codes[:3])}, small)


def test_parts_of_communes_of_different_years_are_brought_to_one_before_they_are_divided(
    small: Cog, sources: dict[str, Source], entries: dict[str, CatalogueEntry]
) -> None:
    source, other = _source(sources), replace(_source(sources), id="other")
    source = replace(source, geography=replace(source.geography, vintage=2016))
    entry = _entry(entries, Recipe((Term("made-up"),), (Term("other"),), coverage=ALL), Level.COMMUNE)
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
