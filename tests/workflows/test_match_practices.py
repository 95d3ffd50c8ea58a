"""The places that count for a practice in a territory."""

from __future__ import annotations

import pytest

from odd17.core.kernel import UnknownTerritory
from odd17.core.practices.need import Ground, Likeness
from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog
from odd17.workflows import match_practices
from odd17.workflows.match_practices import ground_of


class Shipped:
    """A release that has a geography and no figure: its territories have no twin."""

    cog: Cog = load_shipped_cog()


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch):
    def made(territory: str, twins: list[tuple[str, float]]) -> Ground:
        monkeypatch.setattr(match_practices, "_twins", lambda release, id: twins)
        return ground_of.__wrapped__(Shipped, territory)

    return made


def test_the_territory_itself_then_what_is_in_it_and_around_it(ground) -> None:
    places = ground("DEP-35", []).places
    assert places["DEP-35"] == (1.0, Likeness.SAME)
    assert places["COM-35238"] == (0.9, Likeness.WITHIN)
    assert places["REG-53"] == (0.8, Likeness.WITHIN)
    assert "DEP-22" not in places
    assert "FR" not in places


def test_twins_count_less_the_further_they_are_and_what_is_in_them_less_again(ground) -> None:
    twins = [
        (f"DEP-{code}", place / 10)
        for place, code in enumerate(("44", "22", "56", "29", "49", "72", "85", "86", "87", "23", "19"))
    ]
    places = ground("DEP-35", twins).places
    assert places["DEP-44"] == (0.9, Likeness.TWIN)
    assert 0.9 > places["DEP-22"][0] > places["DEP-23"][0]
    assert places["DEP-19"][1] == Likeness.KIND
    assert places["COM-44109"] == (0.5, Likeness.TWIN)
    assert all(0 < likeness <= 1 for likeness, _how in places.values())


def test_a_territory_that_nobody_knows(ground) -> None:
    with pytest.raises(UnknownTerritory):
        ground("DEP-999", [])
