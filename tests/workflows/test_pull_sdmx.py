"""A pull of the shipped source that speaks SDMX: a message composed in the form that running code reads."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from odd17.store.connectors.http import Client
from odd17.store.datasets import list_snapshots
from odd17.store.territories import load_shipped_cog
from odd17.workflows.pull import Happened, pull
from odd17.workflows.pull_choice import Choice

ADDRESS = "www.bdm.insee.fr/series/sdmx/data/TAUX-CHOMAGE"
DATAFLOW = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=FR1:TAUX-CHOMAGE(1.0):ObsLevelDim:TIME_PERIOD"
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
 xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:ns1="{DATAFLOW}"
 xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><message:Header><message:ID>COMPOSED</message:ID>
<message:Test>true</message:Test><message:Prepared>2026-09-14T14:13:40</message:Prepared><message:Sender id="FR1"/>
<message:Structure structureID="S" namespace="{DATAFLOW}" dimensionAtObservation="TIME_PERIOD"><common:StructureUsage>
<Ref agencyID="FR1" id="TAUX-CHOMAGE" version="1.0"/></common:StructureUsage></message:Structure></message:Header>
<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" ss:structureRef="S">"""
FOOT = "</message:DataSet></message:StructureSpecificData>"
CHOICE = Choice(indicators=("unemployment_localised",))


def message(areas: Sequence[str], more: str = "") -> bytes:
    """A series for each area; its figure of 2026-Q1 is its place in the list, that of 2025-Q4 is absent."""
    series = "".join(
        f'<Series IDBANK="{place:09}" FREQ="T" TITLE_FR="Composed" UNIT_MEASURE="POURCENT" UNIT_MULT="0" '
        f'REF_AREA="{area}" INDICATEUR="TAUX_CHOMAGE_LOCALISE" CORRECTION="CVS">'
        f'<Obs TIME_PERIOD="2026-Q1" OBS_VALUE="{place}" OBS_STATUS="P"/>'
        '<Obs TIME_PERIOD="2025-Q4" OBS_VALUE="NaN" OBS_STATUS="O"/></Series>'
        for place, area in enumerate(areas)
    )
    return f"{HEAD}{series}{more}{FOOT}".encode()


@pytest.fixture(scope="module")
def areas() -> list[str]:
    """The 115 areas that the service is read to have: no Mayotte, and no overseas region but as a département."""
    table = load_shipped_cog().table
    departements = table.filter((pl.col("level") == "DEP") & (pl.col("code") != "976"))["code"]
    regions = table.filter((pl.col("level") == "REG") & ~pl.col("is_overseas"))["code"]
    return ["FM", "FR-D976", *(f"R{code}" for code in regions), *(f"D{code}" for code in departements)]


@pytest.fixture
def client(web) -> Client:
    return Client(
        sleep=lambda seconds: None, chance=random.Random(1), mirror=web.address,
        now=lambda: datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip


def test_rates_are_kept_as_published_at_their_levels(web, reply, client, areas, tmp_path: Path):
    assert len(areas) == 115
    web.put(ADDRESS, reply(message(areas)))
    found = pull(CHOICE, home=tmp_path, cog=load_shipped_cog(), client=client)
    (outcome,) = (item for item in found.outcomes if item.source.id == "insee-bdm-unemployment")
    assert outcome.happened is Happened.FETCHED
    (asked,) = {path for path, _ in web.asked if "TAUX-CHOMAGE" in path}
    assert asked.endswith("?startPeriod=2023-Q1")
    snapshot = next(item for item in list_snapshots(tmp_path) if item.dataset == "insee-bdm-unemployment")
    rows = pl.read_parquet(snapshot.path / "observations.parquet")
    newest = rows.filter(period="2026-Q1")
    values = dict(newest.select("territory", "value").iter_rows())
    assert len(values) == 114  # France without Mayotte is no territory of the COG: it is not taken for France
    assert "FR" not in values
    for area in ("FM", "R53", "D2A", "D974"):
        id = {"F": "FRM", "R": f"REG-{area[1:]}", "D": f"DEP-{area[1:]}"}[area[0]]
        assert values[id] == areas.index(area)
    assert set(newest["obs_status"]) == {"P"}
    before = rows.filter(period="2025-Q4")
    assert (before["value"].null_count(), set(before["obs_status"])) == (before.height, {"O"})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda areas: areas[:60], "territories of level DEP, under 95%"),
        (lambda areas: [area.replace("D", "X") for area in areas], "territories of level DEP"),
        (lambda areas: [*areas, "D01"], "has 2 rows"),
    ],
)
def test_an_answer_that_is_not_whole_or_not_alike_is_refused(web, reply, client, areas, tmp_path: Path, change, why):
    web.put(ADDRESS, reply(message(change(areas))))
    found = pull(CHOICE, home=tmp_path, cog=load_shipped_cog(), client=client)
    (outcome,) = (item for item in found.outcomes if item.source.id == "insee-bdm-unemployment")
    assert outcome.happened is Happened.FAILED
    assert why in outcome.why
    assert not list(tmp_path.glob("datasets/*"))


def test_an_address_that_sends_to_its_other_host_is_followed_and_to_another_is_not(
    web, reply, client, areas, tmp_path: Path
):
    web.put(ADDRESS, reply(status=302, headers={"Location": f"https://{ADDRESS.removeprefix('www.')}"}))
    web.put(ADDRESS.removeprefix("www."), reply(message(areas)))
    found = pull(CHOICE, home=tmp_path, cog=load_shipped_cog(), client=client)
    assert [item.source.id for item in found.failed] == ["insee-cog-movements"]
    web.put(ADDRESS, reply(status=302, headers={"Location": "https://elsewhere.example/TAUX-CHOMAGE"}))
    found = pull(CHOICE, home=tmp_path / "other", cog=load_shipped_cog(), client=client)
    assert "insee-bdm-unemployment" in {item.source.id for item in found.failed}
