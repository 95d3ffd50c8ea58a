"""Every recipe of the catalogue, on tables composed to the description of its sources."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import CatalogueEntry
from odd17.core.indicators.source import Source
from odd17.core.indicators.source_table import to_table
from odd17.core.territories import Cog, Level
from odd17.store.current_catalogue import read_current_catalogue

ALL = dict.fromkeys(Level, 0.0)
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
