"""Figures of older vintages are carried to the current one as they are gathered."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import DataError, Provenance, Text
from odd17.core.territories import Cog
from odd17.core.territories.movements import Movements
from odd17.store.inputs import Input
from odd17.store.territories import load_shipped_cog
from odd17.workflows.release_contents import gathered, refuse_unknown_territories

SOURCE = Provenance("made-up", "Made up", "Nobody", "Nobody, made up", "CC0-1.0", published=date(2024, 1, 1))
MOVEMENTS = Movements.of([("2024-03-15", "69159", "69114"), ("2024-03-15", "69114", "69114")], through=2026)


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


def _indicator(id: str, *, is_count: bool) -> Indicator:
    text = Text(id, id)
    return Indicator(id, text, text, Unit.COUNT, Direction.UNKNOWN, "ours", None, SOURCE, is_count=is_count)


INDICATORS = {"people": _indicator("people", is_count=True), "mean": _indicator("mean", is_count=False)}


def _input(rows: list[tuple[str, int | None, str, float]], id: str = "made-up") -> Input:
    table = pl.DataFrame(rows, schema=["territory", "vintage", "indicator", "value"], orient="row")
    observations = table.select(
        "territory",
        pl.col("territory").str.split("-").list.first().alias("level"),
        pl.col("vintage").cast(pl.Int16),
        "indicator",
        pl.lit("2022").alias("period"),
        "value",
        pl.lit(None, pl.Float64).alias("numerator"),
        pl.lit(None, pl.Float64).alias("denominator"),
        pl.lit("A").alias("obs_status"),
        pl.lit("F").alias("conf_status"),
        pl.lit(id).alias("source"),
        pl.lit(None, pl.String).alias("note"),
    )
    return Input(id, "imported", SOURCE, {}, INDICATORS, observations.select(list(OBSERVATIONS)).lazy(), {})


def test_communes_that_merged_are_summed_or_said_not_to_be_carried(cog: Cog) -> None:
    rows = [
        ("COM-69159", 2024, "people", 3.0),
        ("COM-69114", 2024, "people", 4.0),
        ("COM-69159", 2024, "mean", 3.0),
        ("COM-69114", 2024, "mean", 4.0),
        ("COM-35238", 2024, "mean", 5.0),
    ]
    contents = gathered([_input(rows)], INDICATORS, cog, MOVEMENTS)
    found = contents.observations.sort("territory", "indicator").collect()
    assert found.select("territory", "vintage", "indicator", "value", "note").rows() == [
        ("COM-35238", 2026, "mean", 5.0, None),
        ("COM-69114", 2026, "mean", None, "not_carried"),
        ("COM-69114", 2026, "people", 7.0, None),
    ]
    assert contents.carried.select("source", "vintage", "territory", "successor", "outcome").sort(
        "territory"
    ).rows() == [
        ("made-up", 2024, "COM-69114", "COM-69114", "merged"),
        ("made-up", 2024, "COM-69159", "COM-69114", "merged"),
    ]


def test_movements_are_not_applied_to_codes_of_an_unknown_vintage(cog: Cog) -> None:
    contents = gathered([_input([("COM-69114", None, "mean", 4.0), ("COM-69159", None, "mean", 3.0)])], INDICATORS, cog)
    assert contents.observations.select("territory", "value", "note").collect().rows() == [
        ("COM-69114", 4.0, "perimeter_unverified")
    ]
    assert contents.carried.select("territory", "outcome").sort("territory").rows() == [
        ("COM-69114", "perimeter_unverified"),
        ("COM-69159", "gone"),
    ]


def test_each_input_is_carried_by_itself(cog: Cog) -> None:
    inputs = [
        _input([("COM-69114", 2026, "people", 9.0)], "new"),
        _input([("COM-35238", 2024, "people", 5.0), ("COM-35238", None, "mean", 5.0)], "old"),
    ]
    contents = gathered(inputs, INDICATORS, cog, MOVEMENTS)
    assert contents.observations.select("territory", "value", "source").collect().rows() == [
        ("COM-69114", 9.0, "new"),
        ("COM-35238", 5.0, "old"),
        ("COM-35238", 5.0, "old"),
    ]


def test_a_territory_that_the_cog_lacks_is_named(cog: Cog) -> None:
    with pytest.raises(DataError, match=r"'made-up' has a territory that the COG of 2026 does not have.*COM-69159"):
        refuse_unknown_territories(_input([("COM-69159", 2026, "mean", 1.0)]).observations, cog)  # type: ignore[arg-type]
