from __future__ import annotations

import polars as pl

from odd17.core.diagnosis.what_if import Choices, WhatIf
from odd17.core.kernel import Provenance
from odd17.core.territories import Cog
from odd17.publishing.exports import beyond_said, what_if_table
from odd17.store.territories import load_shipped_cog


def found(*beyond: bool | None) -> WhatIf:
    names = ["REG-53", "REG-11", "REG-24"][: len(beyond)]
    table = pl.DataFrame(
        {
            "territory": names,
            "before": [1, 2, 3][: len(beyond)],
            "after": [3, 2, None][: len(beyond)],
            "shift": [-2, 0, None][: len(beyond)],
            "low": [1, 1, 2][: len(beyond)],
            "high": [2, 3, 3][: len(beyond)],
            "beyond": pl.Series(beyond, dtype=pl.Boolean),
        }
    )
    bounded = int(table["beyond"].count())
    choices = Choices({"culture": 2.5}, "zscore")
    return WhatIf(
        "REG-metropolitan", choices, table, ("culture",), True, 1, 1.0, bounded, int(table["beyond"].sum()), 0.9
    )


def test_the_table_marks_what_leaves_its_interval_and_says_the_choices() -> None:
    cog: Cog = load_shipped_cog()
    table = what_if_table(
        found(True, False, None),
        cog,
        release="r",
        address="https://x.test/et-si/?a=1",
        sources=[Provenance("s", "Places", "A producer", "A producer, Places, 2024", "CC0-1.0")],
        language="en",
    )
    assert {row[8] for row in table.rows} == {"https://x.test/et-si/?a=1"}
    assert sum("A producer, Places, 2024" in note for note in table.notes) == 2  # the source, and how to cite
    assert [row[:8] for row in table.rows] == [
        ("REG-53", "Bretagne", 1, 3, -2, 1, 2, "yes"),
        ("REG-11", "Île-de-France", 2, 2, 0, 1, 3, "no"),
        ("REG-24", "Centre-Val de Loire", 3, None, None, 2, 3, None),
    ]
    assert table.notes[0].startswith("1 rank of 2 leaves its published 90% interval")
    assert "Choices: scale z-score, mean arithmetic." in table.notes
    assert "Weight of Culture: 2.5." in table.notes
    assert any("https://x.test/et-si/?a=1" in note for note in table.notes)


def test_none_beyond_and_none_published_are_two_things() -> None:
    assert beyond_said(found(False, False), "en").startswith("No rank leaves its published 90% interval")
    assert beyond_said(found(None, None), "en").startswith("The release publishes no interval")
    assert beyond_said(found(True, True), "fr").startswith("2 rangs sur 2 sortent")
