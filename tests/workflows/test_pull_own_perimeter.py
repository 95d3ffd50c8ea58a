"""A perimeter that cuts an EPCI, over sources whose indicators are read from the EPCI up."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from odd17.core.kernel import ReasonCode
from odd17.store.connectors.http import Client
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.own_territories import define
from odd17.workflows.pull import pull
from odd17.workflows.pull_choice import Choice

HALVES = ("35238", "22278")  # of two EPCI, neither of them whole


@pytest.fixture
def release(web, reply, melodi, tmp_path: Path) -> Release:
    """Pools (a ratio of communes) and wages (ready-made), pulled from composed files, and a perimeter defined."""
    cog = load_shipped_cog()
    communes = cog.memberships["commune"]
    people = "".join(f"{code};COM;A;PMUN;2023;1000\n" for code in communes)
    pools = "35238;COM;F101;F1;FACILITIES;2024;A;4\n22278;COM;F101;F1;FACILITIES;2024;A;2\n"
    wages = "".join(
        f"{code};{level};SALAIRE_NET_EQTP_MENSUEL_MOYENNE;_T;_T;2023;A;F;2500\n"
        for level in ("EPCI", "DEP", "REG")
        for code in cog.table.filter(pl.col("level") == level)["code"]
    )
    wages += "F;FRANCE;SALAIRE_NET_EQTP_MENSUEL_MOYENNE;_T;_T;2023;A;F;2500\n"
    people = "GEO;GEO_OBJECT;FREQ;POPREF_MEASURE;TIME_PERIOD;OBS_VALUE\n" + people
    pools = "GEO;GEO_OBJECT;FACILITY_TYPE;FACILITY_SDOM;BPE_MEASURE;TIME_PERIOD;OBS_STATUS;OBS_VALUE\n" + pools
    wages = "GEO;GEO_OBJECT;DERA_MEASURE;SEX;AGE;TIME_PERIOD;OBS_STATUS;CONF_STATUS;OBS_VALUE\n" + wages
    composed = melodi("DS_POPULATIONS_REFERENCE", people) | melodi("DS_BPE", pools, year=2024)
    composed |= melodi("DS_BTS_SAL_EQTP_SEX_AGE", wages)
    for address, body in composed.items():
        web.put(address, reply(body))
    client = Client(
        sleep=lambda seconds: None, chance=random.Random(1), mirror=web.address,
        now=lambda: datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip
    found = pull(Choice(indicators=("swimming_pools", "net_wage")), home=tmp_path, cog=cog, client=client)
    assert [item.source.id for item in found.failed] == ["insee-cog-movements"]
    file = tmp_path / "communes.txt"
    file.write_text("\n".join(HALVES), encoding="utf-8")
    define("Two halves", file, cog, code="halves", home=tmp_path)
    return build_release(home=tmp_path)


def test_a_ratio_read_from_the_epci_up_is_put_together_from_communes_that_are_not_shown(release: Release) -> None:
    found = release.observations(indicators=["swimming_pools"])
    assert "COM" not in set(found["level"])
    own = found.filter(territory="TER-halves").row(0, named=True)
    assert (own["value"], own["numerator"], own["denominator"]) == (300.0, 6.0, 2000.0)


def test_a_ready_made_figure_is_shown_as_absent_with_its_reason_beside_those_around(release: Release) -> None:
    diagnosis = diagnose(release, "TER-halves")
    figures = {figure.indicator.id: figure for reading in diagnosis.domains for figure in reading.figures}
    wage = figures["net_wage"]
    assert wage.estimate.value is None
    assert wage.not_scored is not None
    assert wage.not_scored.code is ReasonCode.NOT_ADDITIVE
    assert wage.comparisons[0].estimate.value == 2500
    assert figures["swimming_pools"].not_scored.code is ReasonCode.OWN_TERRITORY
