"""What a release has of each domain, and who has no figure."""

from __future__ import annotations

from datetime import date

import polars as pl

from odd17.core.diagnosis.state import LEVELS, coverage
from odd17.core.diagnosis.without_figure import without_figure
from odd17.core.indicators.described import DescribedCatalogue, described
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import Absence, domains
from odd17.core.territories.levels import Level
from odd17.store.current_catalogue import read_current_catalogue, read_domain_catalogues
from odd17.store.sources import read_sources
from odd17.store.territories import load_shipped_cog

COG = load_shipped_cog()
CATALOGUE = described(read_domain_catalogues(), read_sources())
INDICATORS = {id: entry.indicator for id, entry in read_current_catalogue().items()}
DAY = date(2026, 11, 25)


def counted(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["level", "indicator", "period", "values"], orient="row")


def test_nothing_brought_in_leaves_every_promise_awaited() -> None:
    found = coverage(counted().clear(), INDICATORS, CATALOGUE, COG, DAY)
    assert [item.domain.id for item in found] == [item.id for item in domains()]
    assert not any(item.has_figures for item in found)
    for item in found:
        assert {about.id for about in item.awaited} == {about.id for about in CATALOGUE.of_domain(item.domain.id)}
        assert [state.level for state in item.levels] == list(LEVELS)


def test_the_newest_period_counts_and_its_age_is_judged() -> None:
    table = counted(
        ("EPCI", "apl_gp", "2019", 1200), ("EPCI", "apl_gp", "2022", 1100), ("COM", "apl_nurses", "2024", 9)
    )
    (health,) = (item for item in coverage(table, INDICATORS, CATALOGUE, COG, DAY) if item.domain.id == "health")
    states = {state.level: state for state in health.levels}
    (gp,) = states[Level.EPCI].present
    assert (gp.indicator.id, gp.period, gp.count, gp.total, gp.age) == ("apl_gp", "2022", 1100, len(COG.at("EPCI")), 46)
    assert gp.stale is not None
    assert (states[Level.EPCI].stale, states[Level.EPCI].newest, states[Level.EPCI].most) == (1, "2022", 1100)
    assert states[Level.COMMUNE].present[0].stale is None
    assert states[Level.REGION].newest is None
    assert "apl_nurses" in {about.id for about in states[Level.EPCI].awaited}
    assert not {"apl_gp", "apl_nurses"} & {about.id for about in health.awaited}
    assert states[Level.COMMUNE].gaps == CATALOGUE.domains["health"].gaps


def test_without_a_catalogue_figures_are_still_counted() -> None:
    found = coverage(counted(("REG", "apl_gp", "2024", 18)), INDICATORS, DescribedCatalogue(), COG, DAY)
    assert [item.domain.id for item in found if item.has_figures] == ["health"]


def test_territories_without_a_figure_are_grouped_by_why() -> None:
    places = COG.at("REG")
    blank = pl.DataFrame(schema=OBSERVATIONS)
    facts = [
        (places[0], 1.0, "A", "F", None),
        (places[1], None, "Q", "C", None),
        (places[2], None, "O", "F", "not_carried"),
    ]
    rows = pl.DataFrame(facts, schema=["territory", "value", "obs_status", "conf_status", "note"], orient="row")
    newer = rows.with_columns(period=pl.lit("2021"))
    older = rows.with_columns(period=pl.lit("2020"), value=pl.lit(2.0))
    found = without_figure(pl.concat([blank, newer, older], how="diagonal"), Level.REGION, COG)
    assert found is not None
    period, groups = found
    assert period == "2021"
    assert [(group.absence, group.stated, len(group.territories)) for group in groups] == [
        (Absence.NOT_AVAILABLE, False, len(places) - 3),
        (Absence.SUPPRESSED, True, 1),
        (Absence.NOT_AVAILABLE, True, 1),
    ]
    assert groups[2].note is not None
    assert groups[2].note.code.value == "not_carried"
    assert places[0] not in {name for group in groups for name in group.territories}
    assert without_figure(blank, Level.REGION, COG) is None
