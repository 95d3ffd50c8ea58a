"""Bars in groups: in proportion within their scale, what was not told never drawn as zero."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.publishing.charts.bars import Bar, Bars, bars_svg


def _drawn(*groups: Bars, narrow: bool = False) -> tuple[list[float], list[str], float]:
    root = ET.fromstring(bars_svg("Money", groups, narrow=narrow))  # noqa: S314 - our own drawing
    widths = [float(one.attrib["width"]) for one in root.iter() if one.tag.endswith("rect")]
    words = [one.text or "" for one in root.iter() if one.tag.endswith("text")]
    return widths, words, float(root.attrib["viewBox"].split()[2])


def test_bars_are_in_proportion_within_a_scale_and_not_across() -> None:
    euros = [Bars("2024", (Bar(10, "10 EUR"),), "EUR"), Bars("2025", (Bar(20, "20 EUR"),), "EUR")]
    widths, _words, _wide = _drawn(*euros, Bars("2025", (Bar(1000, "1000 CHF"),), "CHF"))
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.1)
    assert widths[2] == widths[1]  # each currency has its own scale


def test_what_was_not_told_has_words_and_no_bar_and_zero_neither() -> None:
    widths, words, _wide = _drawn(Bars("2024", (Bar(None, "paid: not told"), Bar(0, "paid 0 EUR"))))
    assert widths == []
    assert {"paid: not told", "paid 0 EUR"} < set(words)


def test_a_bar_below_zero_or_no_group_is_refused() -> None:
    for groups in ([], [Bars("a", (Bar(-1, "x"),))]):
        with pytest.raises(ValueError, match="one group at least"):
            bars_svg("Money", groups)


def test_words_are_never_markup() -> None:
    assert "<script" not in bars_svg("<script>", [Bars("<script>", (Bar(1, "<script>"),))])


def test_on_a_telephone_long_words_stand_above_their_bar_in_lines() -> None:
    widths, words, wide = _drawn(Bars("a", (Bar(1, "words " * 20),)), narrow=True)
    assert (len(widths), wide) == (1, 340)
    assert len(words) > 3


@given(st.lists(st.none() | st.floats(0, 1e12), min_size=1, max_size=12), st.booleans())
def test_any_bars_stay_within_the_frame(values: list[float | None], narrow: bool) -> None:
    widths, _words, wide = _drawn(Bars("a", tuple(Bar(value, "w" * 10, 1) for value in values)), narrow=narrow)
    assert all(0 < width <= wide for width in widths)
    assert len(widths) == sum(1 for value in values if value)
