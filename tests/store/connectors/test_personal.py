"""A file that holds personal data: what stays of it on disk."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from odd17.core.kernel import DataError, Odd17Error
from odd17.store.connectors import Wanted, connector_of
from odd17.store.current_catalogue import read_current_catalogue
from odd17.store.sources import read_sources

ADDRESS = "example.org/rna_20261101.zip"
HEADER = "id;titre;adr_gestion;adrs_codeinsee;position\n"


def packed(*bodies: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for at, body in enumerate(bodies):
            file.writestr(f"rna_dpt_{at:02}.csv", body)
    return out.getvalue()


PACKED = packed(HEADER + "W1;Les Amis de Somebody;12 rue Privée;01001;A\n", HEADER + "W2;Chez Elle;Privée;02001;D\n")


@pytest.fixture
def described(source):
    return source(
        "file", {"address": f"https://{ADDRESS}", "member": "*.csv", "every": True}, format={"delimiter": ";"},
        keep=("adrs_codeinsee", "position"),
    )  # fmt: skip


def everything(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_only_the_columns_kept_stay_on_disk(web, reply, client, described, tmp_path):
    web.put(ADDRESS, reply(PACKED, headers={"ETag": '"1"'}), reply(status=304))
    connector = connector_of("file")
    (vintage,) = connector.vintages(described, client)
    raw = connector.fetch(described, vintage, client, tmp_path)
    note = json.loads((raw.path.parent / "fetch.json").read_bytes())
    assert raw.sha256 == note["sha256"] == hashlib.sha256(PACKED).hexdigest()  # of the file as published
    assert note["headers"]["etag"] == '"1"'
    assert sorted(path.name for path in (tmp_path / "raw" / "a-source").rglob("*") if path.is_file()) == [
        "CURRENT", "fetch.json", "rna_20261101.zip.kept-columns.parquet",
    ]  # fmt: skip
    assert b"Priv" not in everything(tmp_path)
    # never fetched twice
    again = connector.fetch(described, vintage, client, tmp_path)
    assert (again.is_new, again.path) == (False, raw.path)
    assert web.asked[1][1]["if-none-match"] == '"1"'


def test_what_is_kept_is_read_as_the_whole_file_would_be(web, reply, client, described, tmp_path):
    web.put(ADDRESS, reply(PACKED))
    connector = connector_of("file")
    tables = []
    described = replace(
        described, geography=replace(described.geography, code="adrs_codeinsee"), period=None,
        period_pattern=r"(\d{4})\d{2}01",
    )  # fmt: skip
    for name, one in (("kept", described), ("whole", replace(described, keep=()))):
        raw = connector.fetch(one, connector.vintages(one, client)[0], client, tmp_path / name)
        work = tmp_path / f"work-{name}"
        work.mkdir()
        tables.append(connector.table(one, raw, Wanted(frozenset({"position"})), work).collect())
    assert tables[0].equals(tables[1])
    assert tables[0].select("code", "period", "position").rows() == [("01001", "2026", "A"), ("02001", "2026", "D")]


@pytest.mark.parametrize(
    "answers",
    [
        [packed("id;titre\nW1;Privée\n")],  # the columns to keep are not there
        [PACKED[:-30]],  # damaged
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing(web, reply, client, described, tmp_path, answers):
    web.put(ADDRESS, *[reply(body) for body in answers])
    connector = connector_of("file")
    with pytest.raises(DataError):
        connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_download_that_stops_leaves_nothing(web, reply, client, described, tmp_path):
    web.put(ADDRESS, reply(PACKED, cut=len(PACKED) // 2))
    connector = connector_of("file")
    with pytest.raises(Odd17Error):
        connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_shipped_register_of_associations_is_such_a_file_and_recipes_read_no_more():
    sources = read_sources()
    assert sources["rna-associations"].keep == ("adrs_codeinsee", "position")
    assert not any(source.keep and source.starter for source in sources.values())
    for entry in read_current_catalogue().values():
        for id in entry.recipe.sources:
            if id in sources and sources[id].keep:
                assert entry.recipe.columns(id) <= set(sources[id].keep)
