from __future__ import annotations

import pytest

from odd17.core.diagnosis.scoring import replay_scores
from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.store.releases import Release
from odd17.workflows.diagnose import diagnose


def test_a_region_of_the_shipped_release(shipped_release: Release) -> None:
    found = diagnose(shipped_release, "REG-53", ["Hauts-de-France", "REG-53"])
    assert found.release == shipped_release.id
    employment = found.domains[0]
    assert employment.score.estimate.value == 0.0
    assert employment.score.rank is not None
    assert (employment.score.rank.value, employment.score.rank.of, employment.score.rank.tied) == (12, 13, 1)
    assert [(c.territory.id, c.estimate.value) for c in employment.figures[0].comparisons] == [
        ("FRM", 8.4),
        ("REG-32", 10.8),
    ]
    assert found.overall.refusal is not None


def test_every_line_of_the_profile_has_its_source(shipped_release: Release) -> None:
    sources = {item.key: item.source for item in diagnose(shipped_release, "REG-53").profile}
    assert all(source is not None for source in sources.values())
    assert {source.id for source in sources.values() if source is not None} == {
        "cog-2026", "geometry-2026", "populations-2026",
    }  # fmt: skip


@pytest.mark.parametrize("territory", ["FR", "FRM", "REG-01", "DEP-2A", "EPCI-200039915", "COM-35238", "COM-15141"])
def test_every_level_has_its_page(shipped_release: Release, territory: str) -> None:
    found = diagnose(shipped_release, territory)
    assert found.territory.id == territory
    assert len(found.domains) == 16
    assert all(reading.score.refusal is not None for reading in found.domains)


@pytest.mark.parametrize(
    ("territory", "peers"),
    [("REG-53", 13), ("REG-04", 5), ("DEP-35", 101), ("EPCI-243500139", 1255), ("COM-35238", 332)],
)
def test_the_journey_with_a_figure_for_each_of_the_16_domains(
    fictional_release: Release, territory: str, peers: int
) -> None:
    found = diagnose(fictional_release, territory)
    assert found.overall.estimate.value is not None
    assert 0 <= found.overall.estimate.value <= 100
    assert found.overall.rank is not None
    assert found.overall.rank.of == peers
    assert all(dimension.rank is not None for dimension in found.dimensions)
    # the three rows of the shipped table that are inconsistent stay out beside the fictional figure of their domain
    assert all(reading.score.rank is not None and reading.score.rank.of == peers for reading in found.domains)
    assert (found.overall.class_rank is not None) is (territory == "COM-35238")


def test_the_parents_stand_beside(fictional_release: Release) -> None:
    figure = diagnose(fictional_release, "COM-35238").domains[-1].figures[0]
    assert figure.indicator.id == "fictional_energy_transition"
    assert [comparison.territory.id for comparison in figure.comparisons] == ["EPCI-243500139"]


def test_the_scores_of_the_release_replay_from_its_logs(fictional_release: Release) -> None:
    observations = fictional_release.observations()
    for peer_set in ("REG-metropolitan", "REG-overseas", "DEP", "EPCI", "COM"):
        log = fictional_release.method_log(peer_set)
        replayed = replay_scores(log, observations, fictional_release.cog)
        assert replayed.equals(fictional_release.scores(peer_set=peer_set))


def test_a_name_that_is_none_or_several_is_refused(shipped_release: Release) -> None:
    with pytest.raises(UnknownTerritory, match="REG-53"):
        diagnose(shipped_release, "Bretagn")
    with pytest.raises(AmbiguousTerritory, match="REG-53"):
        diagnose(shipped_release, "53")
    with pytest.raises(UnknownTerritory):
        diagnose(shipped_release, "REG-53", ["<script>"])
