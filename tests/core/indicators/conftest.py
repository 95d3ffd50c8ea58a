"""Small frames and tables that the tests of the index share."""

from __future__ import annotations

import polars as pl
import pytest

from odd17.core.indicators.frame import Frame


@pytest.fixture
def frame() -> Frame:
    """Two domains of two indicators (one turned), a third without any, a root."""
    return Frame.from_table(
        pl.DataFrame(
            {
                "code": ["a", "b", "c", "d", "work", "home", "empty", "Index"],
                "parent": ["work", "work", "home", "home", "Index", "Index", "Index", None],
                "weight": [1.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
                "direction": [1, -1, 1, 1, 1, 1, 1, 1],
                "level": [1, 1, 1, 1, 2, 2, 2, 3],
            }
        ),
        level_names={2: "domain"},
    )


@pytest.fixture
def values() -> pl.DataFrame:
    """Five units, two gaps, an attribute."""
    return pl.DataFrame(
        {
            "code": ["u1", "u2", "u3", "u4", "u5"],
            "a": [1.0, 2.0, 3.0, 4.0, 5.0],
            "b": [9.0, 7.0, None, 3.0, 1.0],
            "c": [2.0, 2.5, 8.0, 4.0, 6.0],
            "d": [1.0, None, 3.0, 5.0, 4.0],
            "group": ["x", "x", "x", "y", "y"],
        }
    )
