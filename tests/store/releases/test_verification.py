"""Verification finds whatever is not as published, and says exactly what."""

from __future__ import annotations

import polars as pl
import pytest

from odd17.core.kernel import ReleaseError
from odd17.store.releases import Release, layout, verify
from odd17.workflows.build_release import build_release


def test_a_release_as_published_has_no_difference(whole: Release) -> None:
    assert verify(whole) == ()


def test_a_flipped_bit_is_found(release: Release) -> None:
    path = release.path / layout.OBSERVATIONS
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    differences = verify(release)
    assert {(item.path, item.what) for item in differences} >= {(layout.OBSERVATIONS, "sha256")}
    assert {item.path for item in differences} == {layout.OBSERVATIONS}


def test_a_missing_file_and_one_too_many_are_named(release: Release) -> None:
    (release.path / layout.FRAME).unlink()
    (release.path / "maps").mkdir()
    (release.path / "maps" / "extra.svg").write_text("<svg/>", encoding="utf-8")
    assert [str(item) for item in verify(release)] == ["frame.json: missing", "maps/extra.svg: unexpected"]


def test_an_extra_row_is_counted(release: Release) -> None:
    path = release.path / layout.SCORES
    table = pl.read_parquet(path)
    pl.concat([table, table.head(1)]).write_parquet(path)
    rows = {item.what: item for item in verify(release)}["rows"]
    assert (rows.expected, rows.found) == (str(table.height), str(table.height + 1))
    assert str(rows) == f"scores.parquet: rows: expected {table.height}, found {table.height + 1}"


def test_a_cut_file_is_found(release: Release) -> None:
    path = release.path / layout.TERRITORIES
    path.write_bytes(path.read_bytes()[:1000])
    assert [item.what for item in verify(release)] == ["bytes", "sha256", "rows"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": [{}]}'])
def test_a_manifest_that_is_not_one_is_refused(release: Release, text: str) -> None:
    (release.path / layout.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match="damaged"):
        verify(release)


def test_building_again_mends_a_damaged_release(release: Release) -> None:
    (release.path / layout.OBSERVATIONS).write_bytes(b"nothing")
    again = build_release(home=release.path.parent.parent)
    assert again.id == release.id
    assert verify(again) == ()
    assert again.observations().height > 0
