"""What the tests of recipes share: the shipped COG, sources and recipes, and a bench for made-up tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl
import pytest

from odd17.core.indicators.apply import apply
from odd17.core.indicators.recipe import CatalogueEntry, Recipe
from odd17.core.indicators.source import Arrondissements, Source
from odd17.core.indicators.source_table import to_table
from odd17.core.kernel import ObsStatus
from odd17.core.territories import Cog, Level
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


@pytest.fixture(scope="module")
def small() -> Cog:
    """Four communes in two EPCI and two départements, one of them overseas."""
    whole = load_shipped_cog()
    kept = ["01001", "01002", "01004", "97101"]
    memberships = whole.memberships.filter(pl.col("commune").is_in(kept))
    return Cog(whole.table.filter((pl.col("level") != "COM") | pl.col("code").is_in(kept)), memberships)


@dataclass(frozen=True)
class Bench:
    """Makes sources, entries and figures of made-up tables."""

    sources: dict[str, Source]
    entries: dict[str, CatalogueEntry]

    def source(self, **changes: object) -> Source:
        """A plain source named ``made-up``."""
        plain = replace(
            self.sources["drees-apl-gp"], id="made-up", marks={"s": ObsStatus.SUPPRESSED, "": ObsStatus.MISSING}
        )
        geography = replace(
            plain.geography, code="code", outside={}, vintage=2026, arrondissements=Arrondissements.NONE
        )
        return replace(
            plain, geography=geography, period_column="year", period_pattern=None, value_column="value", **changes
        )

    def entry(self, recipe: Recipe, *levels: Level) -> CatalogueEntry:
        """An indicator that is made by ``recipe``; of communes and départements where no level is given."""
        return replace(self.entries["apl_gp"], recipe=recipe, levels=levels or (Level.COMMUNE, Level.DEPARTEMENT))

    def made(self, entry: CatalogueEntry, source: Source, rows: list[dict[str, object]], cog: Cog) -> pl.DataFrame:
        """The observations of ``entry`` that ``rows`` of ``source`` give."""
        table = to_table(source, pl.DataFrame(rows))
        return apply(entry, {source.id: source}, {source.id: table}, cog).observations

    def row(self, observations: pl.DataFrame, territory: str) -> dict[str, object]:
        """The only row of ``territory``."""
        found = observations.filter(pl.col("territory") == territory)
        assert found.height == 1, territory
        return found.row(0, named=True)


@pytest.fixture(scope="module")
def bench(sources: dict[str, Source], entries: dict[str, CatalogueEntry]) -> Bench:
    return Bench(sources, entries)
