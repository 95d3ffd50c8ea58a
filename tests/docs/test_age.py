"""The page of the age of figures has the rule's own numbers."""

from __future__ import annotations

import re
from pathlib import Path

from odd17.core.indicators.staleness import CYCLES, DELAYS, UNKNOWN_CYCLE
from odd17.publishing.reason_words import periodicity

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "age.md"


def test_the_table_is_the_rule() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| (\d+) months? \| (\d+) months \| (\d+) months \|$", PAGE.read_text(), re.MULTILINE
    )
    expected = [
        (periodicity(name, "en"), str(cycle), str(DELAYS[name]), str(cycle + DELAYS[name]))
        for name, cycle in CYCLES.items()
    ]
    assert rows == expected
    assert f"| {UNKNOWN_CYCLE} months |" in PAGE.read_text()
