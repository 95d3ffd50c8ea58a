"""Numbers in French conventions: whatever is written is read back, and nothing else is read."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.indicators.intake.french_number import number, plain_number

SPACES = [" ", "\u00a0", "\u202f", "\u2009", ""]


def read(text: str, *, decimal: str | None = None, percent: bool = False) -> float | None:
    frame = pl.DataFrame({"cell": [text]})
    found: float | None = frame.select(number(pl.col("cell"), decimal=decimal, percent=percent))["cell"].item()
    return found


@given(
    value=st.integers(min_value=-(10**12), max_value=10**12),
    decimals=st.integers(min_value=0, max_value=4),
    space=st.sampled_from(SPACES),
    around=st.sampled_from(["", " ", "\u00a0"]),
    minus=st.sampled_from(["-", "−"]),
    stated=st.sampled_from([None, ","]),
)
def test_what_is_written_in_french_is_read_back(
    value: int, decimals: int, space: str, around: str, minus: str, stated: str | None
) -> None:
    expected = value / 10**decimals
    text = f"{abs(expected):,.{decimals}f}".replace(",", space).replace(".", ",")
    text = f"{around}{minus if expected < 0 else ''}{text}{around}"
    assert read(text, decimal=stated) == expected


@given(text=st.text(alphabet="0123456789,. -+e%\u202f", max_size=12), stated=st.sampled_from([None, ",", "."]))
def test_the_fast_way_reads_nothing_that_the_whole_way_does_not(text: str, stated: str | None) -> None:
    frame = pl.DataFrame({"cell": [text]})
    fast = frame.select(plain_number(pl.col("cell"), decimal=stated))["cell"].item()
    assert fast is None or fast == read(text, decimal=stated)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "12 5",
        "1 2345",
        "12 34 567",
        "1,2,3",
        "1.2,3",
        "nd",
        "inf",
        "NaN",
        "1e999",
        "0x1F",
        "1_000",
        "12 %",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert read(text) is None


def test_a_stated_mark_lets_the_other_separate_thousands() -> None:
    assert read("1.234.567,5", decimal=",") == 1234567.5
    assert read("1,234.5", decimal=".") == 1234.5
    assert read("1.5", decimal=",") is None
    assert read("1,5", decimal=".") is None


@pytest.mark.parametrize("text", ["12,5%", "12,5 %", "12,5\u202f%", "12,5\u00a0%"])
def test_a_percent_sign_where_it_is_allowed(text: str) -> None:
    assert read(text, percent=True) == 12.5
    assert read(text) is None
