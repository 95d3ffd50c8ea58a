from __future__ import annotations

import pytest

from odd17.core.kernel import UsageError
from odd17.core.territories import Level
from odd17.store.releases import Release
from odd17.workflows.indicator_card import describe


def test_the_card_of_an_indicator_at_every_level(fictional_release: Release) -> None:
    card = describe(fictional_release, "fictional_sport")
    coverage = {level.level: (level.present, level.total) for level in card.levels}
    assert coverage == {
        Level.REGION: (18, 18),
        Level.DEPARTEMENT: (101, 101),
        Level.EPCI: (1255, 1255),
        Level.COMMUNE: (332, 34875),
    }


def test_the_checks_are_told(shipped_release: Release) -> None:
    (check,) = describe(shipped_release, "ageing_report").checks
    assert not check.passed


def test_the_population_has_a_card_too(shipped_release: Release) -> None:
    assert [level.level for level in describe(shipped_release, "population").levels][-1] is Level.COMMUNE


@pytest.mark.parametrize("name", ["unemploiment_rate", "", "x" * 10_000])
def test_an_unknown_indicator_is_refused_with_the_near_names(shipped_release: Release, name: str) -> None:
    with pytest.raises(UsageError, match="unemployment_rate") as caught:
        describe(shipped_release, name)
    assert len(str(caught.value)) < 500
