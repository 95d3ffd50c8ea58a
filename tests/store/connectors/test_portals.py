"""data.gouv.fr, Opendatasoft, DiDo and geo.api.gouv.fr, by composed answers; recorded ones where there are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from odd17.core.kernel import DataError
from odd17.store.connectors import Wanted, connector_of

COMPOSED = Path(__file__).parent / "composed"
CSV = b"code;v\n01001;1\n"
GOUV = "www.data.gouv.fr/api/1/datasets/a-dataset/"
PORTAL = "data.culture.gouv.fr/api/explore/v2.1/catalog/datasets/a-dataset"


def resource(title: str, modified: str, host: str = "static.data.gouv.fr", **more: object) -> dict[str, object]:
    name = title.replace(" ", "-").lower()
    return {"id": name, "title": title, "format": "csv", "url": f"https://{host}/{name}.csv", "last_modified": modified,
            "filesize": len(CSV), **more}  # fmt: skip


def test_the_newest_resource_of_a_title_is_taken(web, reply, client, source, tmp_path):
    connector = connector_of("data_gouv")
    checksum = {"type": "sha256", "value": hashlib.sha256(CSV).hexdigest()}
    found = [
        resource("Base communale 2024", "2025-07-01T00:00:00"),
        resource("Base  communale 2025", "2026-07-01T00:00:00", checksum=checksum),
        resource("Notice", "2026-08-01T00:00:00"),
    ]
    web.put(GOUV, reply(json.dumps({"resources": found}).encode()))
    web.put("static.data.gouv.fr/base--communale-2025.csv", reply(CSV))
    described = source("data_gouv", {"dataset": "a-dataset", "resource": "base communale *"})
    newest, older = connector.vintages(described, client)
    assert (newest.title, older.title) == ("Base  communale 2025", "Base communale 2024")
    raw = connector.fetch(described, newest, client, tmp_path)
    assert raw.path.name == "base--communale-2025.csv"
    # the service states the same checksum: the file is not asked for again
    asked = len(web.asked)
    assert not connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path).is_new
    assert len(web.asked) == asked + 1


def test_a_title_that_is_not_there_is_refused_with_those_there_are(web, reply, client, source):
    web.put(GOUV, reply(json.dumps({"resources": [resource("Notice", "2026")]}).encode()))
    with pytest.raises(DataError, match="Notice"):
        connector_of("data_gouv").vintages(source("data_gouv", {"dataset": "a-dataset", "resource": "Base"}), client)


def test_another_checksum_is_refused(web, reply, client, source, tmp_path):
    found = resource("Base", "2026", checksum={"type": "sha256", "value": "0" * 64})
    web.put(GOUV, reply(json.dumps({"resources": [found]}).encode()))
    web.put("static.data.gouv.fr/base.csv", reply(CSV))
    connector = connector_of("data_gouv")
    described = source("data_gouv", {"dataset": "a-dataset", "resource": "Base"})
    with pytest.raises(DataError, match="checksum"):
        connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert not list(tmp_path.rglob("CURRENT"))


def test_an_export_is_asked_for_with_its_conditions(web, reply, client, source, tmp_path):
    connector = connector_of("opendatasoft")
    metas = {"metas": {"default": {"title": "Lieux", "modified": "2026-01-01T00:00:00", "data_processed": "2026-02"}}}
    web.put(PORTAL, reply(json.dumps(metas).encode()))
    web.put(f"{PORTAL}/exports/csv", reply(b"\xef\xbb\xbf" + CSV))
    access = {"portal": "https://data.culture.gouv.fr", "dataset": "a-dataset", "where": "a='b'", "select": "code, v"}
    described = source("opendatasoft", access)
    (vintage,) = connector.vintages(described, client)
    assert vintage.modified == "2026-02"
    raw = connector.fetch(described, vintage, client, tmp_path)
    assert web.asked[-1][0].endswith("csv?delimiter=%3B&use_labels=false&select=code%2C+v&where=a%3D%27b%27")
    table = connector.table(described, raw, Wanted(frozenset({"v"})), tmp_path).collect()
    assert table.select("code", "v").rows() == [("01001", "1")]


def test_an_export_with_fewer_rows_than_the_portal_counts_is_refused_and_asked_for_again(
    web, reply, client, source, tmp_path
):
    connector = connector_of("opendatasoft")
    web.put(PORTAL, reply(b'{"metas": {"default": {"modified": "2026-01-01", "records_count": 40}}}'))
    whole = b"code;v\n" + b"01001;1\n" * 40
    web.put(f"{PORTAL}/exports/csv", reply(whole[: len(whole) // 2]), reply(whole))
    access = {"portal": "https://data.culture.gouv.fr", "dataset": "a-dataset"}
    described = source("opendatasoft", access)
    with pytest.raises(DataError, match="the file has 20 lines, and the service says that the dataset has 40 rows"):
        connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert not list(tmp_path.rglob("CURRENT"))
    raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert raw.path.read_bytes() == whole
    # a part of the dataset is not counted
    part = source("opendatasoft", access | {"where": "v=1"})
    assert connector.vintages(part, client)[0].rows is None


def test_an_attachment_is_found_by_its_title(web, reply, client, source):
    portal = "data.drees.solidarites-sante.gouv.fr"
    base = f"{portal}/api/explore/v2.1/catalog/datasets/a-dataset"
    web.put(f"{base}/attachments", reply((COMPOSED / "ods-attachments.json").read_bytes()))
    access = {"portal": f"https://{portal}", "dataset": "a-dataset", "attachment": "*sages-femmes*"}
    (found,) = connector_of("opendatasoft").vintages(source("opendatasoft", access), client)
    assert found.address.endswith("/attachments/indicateur_d_apl_aux_sages_femmes_xlsx")
    access["attachment"] = "*dentistes*"
    with pytest.raises(DataError, match="sages-femmes"):
        connector_of("opendatasoft").vintages(source("opendatasoft", access), client)


def test_the_newest_edition_of_dido_is_taken(web, reply, client, source, tmp_path):
    connector = connector_of("dido")
    base = "data.statistiques.developpement-durable.gouv.fr/dido/api/v1/datafiles/abc"
    document = {"title": "Logements", "millesimes": [{"millesime": "2024-01"}, {"millesime": "2025-01"}]}
    web.put(base, reply(json.dumps(document).encode()))
    web.put(f"{base}/csv", reply(CSV))
    described = source("dido", {"datafile": "abc", "columns": ["code", "v"]})
    newest = connector.vintages(described, client)[0]
    assert newest.id == "2025-01"
    connector.fetch(described, newest, client, tmp_path)
    assert "millesime=2025-01" in web.asked[-1][0]
    assert "columns=code%2Cv" in web.asked[-1][0]


@pytest.mark.shared
def test_a_recorded_commune_of_geo_api_is_read(web, reply, client, source, shared, tmp_path):
    connector = connector_of("geo_api")
    web.put("geo.api.gouv.fr/communes", reply((shared / "sources/samples/geo_api/communes_28390.json").read_bytes()))
    described = source("geo_api", {}, format={"type": "json"})
    raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    table = connector.table(described, raw, Wanted(frozenset({"codeEpci", "codeDepartement"})), tmp_path).collect()
    assert table.select("code", "codeEpci", "codeDepartement").rows() == [("28390", "200070159", "28")]


def test_an_unknown_connector_is_refused():
    with pytest.raises(DataError, match="melodi"):
        connector_of("ftp")
