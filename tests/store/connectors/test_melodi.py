"""Melodi: recorded answers, and its own ways of failing."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from odd17.core.indicators.source import Arrondissements, Geography
from odd17.core.kernel import DataError
from odd17.core.territories.levels import Level
from odd17.store.connectors import Wanted, connector_of
from odd17.store.connectors.melodi import observations
from odd17.store.connectors.trouble import GaveUp

API = "api.insee.fr/melodi"
GEOGRAPHY = Geography(
    "GEO",
    level_column="GEO_OBJECT",
    levels={"COM": Level.COMMUNE, "DEP": Level.DEPARTEMENT, "FRANCE-F": Level.COUNTRY, "FRANCE-FM": Level.METROPOLITAN},
    arrondissements=Arrondissements.DROP,
    vintage=2026,
)
melodi = connector_of("melodi")


@pytest.fixture
def populations(source):
    access = {"dataset": "DS_POPULATIONS_REFERENCE", "product": "DS_POPULATIONS_REFERENCE_{year}_CSV_FR"}
    return source(
        "melodi", access, geography=GEOGRAPHY, period=None, period_column="TIME_PERIOD", value_column="OBS_VALUE",
        obs_status="OBS_STATUS", conf_status="CONF_STATUS",
    )  # fmt: skip


@pytest.fixture
def catalogue(shared) -> bytes:
    return (shared / "sources/samples/melodi/get_catalog_fr.1.json").read_bytes()


def entry(catalogue: bytes, name: str) -> bytes:
    return json.dumps(next(item for item in json.loads(catalogue) if item["identifier"] == name)).encode()


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name.replace("__", ".").replace("UP_", "../"), text)
    return out.getvalue()


def pages(tmp_path, *documents):
    path = tmp_path / "DS_X.pages.jsonl"
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return path


@pytest.mark.shared
def test_the_recorded_catalogue_names_the_product(web, reply, client, populations, catalogue):
    web.put(f"{API}/catalog/DS_POPULATIONS_REFERENCE", reply(entry(catalogue, "DS_POPULATIONS_REFERENCE")))
    (found,) = melodi.vintages(populations, client)
    assert found.id == "DS_POPULATIONS_REFERENCE_2023_CSV_FR"
    assert found.address == f"https://{API}/file/DS_POPULATIONS_REFERENCE/DS_POPULATIONS_REFERENCE_2023_CSV_FR"
    assert (found.size, found.modified) == (926388, "2025-12-17T08:50:56")
    assert found.name.endswith(".zip")


@pytest.mark.shared
def test_an_unknown_dataset_is_told_from_a_service_out_of_order(web, reply, client, source, shared, catalogue):
    unknown = (shared / "sources/samples/melodi/get_data_not_exist.1.txt").read_bytes()
    failure = reply(unknown, status=500, headers={"Content-Type": "text/plain;charset=UTF-8"})
    web.put(f"{API}/catalog/all", reply(catalogue))
    web.put(f"{API}/catalog/DS_BPEE", failure)
    with pytest.raises(DataError, match=r"no such dataset.*DS_BPEE.*DS_BPE"):
        melodi.vintages(source("melodi", {"dataset": "DS_BPEE", "product": "DS_BPEE_{year}_CSV_FR"}), client)
    web.put(f"{API}/catalog/DS_BPE", failure)
    with pytest.raises(GaveUp, match="500"):
        melodi.vintages(source("melodi", {"dataset": "DS_BPE", "product": "DS_BPE_{year}_CSV_FR"}), client)


@pytest.mark.shared
def test_a_dataset_is_found_under_its_former_name(web, reply, client, source, catalogue):
    web.put(f"{API}/catalog/DS_NEW", reply(b"erreur", status=500))
    web.put(f"{API}/catalog/all", reply(catalogue))
    web.put(f"{API}/catalog/DS_BPE", reply(entry(catalogue, "DS_BPE")))
    access = {"dataset": "DS_NEW", "formerly": ["DS_BPE"], "product": "{dataset}_{year}_CSV_FR"}
    assert melodi.vintages(source("melodi", access), client)[0].id == "DS_BPE_2024_CSV_FR"


@pytest.mark.shared
def test_a_product_that_is_not_there_is_refused_with_those_there_are(web, reply, client, source, catalogue):
    web.put(f"{API}/catalog/DS_BPE", reply(entry(catalogue, "DS_BPE")))
    with pytest.raises(DataError, match="DS_BPE_2024_CSV_FR"):
        melodi.vintages(source("melodi", {"dataset": "DS_BPE", "product": "DS_BPE_{year}_TSV"}), client)


@pytest.mark.shared
def test_the_recorded_head_of_a_file_is_read(web, reply, client, source, shared, tmp_path, catalogue):
    head = (shared / "sources/samples/insee_bpe/DS_BPE_2024_data_head.csv").read_text(encoding="utf-8")
    web.put(f"{API}/catalog/DS_BPE", reply(entry(catalogue, "DS_BPE")))
    body = archive(DS_BPE_2024_data__csv=head, DS_BPE_2024_metadata__csv="COD_VAR;LIB_VAR\n")
    web.put(f"{API}/file/DS_BPE/DS_BPE_2024_CSV_FR", reply(body))
    access = {"dataset": "DS_BPE", "product": "DS_BPE_{year}_CSV_FR"}
    bpe = source("melodi", access, geography=GEOGRAPHY, period=None, period_column="TIME_PERIOD",
                 value_column="OBS_VALUE", obs_status="OBS_STATUS")  # fmt: skip
    raw = melodi.fetch(bpe, melodi.vintages(bpe, client)[0], client, tmp_path)
    table = melodi.table(bpe, raw, Wanted(columns=frozenset({"FACILITY_TYPE"})), tmp_path).collect()
    assert table.columns == [
        "level", "code", "period", "obs_status", "conf_status", "GEO", "GEO_OBJECT", "TIME_PERIOD", "OBS_VALUE",
        "FACILITY_TYPE",
    ]  # fmt: skip
    assert table.select("level", "code", "period", "FACILITY_TYPE", "OBS_VALUE").row(0) == (
        "DEP", "67", "2024", "F105", "3",
    )  # fmt: skip


@pytest.mark.shared
def test_recorded_observations_lose_the_vintage_of_their_codes(shared, tmp_path):
    answer = json.loads((shared / "sources/samples/melodi/get_local_data_by_com_popref.2.json").read_bytes())
    table = observations(pages(tmp_path, answer)).collect()
    assert table.height == len(answer["observations"])
    assert table.select("GEO", "GEO_OBJECT", "TIME_PERIOD", "OBS_VALUE").row(0) == ("44166", "COM", "2023", "97.0")


@pytest.mark.shared
def test_the_recorded_name_of_a_measure_varies(shared, tmp_path):
    answer = json.loads((shared / "sources/samples/melodi/get_data_obs_value_indice_prix.2.json").read_bytes())
    assert observations(pages(tmp_path, answer)).collect()["OBS_VALUE"].null_count() == 0


def test_a_cell_without_value_is_a_secret_and_no_zero(tmp_path):
    rows = [
        {"dimensions": {"GEO": "2025-COM-01001"}, "measures": {"OBS_VALUE_NIVEAU": {}}},
        {"dimensions": {"GEO": "2025-COM-01002"}, "measures": {"OBS_VALUE_NIVEAU": {"value": 0}}},
        {"dimensions": {"GEO": "2025-AAV2020-001"}, "measures": {"M": {}}, "attributes": {"OBS_STATUS": "O"}},
        {"dimensions": {"GEO": "FRANCE-FM"}, "measures": {"M": {"value": 1.5}}},
    ]
    table = observations(pages(tmp_path, {"observations": rows})).collect()
    assert table.select("GEO", "GEO_OBJECT", "OBS_VALUE", "CONF_STATUS", "OBS_STATUS").rows() == [
        ("01001", "COM", None, "C", None),
        ("01002", "COM", "0", None, None),
        ("001", "AAV2020", None, None, "O"),
        ("FM", "FRANCE", "1.5", None, None),
    ]


def test_pages_are_asked_for_to_the_last_and_kept_as_answered(web, reply, client, populations, tmp_path):
    web.put(f"{API}/catalog/DS_POPULATIONS_REFERENCE", reply(b'{"identifier": "DS_POPULATIONS_REFERENCE"}'))
    populations.access["where"] = {"GEO": ["COM", "DEP"], "POPREF_MEASURE": "PMUN"}

    def page(number, geo, last):
        row = {"dimensions": {"GEO": geo, "TIME_PERIOD": "2023"}, "measures": {"M": {"value": number}}}
        return reply(json.dumps({"observations": [row], "paging": {"isLast": last}}, indent=1).encode())

    asked = f"{API}/data/DS_POPULATIONS_REFERENCE?GEO=COM&GEO=DEP&POPREF_MEASURE=PMUN&maxResult=10000"
    web.put(f"{asked}&page=1", page(1, "2025-COM-01001", False))
    web.put(f"{asked}&page=2", reply(status=429, headers={"Retry-After": "1"}), page(2, "2025-DEP-01", False))
    web.put(f"{asked}&page=3", page(3, "2025-FRANCE-FM", True))
    raw = melodi.fetch(populations, melodi.vintages(populations, client)[0], client, tmp_path)
    assert raw.path.read_text().count("\n") == 3
    table = melodi.table(populations, raw, Wanted(columns=frozenset()), tmp_path).collect()
    assert table.select("level", "code", "OBS_VALUE").rows() == [
        ("COM", "01001", "1"),
        ("DEP", "01", "2"),
        ("FRM", "FRM", "3"),
    ]


def test_answers_without_observation_are_refused(tmp_path):
    with pytest.raises(DataError, match="no observation"):
        observations(pages(tmp_path, {"observations": []}))
