"""Real populations, real movements: nobody is lost but those whose commune was split."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import polars as pl
import pytest

from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.territories import Carried, Cog, Outcome, carry
from odd17.store.movements import read_movements


class Count:
    is_count, numerator, denominator, factor = True, None, None, 1.0


@pytest.fixture(scope="module")
def before(shared: Path) -> pl.DataFrame:
    """Municipal populations of 2021 in the communes of 2023, without arrondissements."""
    path = shared / "sources" / "samples" / "cog" / "donnees_communes_popref_2021.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if len(row["COM"]) == 5]
    whole = [row for row in rows if not ("13201" <= row["COM"] <= "13216" or row["COM"][:3] in ("751", "693"))]
    return pl.DataFrame(
        [
            {
                "territory": f"COM-{row['COM']}", "level": "COM", "vintage": 2023, "indicator": "population",
                "period": "2021", "value": float(row["PMUN"]), "obs_status": "A", "conf_status": "F", "source": "s",
            }
            for row in whole
        ],
        schema=OBSERVATIONS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def carried(before: pl.DataFrame, shared: Path, cog: Cog) -> Carried:
    movements = read_movements(shared / "data" / "cogiter" / "mvtcommunes_2025.csv.gz")
    return carry(
        before,
        to=2026,
        indicators={"population": Count()},
        memberships={2026: cog.memberships},
        movements=movements,
    )


def test_nobody_is_lost_but_in_communes_that_were_split(before: pl.DataFrame, carried: Carried) -> None:
    split = carried.report.filter(outcome=Outcome.SPLIT)["territory"].unique().to_list()
    assert sorted(split) == ["COM-15141", "COM-60054", "COM-85084"]
    lost = before.filter(pl.col("territory").is_in(split))["value"].sum()
    assert carried.observations["value"].sum() == before["value"].sum() - lost
    assert carried.observations["territory"].is_unique().all()


def test_every_figure_stands_on_a_territory_of_today(carried: Carried, cog: Cog) -> None:
    assert set(carried.observations["territory"]) <= set(cog.at("COM"))
    assert carried.report.filter(outcome=Outcome.GONE).is_empty()


def test_the_cases_named_in_the_design(before: pl.DataFrame, carried: Carried) -> None:
    after = carried.observations
    population = before.filter(territory="COM-69159")["value"].item()
    assert after.filter(territory="COM-69114")["value"].to_list() == [population]
    for code in ("15031", "15035", "15047", "15141", "15171"):
        assert after.filter(territory=f"COM-{code}").select("value", "note").rows() == [(None, "not_carried")]
    report = carried.report.filter(territory="COM-69159")
    assert report.select("successor", "outcome").rows() == [("COM-69114", Outcome.RECODED)]
