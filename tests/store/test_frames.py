"""The frame of domains: the shipped file, its table for the index engine, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from odd17.core.indicators.frame import Frame
from odd17.core.kernel import DataError, dimensions, domains
from odd17.store.catalogue import read_catalogue
from odd17.store.frames import frame_from_json, frame_to_json, read_frame
from odd17.store.places import shipped

SHIPPED = shipped() / "frames" / "report-2019.yml"


def test_the_shipped_frame_has_the_dimensions_and_domains_in_the_order_of_the_report() -> None:
    frame = read_frame(SHIPPED)
    assert [node.id for node in frame.dimensions] == [item.id for item in dimensions()]
    assert [(node.id, node.parent) for node in frame.domains] == [(item.id, item.dimension) for item in domains()]


def test_the_shipped_weights_are_equal_and_ours_and_the_frame_says_so() -> None:
    frame = read_frame(SHIPPED)
    assert {(node.weight, node.weight_status) for node in frame.dimensions + frame.domains} == {(1.0, "ours")}
    assert frame.min_available == 0.8
    assert "no weights" in frame.note.en


def test_what_a_release_keeps_of_a_frame_is_the_frame() -> None:
    frame = read_frame(SHIPPED)
    assert frame_from_json(frame_to_json(frame)) == frame


def test_the_table_is_a_frame_of_the_index_engine_in_which_unknown_directions_have_no_row() -> None:
    indicators = {
        **read_catalogue(shipped() / "catalogue" / "report-2019.yml"),
        **read_catalogue(shipped() / "catalogue" / "profile.yml"),
    }
    table = read_frame(SHIPPED).to_table(indicators.values())
    by_level = dict(table.group_by("level").len().iter_rows())
    assert by_level == {1: 9, 2: 16, 3: 4, 4: 1}
    assert not {"digital_access_2017", "population"} & set(table["code"])
    directions = dict(table.filter(pl.col("level") == 1).select("code", "direction").iter_rows())
    assert [code for code, sign in directions.items() if sign == -1] == [
        "culture_2018",
        "enterprise_change",
        "purchasing_power_report",
    ]
    assert Frame.from_table(table).root == "overall"


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("min_available: 0.8", "min_available: 80", ["min_available", "80"]),
        ("{id: economic, weight: 1,", "{id: economic, weight: -1,", ["dimensions/0/weight", "-1"]),
        (
            "{id: sport, dimension: societal",
            "{id: sports, dimension: societal",
            ["sports", "not one of the domains", "did you mean 'sport'?"],
        ),
        (
            "  - {id: sport, dimension: societal, weight: 1, weight_status: ours}\n",
            "",
            ["lacks the domain 'sport'", "16"],
        ),
        ("{id: economic, weight", "{id: economics, weight", ["not one of the dimensions", "did you mean 'economic'?"]),
        ("{id: sport, dimension: societal", "{id: sport, dimension: society", ["'sport'", "society"]),
        ("{id: sport, dimension: societal", "{id: culture, dimension: societal", ["'culture'", "twice"]),
        ("normalisation: minmax", "normalisation: guess", ["normalisation", "guess"]),
        ("weight_status: ours}\n  - {id: social,", "weight_status: sure}\n  - {id: social,", ["weight_status"]),
    ],
)
def test_a_frame_that_does_not_fit_is_refused_by_name(
    tmp_path: Path, right: str, wrong: str, expected: list[str]
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path = tmp_path / "frame.yml"
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        read_frame(path)
    for word in ["frame.yml", "Remedy", *expected]:
        assert word in str(raised.value)
