from __future__ import annotations

import polars as pl
import pytest

from odd17.core.indicators.frame import Frame
from odd17.core.kernel import DataError, UsageError


def table(**columns: list[object]) -> pl.DataFrame:
    base: dict[str, list[object]] = {
        "code": ["a", "b", "Index"],
        "parent": ["Index", "Index", None],
        "weight": [1.0, 1.0, 1.0],
        "direction": [1, 1, 1],
    }
    return pl.DataFrame(base | columns, strict=False)


def test_levels_follow_from_the_tree_where_none_are_given(frame: Frame) -> None:
    nodes = [(node.code, node.parent, node.weight, node.direction) for node in frame.nodes if node.code != "empty"]
    found = Frame.from_table(pl.DataFrame(nodes, schema=["code", "parent", "weight", "direction"], orient="row"))
    assert {node.code: node.level for node in found.nodes} == {
        "a": 1, "b": 1, "c": 1, "d": 1, "work": 2, "home": 2, "Index": 3,
    }  # fmt: skip


def test_codes_run_from_the_root_down_and_aggregates_from_the_leaves_up(frame: Frame) -> None:
    assert frame.aggregates == ("work", "home", "empty", "Index")
    assert frame.codes == ("Index", "empty", "home", "work", "a", "b", "c", "d")
    assert frame.children["empty"] == ()
    assert frame.at_level("domain") == frame.at_level(2) == ("work", "home", "empty")


def test_a_frame_survives_json(frame: Frame) -> None:
    assert Frame.from_json(frame.to_json()) == frame


def test_missing_weights_and_directions_count_as_one() -> None:
    found = Frame.from_table(table(weight=[None, 2.0, None], direction=[-1, None, None]))
    assert found.weights == {"a": 1.0, "b": 2.0, "Index": 1.0}
    assert found.directions.tolist() == [-1.0, 1.0]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"code": ["a", "a", "Index"]}, "given twice"),
        ({"code": ["a", None, "Index"]}, "needs a code"),
        ({"code": ["a", "unit", "Index"]}, "column of units"),
        ({"parent": ["Index", "nowhere", None]}, "no such parent"),
        ({"parent": ["Index", None, None]}, "one root"),
        ({"parent": ["b", "a", None]}, "circle"),
        ({"weight": [-1.0, 1.0, 1.0]}, "zero or more"),
        ({"weight": [float("inf"), 1.0, 1.0]}, "finite"),
        ({"weight": [0.0, 0.0, 1.0]}, "all weigh nothing"),
        ({"direction": [2, 1, 1]}, "direction is"),
        ({"direction": [1, 1, -1]}, "only an indicator"),
        ({"level": [1, 2, 2]}, "above its children"),
        ({"level": [1, 1.5, 2]}, "whole number"),
        ({"level": [0, 1, 2]}, "start at 1"),
    ],
)
def test_what_makes_no_tree_is_refused(columns: dict[str, list[object]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        Frame.from_table(table(**columns))


def test_a_misspelt_parent_or_column_is_answered_with_the_near_name() -> None:
    with pytest.raises(DataError, match=r"no such parent.*the nearest is 'Index'"):
        Frame.from_table(table(parent=["Index", "Indx", None]))
    with pytest.raises(DataError, match=r"column 'weight': no such column.*the nearest is 'wieght'"):
        Frame.from_table(table().rename({"weight": "wieght"}))


def test_an_absent_column_is_named() -> None:
    with pytest.raises(DataError, match="'direction'"):
        Frame.from_table(table().drop("direction"))


def test_names_of_levels_are_checked() -> None:
    with pytest.raises(UsageError, match="no node"):
        Frame.from_table(table(), level_names={7: "domain"})
    with pytest.raises(UsageError, match="both a level and a node"):
        Frame.from_table(table(), level_names={1: "Index"})
    with pytest.raises(UsageError, match="Did you mean 'domain'"):
        Frame.from_table(table(), level_names={2: "domain"}).at_level("domian")


def test_other_weights_need_known_codes(frame: Frame) -> None:
    assert frame.with_weights({"a": 5.0}).weights["a"] == 5.0
    with pytest.raises(UsageError, match="node"):
        frame.with_weights({"z": 5.0})
