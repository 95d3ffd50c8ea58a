"""The line of time: its days in order and in proportion, its words escaped, its name."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.publishing.charts.timeline import Moment, timeline_svg


def test_days_stand_in_order_and_in_proportion() -> None:
    moments = [Moment(date(2020, 1, 31), "c"), Moment(date(2020, 1, 1), "a"), Moment(date(2020, 1, 16), "b", here=True)]
    drawn = timeline_svg(moments, "en")
    assert [drawn.index(f"January 2020 · {word}") for word in "abc"] == sorted(
        drawn.index(f"January 2020 · {word}") for word in "abc"
    )
    assert 'aria-label="Line of time from 1 January 2020 to 31 January 2020"' in drawn
    ends = sorted({float(x) for x in re.findall(r'x2="([\d.]+)"', drawn)})
    assert ends[1] - ends[0] == pytest.approx(ends[2] - ends[1])


def test_words_are_never_markup() -> None:
    assert "<script" not in timeline_svg([Moment(date(2020, 1, 1), "<script>")], "fr")


def test_without_a_moment_there_is_no_line() -> None:
    with pytest.raises(ValueError, match="at least one"):
        timeline_svg([], "fr")


@given(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=1, max_size=30))
def test_any_days_are_drawn_within_the_frame(days: list[date]) -> None:
    root = ET.fromstring(timeline_svg([Moment(day, "x") for day in days], "fr"))  # noqa: S314 - our own drawing
    width = float(root.attrib["viewBox"].split()[2])
    assert all(0 <= float(one.get("x2", 0)) <= width for one in root.iter() if one.tag.endswith("line"))
