"""Figures of one's own perimeter are made of their parts, never of means of ratios."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.indicators.own_figures import own_figures
from odd17.core.kernel import Provenance, Text
from odd17.core.territories import Cog, OwnTerritory, with_own
from odd17.store.inputs import shipped_inputs
from odd17.store.territories import load_shipped_cog

SOURCE = Provenance("made-up", "Made up", "Nobody", "Nobody, made up", "CC0-1.0")


def indicator(id: str, **facts: Any) -> Indicator:
    return Indicator(
        id, Text(id, id), Text(id, id), Unit.PERCENT, Direction.FRAGILITY_UP, "ours", None, SOURCE, **facts
    )


INDICATORS = {
    "people": indicator("people", is_count=True),
    "rate": indicator("rate", numerator="jobless", denominator="active", factor=100.0),
    "median": indicator("median"),
}


def row(code: str, id: str, **facts: Any) -> dict[str, Any]:
    told = {"vintage": 2026, "period": "2023", "obs_status": "A", "conf_status": "F", "source": "s"}
    return {"territory": f"COM-{code}", "level": "COM", "indicator": id, **told, **facts}


@pytest.fixture(scope="module")
def cog() -> Cog:
    bretagne_group = load_shipped_cog().children("EPCI-243500139", "COM")
    codes = tuple(id.removeprefix("COM-") for id in bretagne_group)
    own = [OwnTerritory("two", "Two", ("35238", "22278")), OwnTerritory("rennes", "Rennes", codes)]
    return with_own(load_shipped_cog(), own)


def figures(cog: Cog, rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    table = own_figures(pl.LazyFrame(rows, schema=OBSERVATIONS), INDICATORS, cog)
    assert table.schema == pl.Schema(OBSERVATIONS)
    two = table.filter(territory="TER-two")
    return {(item["indicator"], item["period"]): item for item in two.iter_rows(named=True)}


def test_counts_add_up_and_ratios_are_those_of_their_sums(cog: Cog) -> None:
    found = figures(
        cog,
        [
            row("35238", "people", value=10.0),
            row("22278", "people", value=5.0),
            row("35238", "rate", value=10.0, numerator=90.0, denominator=900.0),
            row("22278", "rate", value=50.0, numerator=50.0, denominator=100.0),
            row("35238", "median", value=1.0),
            row("22278", "median", value=3.0),
        ],
    )
    assert found["people", "2023"]["value"] == 15.0
    assert found["rate", "2023"]["value"] == pytest.approx(14.0)  # not 30, the mean of the two
    assert (found["rate", "2023"]["numerator"], found["rate", "2023"]["denominator"]) == (140.0, 1000.0)
    assert set(found) == {("people", "2023"), ("rate", "2023")}


def test_a_secret_or_absent_part_leaves_no_count_and_is_never_zero(cog: Cog) -> None:
    secret = row("22278", "people", value=None, obs_status="Q", conf_status="C")
    found = figures(cog, [row("35238", "people", value=10.0), secret, row("35238", "people", period="2022", value=9.0)])
    assert (found["people", "2023"]["value"], found["people", "2023"]["obs_status"]) == (None, "Q")
    assert (found["people", "2022"]["value"], found["people", "2022"]["obs_status"]) == (None, "O")


def test_a_ratio_over_nobody_has_no_value(cog: Cog) -> None:
    rows = [row(code, "rate", value=None, numerator=0.0, denominator=0.0) for code in ("35238", "22278")]
    assert figures(cog, rows)["rate", "2023"]["value"] is None


def test_the_note_of_a_part_is_kept(cog: Cog) -> None:
    rows = [row("35238", "people", value=1.0), row("22278", "people", value=None, obs_status="O", note="not_carried")]
    assert figures(cog, rows)["people", "2023"]["note"] == "not_carried"


def test_a_perimeter_that_is_an_epci_has_the_figures_of_the_epci(cog: Cog) -> None:
    shipped = {item.id: item for item in shipped_inputs()}
    profile, contours = shipped["populations-2026"], shipped["geometry-2026"]
    rows = pl.concat([item.observations for item in (profile, contours) if item.observations is not None])
    own = own_figures(rows, {**profile.indicators, **contours.indicators}, cog).filter(territory="TER-rennes")
    epci = rows.filter(pl.col("territory") == "EPCI-243500139").collect()
    both = own.join(epci, on=["indicator", "period"], suffix="_epci")
    assert both.height == own.height == epci.height == 8
    assert both["value"].to_list() == pytest.approx(both["value_epci"].to_list(), rel=1e-4)  # areas are rounded


def test_whole_epci_serve_where_an_indicator_has_no_figure_of_communes(cog: Cog) -> None:
    told = {"level": "EPCI", "numerator": 30.0, "denominator": 300.0, "value": 10.0}
    rows = [
        row("", "rate", **told | {"territory": "EPCI-243500139"}),
        row("", "median", **told | {"territory": "EPCI-243500139", "numerator": None, "denominator": None}),
        row("35238", "people", value=10.0),
        row("", "people", **told | {"territory": "EPCI-243500139", "value": 99.0}),
    ]
    table = own_figures(pl.LazyFrame(rows, schema=OBSERVATIONS), INDICATORS, cog)
    found = {(item["territory"], item["indicator"]): item["value"] for item in table.iter_rows(named=True)}
    # TER-two holds a part of an EPCI, and people are counted by commune: one commune is not the whole
    assert found == {("TER-rennes", "rate"): 10.0, ("TER-rennes", "people"): None, ("TER-two", "people"): None}
    bare = [row("", "rate", **told | {"territory": "EPCI-243500139", "numerator": None, "denominator": None})]
    assert own_figures(pl.LazyFrame(bare, schema=OBSERVATIONS), INDICATORS, cog).is_empty()
