"""The page on territories of one's own names every indicator that cannot be put together for them."""

from __future__ import annotations

import re
from pathlib import Path

from odd17.store.current_catalogue import read_domain_catalogues

PAGE = Path(__file__).parents[2] / "docs/method/own-territories.md"


def test_every_ready_made_indicator_is_named() -> None:
    entries = [entry for catalogue in read_domain_catalogues() for entry in catalogue.entries]
    ready_made = {entry.indicator.id for entry in entries if entry.recipe.value is not None}
    rows = PAGE.read_text(encoding="utf-8").split("no perimeter has them:")[1]
    cells = re.findall(r"^\| (`[^|]+) \|", rows, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == ready_made
