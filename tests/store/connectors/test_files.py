"""Files at an address: what is kept, what is read, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import polars as pl
import pytest

from odd17.core.indicators.source import Geography
from odd17.core.kernel import DataError
from odd17.core.territories.levels import Level
from odd17.store.connectors import Wanted, connector_of
from odd17.store.connectors.raw import kept

CSV = "code;effectif;année\n01001;12;2023\n2A004;s;2023\n"
connector = connector_of("file")


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def pulled(web, reply, client, source, tmp_path):
    """Fetch ``body`` from an address and read it as a table."""

    def pull(body, name="a.csv", *, columns=frozenset({"effectif"}), rows=(), since=None, access=None, **changes):
        web.put(f"example.org/{name}", reply(body))
        described = source("file", {"address": f"https://example.org/{name}"} | (access or {}), **changes)
        raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return connector.table(described, raw, Wanted(columns, rows, since), work).collect()

    return pull


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_are_found_out(pulled, encoding):
    table = pulled(CSV.encode(encoding), columns=frozenset({"effectif", "année"}))
    assert table.select("code", "effectif", "année").rows() == [("01001", "12", "2023"), ("2A004", "s", "2023")]


def test_what_windows_adds_to_latin_is_read(pulled):
    table = pulled("code;effectif (€)\n01001;1\n".encode("cp1252"), columns=frozenset({"effectif (€)"}))
    assert table["effectif (€)"].to_list() == ["1"]


def test_a_stated_encoding_is_held_to(pulled):
    with pytest.raises(DataError, match="not UTF-8"):
        pulled(CSV.encode("cp1252"), format={"encoding": "utf-8"})


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_found_out(pulled, separator):
    table = pulled(CSV.replace(";", separator).encode())
    assert table["effectif"].to_list() == ["12", "s"]


def test_quoted_cells_and_rows_above_the_header(pulled):
    body = 'Titre\n\n"code";"effectif"\n;unité\n"01001";"1 2"\n'
    assert pulled(body.encode(), format={"header_row": 3, "data_row": 5})["effectif"].to_list() == ["1 2"]


def test_gzip_is_unpacked(pulled):
    assert pulled(gzip.compress(CSV.encode()), "a.csv.gz")["code"].to_list() == ["01001", "2A004"]


def test_only_what_is_needed_is_read(pulled):
    assert set(pulled(CSV.encode()).columns) == {"level", "code", "period", "obs_status", "conf_status", "effectif"}


def test_rows_that_no_recipe_keeps_are_not_read(pulled):
    body = b"code;sexe;effectif\n01001;_T;1\n01001;F ;2\n01001;M;3\n"
    columns = frozenset({"effectif", "sexe"})
    assert pulled(body, columns=columns, rows=({"sexe": ("_T",)}, {"sexe": ("F",)}))["effectif"].to_list() == ["1", "2"]
    assert pulled(body, columns=columns, rows=({"sexe": ("_T", "M"), "effectif": ("3",)},))["effectif"].to_list() == [
        "3"
    ]


def test_periods_before_since_are_left_out(pulled):
    body = b"code;effectif;an\n01001;1;2019\n01001;2;2020-03-31\n01001;3;2014/2021\n"
    table = pulled(body, period=None, period_column="an", since=2020)
    assert table["period"].to_list() == ["2020-03", "2014/2021"]


def test_the_period_may_stand_in_the_name(pulled):
    table = pulled(CSV.encode(), "base-2021.csv", period=None, period_pattern=r"base-(\d{4})")
    assert table["period"].unique().to_list() == ["2021"]
    with pytest.raises(DataError, match="tells its period"):
        pulled(CSV.encode(), "base.csv", period=None, period_pattern=r"base-(\d{4})")


def test_a_changed_header_is_refused_with_the_difference(pulled):
    with pytest.raises(DataError, match=r"lacks 1 of 2 columns.*effectif \(now effectifs\?\).*commune"):
        pulled(b"code;effectifs;commune\n01001;12;x\n")


def test_every_missing_column_is_named(pulled):
    with pytest.raises(DataError, match=r"missing: code, P22_POP, effectif"):
        pulled(b"x;y\n1;2\n", columns=frozenset({"effectif", "P22_POP"}))


def test_a_row_with_too_many_cells_is_refused(pulled):
    with pytest.raises(DataError, match="to its end"):
        pulled(b"code;effectif\n01001;12\n01002;13;14;15\n")


def test_a_member_is_found_whatever_its_capitals(pulled):
    body = packed(
        {"base-cc.CSV": CSV.encode(), "meta_base-cc.CSV": b"x", "base-cc-COM.CSV": b"y", "folder/notes.txt": b"z"}
    )
    table = pulled(body, "a.zip", access={"member": "base-cc*.csv", "without": ["meta_*", "*-COM.csv"]})
    assert table.height == 2


def test_no_member_and_several_members_are_refused(pulled):
    body = packed({"a.csv": CSV.encode(), "b.csv": CSV.encode()})
    for pattern in ("*.csv", "c.csv"):
        with pytest.raises(DataError, match=r"answer to this name.*a\.csv, b\.csv"):
            pulled(body, "a.zip", access={"member": pattern})


def test_every_member_of_one_shape_is_read_where_asked(pulled):
    body = packed({"d/rows_01.csv": CSV.encode(), "d/rows_02.csv": b"code;effectif;ann\xc3\xa9e\n01002;7;2023\n"})
    access = {"member": "rows_*.csv", "every": True}
    assert pulled(body, "a.zip", access=access)["effectif"].to_list() == ["12", "s", "7"]
    with pytest.raises(DataError, match="different headers"):
        pulled(packed({"rows_01.csv": CSV.encode(), "rows_02.csv": b"code;v\n1;2\n"}), "b.zip", access=access)


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/outside.csv", "a/../../b.csv", "..\\b.csv", "C:\\b.csv"])
def test_an_archive_that_leads_outside_is_refused(pulled, tmp_path, name):
    body = packed({"a.csv": CSV.encode(), name: b"gotcha"})
    with pytest.raises(DataError, match="leads outside"):
        pulled(body, "a.zip", access={"member": "a.csv"})
    assert not list(tmp_path.rglob("*outside*"))


def test_bombs_are_refused(pulled):
    bomb = b"code;effectif\n" + b"0" * 60_000_000
    with pytest.raises(DataError, match="unpacks to"):
        pulled(gzip.compress(bomb), "a.csv.gz")
    with pytest.raises(DataError, match="unpacks to"):
        pulled(packed({"a.csv": bomb}), "a.zip", access={"member": "a.csv"})


@pytest.mark.parametrize("body", [b"PK\x03\x04 not really a zip", packed({"a.csv": CSV.encode() * 99})[:120]])
def test_a_damaged_archive_is_refused(pulled, body):
    with pytest.raises(DataError, match="damaged"):
        pulled(body, "a.zip", access={"member": "a.csv"})


def test_a_gzip_cut_short_is_refused(pulled):
    with pytest.raises(DataError, match="damaged"):
        pulled(gzip.compress(CSV.encode() * 99)[:-12], "a.csv.gz")


@pytest.mark.shared
def test_a_recorded_workbook_is_read_by_its_rows(pulled, shared):
    body = (shared / "sources/samples/drees_apl/apl_infirmiers_sample.xlsx").read_bytes()
    table = pulled(
        body, "apl.xlsx", columns=frozenset({"APL aux infirmières"}), period=None, period_pattern=r"^APL (\d{4})$",
        format={"type": "xlsx", "sheet": "APL *", "header_row": 9, "data_row": 11},
        geography=Geography("Code commune INSEE", level=Level.COMMUNE, vintage=2024),
    )  # fmt: skip
    first = table.filter(pl.col("code") == "01001").row(0, named=True)
    # read by hand in the workbook: the last of its sheets
    assert first["period"] == "2023"
    assert float(first["APL aux infirmières"]) == pytest.approx(122.416, abs=1e-3)


@pytest.mark.shared
def test_the_recorded_communes_of_the_cog_are_read(pulled, shared):
    body = gzip.decompress((shared / "sources/samples/cog/v_commune_2026.csv.gz").read_bytes())
    table = pulled(body, columns=frozenset({"TYPECOM"}), geography=Geography("COM", level=Level.COMMUNE, vintage=2026))
    assert table.filter(pl.col("TYPECOM") == "COM").height == 34_884


def test_what_is_kept_is_as_published_and_never_fetched_twice(web, reply, client, source, tmp_path):
    described = source("file", {"address": "https://example.org/a.csv"})
    web.put("example.org/a.csv", reply(CSV.encode(), headers={"ETag": '"1"', "Last-Modified": "x"}), reply(status=304))
    (vintage,) = connector.vintages(described, client)
    first = connector.fetch(described, vintage, client, tmp_path)
    assert first.is_new
    note = json.loads((first.path.parent / "fetch.json").read_bytes())
    assert first.path.read_bytes() == CSV.encode()
    assert first.path.parent.name == first.sha256[:12]
    assert (note["url"], note["retrieved"]) == ("https://example.org/a.csv", "2026-11-25T12:00:00+00:00")
    assert note["headers"]["etag"] == '"1"'
    second = connector.fetch(described, vintage, client, tmp_path)
    assert (second.is_new, second.path) == (False, first.path)
    assert web.asked[1][1]["if-none-match"] == '"1"'
    web.put("example.org/a.csv", reply(b"code;effectif\n01001;13\n"))
    third = connector.fetch(described, vintage, client, tmp_path)
    assert third.is_new
    assert kept("a-source", tmp_path).path == third.path
    assert first.path.exists()


def test_the_same_bytes_again_are_not_new(web, reply, client, source, tmp_path):
    described = source("file", {"address": "https://example.org/a.csv"})
    web.put("example.org/a.csv", reply(CSV.encode()))
    (vintage,) = connector.vintages(described, client)
    assert connector.fetch(described, vintage, client, tmp_path).is_new
    assert not connector.fetch(described, vintage, client, tmp_path).is_new


def test_a_fetched_file_that_was_changed_is_refused(web, reply, client, source, tmp_path):
    described = source("file", {"address": "https://example.org/a.csv"})
    web.put("example.org/a.csv", reply(CSV.encode()))
    raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    raw.path.write_text("less")
    with pytest.raises(DataError, match="was changed"):
        kept("a-source", tmp_path)


def test_linked_pages_become_one_file(web, reply, client, source, tmp_path):
    address = "example.org/lines?format=csv"
    web.put(address, reply(b"code;v\n01001;1\n", headers={"Link": "<https://example.org/lines?after=1>; rel=next"}))
    web.put("example.org/lines?after=1", reply(status=500), reply(b"code;v\n01002;2"))
    described = source("file", {"address": f"https://{address}", "paging": "link"})
    raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert raw.path.read_bytes() == b"code;v\n01001;1\n01002;2\n"
    assert not connector.fetch(described, raw.vintage, client, tmp_path).is_new
    web.put("example.org/lines?after=1", reply(b"code;w\n01002;2"))
    with pytest.raises(DataError, match="another header"):
        connector.fetch(described, raw.vintage, client, tmp_path)
    web.put(address, reply(b"code;v\n", headers={"Link": '<https://evil.example/lines>; rel="next"'}))
    with pytest.raises(DataError, match="another host"):
        connector.fetch(described, raw.vintage, client, tmp_path)


def test_the_source_file_may_allow_a_redirect(web, reply, client, source, tmp_path):
    web.put("example.org/a.csv", reply(status=302, headers={"Location": "https://files.example.org/a.csv"}))
    web.put("files.example.org/a.csv", reply(CSV.encode()))
    described = source("file", {"address": "https://example.org/a.csv"})
    with pytest.raises(DataError, match="another host"):
        connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    described = source("file", {"address": "https://example.org/a.csv", "hosts": ["files.example.org"]})
    raw = connector.fetch(described, connector.vintages(described, client)[0], client, tmp_path)
    assert raw.url == "https://files.example.org/a.csv"
