"""SDMX messages, recorded ones, and ones that must not be read."""

from __future__ import annotations

import pytest

from odd17.core.indicators.source import Geography
from odd17.core.kernel import DataError
from odd17.core.territories.levels import Level
from odd17.store.connectors import Wanted, connector_of
from odd17.store.connectors.sdmx import message_table

ENTITY = b"""<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">&x;</m:GenericData>"""


@pytest.mark.shared
def test_a_recorded_answer_of_insee_gives_its_observations(shared):
    path = shared / "data/sdmx-test-data/INSEE/IPI-2010-A21.xml"
    table = message_table(path.read_bytes(), path.name).collect()
    assert table.height == path.read_text(encoding="utf-8").count("<generic:Obs>")
    row = table.row(0, named=True)
    # read by hand in the file
    assert (row["FREQ"], row["PRODUIT"], row["NATURE"], row["TIME_PERIOD"]) == ("M", "B", "BRUT", "2015-10")
    assert (row["OBS_VALUE"], row["OBS_STATUS"], row["IDBANK"]) == ("105.61", "A", "001654489")


@pytest.mark.shared
def test_a_recorded_answer_of_eurostat_gives_its_observations(shared):
    path = shared / "data/sdmx-test-data/ESTAT/NAMA_10_GDP-ss.xml"
    table = message_table(path.read_bytes(), path.name).collect()
    assert table["TIME_PERIOD"].to_list() == ["2012", "2013", "2014", "2015"]
    assert table["OBS_VALUE"].to_list() == ["46526.2", "49094.5", "51791.3", "54142.3"]


@pytest.mark.shared
def test_a_refusal_in_the_place_of_data_is_said(shared):
    path = shared / "data/sdmx-test-data/ESTAT/footer.xml"
    with pytest.raises(DataError, match="without data"):
        message_table(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    "data",
    [
        ENTITY,
        ENTITY.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE m+AD4-<m/>',
        b"<!-- " + b" " * 100_000 + b"--><!doctype m><m/>",
    ],
)
def test_an_xml_that_declares_entities_is_not_read(data):
    with pytest.raises(DataError, match="declares entities"):
        message_table(data, "a.xml")


@pytest.mark.parametrize("data", [b"<m/>", b"<m", b"not XML", b""])
def test_what_is_not_sdmx_is_refused(data):
    with pytest.raises(DataError, match="not an SDMX message"):
        message_table(data, "a.xml")


@pytest.mark.shared
def test_the_connector_asks_where_the_provider_answers(web, reply, client, source, shared, tmp_path):
    body = (shared / "data/sdmx-test-data/INSEE/IPI-2010-A21.xml").read_bytes()
    web.put("www.bdm.insee.fr/series/sdmx/data/IPI-2010-A21/M.B.BRUT", reply(body, headers={"ETag": '"x"'}))
    access = {"provider": "INSEE", "resource": "IPI-2010-A21", "key": "M.B.BRUT"}
    wanted = source("sdmx", access, period=None, period_column="TIME_PERIOD", value_column="OBS_VALUE")
    connector = connector_of("sdmx")
    raw = connector.fetch(wanted, connector.vintages(wanted, client)[0], client, tmp_path)
    assert raw.path.read_bytes() == body
    with pytest.raises(DataError, match="lacks 1 of 3 columns"):  # the source says that codes stand in `code`
        connector.table(wanted, raw, Wanted(columns=frozenset()), tmp_path)


def test_an_unknown_provider_is_refused_with_those_there_are(client, source):
    with pytest.raises(DataError, match="INSEE"):
        connector_of("sdmx").vintages(source("sdmx", {"provider": "NOBODY", "resource": "X"}), client)


GDP = b"""<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:n="urn:composed"
 xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><m:Header><m:ID>COMPOSED</m:ID><m:Test>true</m:Test>
<m:Prepared>2026-09-14T14:13:40</m:Prepared><m:Sender id="ESTAT"/><m:Structure structureID="S" namespace="urn:composed"
 dimensionAtObservation="TIME_PERIOD"><c:StructureUsage><Ref agencyID="ESTAT" id="NAMA_10R_2GDP" version="1.0"/>
</c:StructureUsage></m:Structure></m:Header>
<m:DataSet ss:dataScope="DataStructure" xsi:type="n:DataSetType" ss:structureRef="S">%s</m:DataSet>
</m:StructureSpecificData>"""


def test_a_flow_of_eurostat_is_read_by_configuration_with_nuts_codes_as_territories(
    web, reply, client, source, tmp_path
):
    areas = (
        "FR",
        "FRH",
        "FRM",
        "FRM0",
        "FRI1",
        "DE1",
    )  # FRM is Corse here; FRI1 a former region, DE1 of another country
    series = "".join(
        f'<Series freq="A" unit="EUR_HAB" geo="{area}"><Obs TIME_PERIOD="2024" OBS_VALUE="{at}" OBS_FLAG="p"/></Series>'
        for at, area in enumerate(areas)
    )
    web.put(
        "ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/NAMA_10R_2GDP/A.EUR_HAB.", reply(GDP % series.encode())
    )
    codes = {"FR": "FR", "FRH": "REG-53", "FRM": "REG-94"}
    access = {"provider": "ESTAT", "resource": "NAMA_10R_2GDP", "key": "A.EUR_HAB."}
    geography = Geography(code="geo", codes=codes, vintage=2026)
    assert geography.published == {Level.COUNTRY, Level.REGION}
    wanted = source(
        "sdmx", access, period=None, period_column="TIME_PERIOD", value_column="OBS_VALUE", geography=geography
    )
    connector = connector_of("sdmx")
    raw = connector.fetch(wanted, connector.vintages(wanted, client)[0], client, tmp_path)
    table = connector.table(wanted, raw, Wanted(columns=frozenset()), tmp_path).collect()
    assert table.select("level", "code", "period", "OBS_VALUE").rows() == [
        ("FR", "FR", "2024", "0"), ("REG", "53", "2024", "1"), ("REG", "94", "2024", "2"),
    ]  # fmt: skip
