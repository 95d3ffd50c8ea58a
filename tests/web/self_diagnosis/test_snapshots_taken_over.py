"""Snapshots of the time when peers were chosen by region: carried over with what they showed and whom they hid."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any


def test_regions_become_territories_silent_groups_go_and_their_parts_stay() -> None:
    everybody = [f"siren-{place}:mark" for place in range(30)]
    kept: Any = SimpleNamespace(
        groups=[
            {"group": [], "members": everybody, "figures": {"vision": [10, 20, 30, 30]}},
            {"group": [["kind", "association"], ["region", "REG-53"]], "members": everybody[:12], "figures": None},
            {"group": [["region", "REG-53"], ["size", "small"]], "members": everybody[:12], "figures": {}},
        ],
        save=lambda: None,
    )
    model = SimpleNamespace(objects=SimpleNamespace(all=lambda: [kept]))
    migration = import_module("odd17.web.self_diagnosis.migrations.0003_mirror_territories")
    migration.take_over(SimpleNamespace(get_model=lambda *_names: model), None)
    assert [one["group"] for one in kept.groups] == [[], [["size", "small"], ["territory", "REG-53"]]]
    assert len({kept.parts[member] for member in everybody[:12]}) == 1
    assert len({kept.parts[member] for member in everybody[12:]}) == 1
    assert len(set(kept.parts.values())) == 2
