from __future__ import annotations

import json
from pathlib import Path

import pytest

from odd17.core.kernel import UnknownTerritory, UsageError
from odd17.publishing.twins import how, reason, twins_payload
from odd17.store.releases import Release
from odd17.workflows.twins import twins


def test_brittany_has_twins_by_all_that_the_release_knows(shipped_release: Release) -> None:
    found = twins(shipped_release, "REG-53", 3)
    assert [variable.key for variable in found.variables] == ["population", "density", "population_change"]
    assert len(found.twins) == 3
    assert found.lacking == ()
    assert "16 régions" in how(found, "fr")  # Mayotte has one census, and so no change
    assert "33" in how(found, "fr")
    assert "standard deviations" in reason(found.twins[0].gaps[0], "en")
    assert json.loads(json.dumps(twins_payload(found, "fr")))["twins"][0]["territory"]["id"].startswith("REG-")


def test_a_country_and_a_stranger_have_none(shipped_release: Release) -> None:
    with pytest.raises(UsageError):
        twins(shipped_release, "FR")
    with pytest.raises(UnknownTerritory):
        twins(shipped_release, "Nowhere at all")


def test_communes_too(shipped_release: Release, tmp_path: Path) -> None:
    found = twins(shipped_release, "COM-35238")
    assert found.compared > 34_000
    assert len(found.twins) == 5
