from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl
import pytest

from odd17.core.diagnosis.diagnose import Slices, build_diagnosis
from odd17.core.diagnosis.peers import peer_set_id
from odd17.core.diagnosis.reading import Diagnosis, PeerSet, Rank
from odd17.core.diagnosis.scoring import Scoring, score
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Absence, ReasonCode, domains
from odd17.core.territories import Cog

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]
Diagnose = Callable[..., Diagnosis]


def diagnosis(
    territory: str,
    chosen: Sequence[str],
    cog: Cog,
    indicators: Mapping[str, Indicator],
    observations: pl.DataFrame,
    scoring: Scoring,
) -> Diagnosis:
    here = cog[territory]
    log = scoring.logs[peer_set_id(here) or "REG-metropolitan"]
    slices = Slices("r", cog, indicators, observations, scoring.scores, log, scoring.checks)
    return build_diagnosis(here, cog.get(chosen), slices)


@pytest.fixture(scope="module")
def diagnose(
    cog: Cog, indicators: dict[str, Indicator], observations: pl.DataFrame, scoring: Scoring
) -> Callable[..., Diagnosis]:
    """The diagnosis of a territory from the shipped figures."""

    def make(territory: str, *chosen: str) -> Diagnosis:
        return diagnosis(territory, chosen, cog, indicators, observations, scoring)

    return make


def test_brittany(diagnose: Diagnose) -> None:
    found = diagnose("REG-53")
    assert [reading.domain for reading in found.domains] == list(domains())
    assert found.peers == PeerSet("REG-metropolitan", 13)
    employment = found.domains[0]
    assert employment.score.rank == Rank(12, 13, 1, PeerSet("REG-metropolitan", 13), 12, 12, alone=True, overlaps=1)
    (figure,) = employment.figures
    assert (figure.estimate.value, figure.period, figure.not_scored) == (7.2, "2019-Q1", None)
    assert [(c.territory.id, c.estimate.value) for c in figure.comparisons] == [("FRM", 8.4)]
    assert [flag.code for flag in figure.flags] == [ReasonCode.TRANSCRIBED_UNVERIFIED]


def test_a_figure_that_is_not_scored_is_shown_with_its_reason(diagnose: Diagnose) -> None:
    readings = {reading.domain.id: reading for reading in diagnose("REG-53").domains}
    for domain, value in (("environment", 7.89), ("ageing", 7.5), ("economic_development", -1.3)):
        (figure,) = readings[domain].figures
        assert figure.estimate.value == value
        assert figure.not_scored is not None
        assert figure.not_scored.code is ReasonCode.INCONSISTENT_WITH_REFERENCE
        assert readings[domain].score.refusal == figure.not_scored
    scored, unknown = readings["digital_access"].figures
    assert scored.not_scored is None
    assert unknown.not_scored is not None
    assert unknown.not_scored.code is ReasonCode.DIRECTION_UNKNOWN


def test_the_whole_is_refused_with_its_reason(diagnose: Diagnose) -> None:
    refusal = diagnose("REG-53").overall.refusal
    assert refusal is not None
    assert refusal.code is ReasonCode.TOO_MANY_MISSING
    assert refusal.params == {
        "missing": 4, "total": 4, "share": 1.0, "limit": 0.2,
        "domains": 16, "domains_scored": 6, "domains_without_figure": 7,
    }  # fmt: skip


def test_the_outer_thirds_are_fragilities_and_strengths(diagnose: Diagnose) -> None:
    found = diagnose("REG-53")
    # ranks of 13: culture 1, disability 3; employment 12-13, digital access 12, housing 9-12; purchasing power 3-12
    assert found.fragilities == ("culture", "disability")
    assert found.strengths == ("employment", "digital_access", "housing")


def test_a_value_that_most_peers_share_is_neither(diagnose: Diagnose) -> None:
    found = diagnose("REG-53")
    (power,) = (reading.score for reading in found.domains if reading.domain.id == "purchasing_power")
    assert power.rank is not None
    assert (power.rank.value, power.rank.tied) == (3, 9)
    assert "purchasing_power" not in found.fragilities + found.strengths


def test_the_country_is_shown_and_never_ranked(diagnose: Diagnose) -> None:
    found = diagnose("FRM")
    assert found.peers is None
    assert all(reading.score.rank is None for reading in found.domains)
    readings = {reading.domain.id: reading for reading in found.domains}
    assert readings["employment"].figures[0].estimate.value == 8.4
    assert readings["employment"].score.refusal is not None
    assert readings["employment"].score.refusal.code is ReasonCode.TOO_FEW_PEERS
    assert readings["environment"].figures[0].not_scored is not None
    assert readings["environment"].figures[0].not_scored.code is ReasonCode.INCONSISTENT_WITH_REFERENCE
    assert (found.fragilities, found.strengths) == ((), ())


@pytest.mark.parametrize(
    ("territory", "code"),
    [("DEP-35", "no_figure_at_level"), ("REG-04", "no_figure_here"), ("FR", "no_figure_at_level")],
)
def test_a_level_without_figures_has_its_16_domains_all_the_same(diagnose: Diagnose, territory: str, code: str) -> None:
    found = diagnose(territory)
    reasons = {reading.domain.id: reading.score.refusal for reading in found.domains}
    assert len(reasons) == 16
    assert reasons["employment"] is not None
    assert reasons["employment"].code == code
    assert reasons["sport"] is not None
    assert reasons["sport"].code is ReasonCode.NO_FIGURE
    assert all(reading.figures == () for reading in found.domains)


def test_chosen_territories_stand_beside_with_their_scores(diagnose: Diagnose) -> None:
    found = diagnose("REG-53", "REG-32", "DEP-35")
    (figure,) = found.domains[0].figures
    assert [(c.territory.id, c.estimate.value) for c in figure.comparisons] == [
        ("FRM", 8.4), ("REG-32", 10.8), ("DEP-35", None),
    ]  # fmt: skip
    assert figure.comparisons[-1].estimate.absence is Absence.NOT_AVAILABLE
    ((other, score_there),) = found.domains[0].others  # only those with the same peers: scores are relative
    assert (other.id, score_there.estimate.value) == ("REG-32", 100.0)


def test_the_profile_counts_what_lies_inside(diagnose: Diagnose) -> None:
    region = {item.key: item for item in diagnose("REG-53").profile}
    assert region["departements"].estimate.value == 4
    assert region["communes"].estimate.value == 1202
    assert region["population"].period == "2023"
    assert list({item.key: item for item in diagnose("COM-35238").profile}) == [
        "population", "population_change", "area", "density",
    ]  # fmt: skip
    whole = {item.key: item.estimate.value for item in diagnose("FR").profile}
    counted = {key: whole[key] for key in ("regions", "departements", "epcis", "communes")}
    assert counted == {"regions": 18, "departements": 101, "epcis": 1255, "communes": 34875}


def test_a_contour_that_is_not_a_true_one_has_no_density(diagnose: Diagnose) -> None:
    items = {item.key: item for item in diagnose("COM-15141").profile}
    for key in ("area", "density"):
        assert items[key].estimate.value is None
        assert items[key].note is not None
        assert items[key].note.code is ReasonCode.NO_TRUE_CONTOUR


def test_the_nearest_parent_with_a_value_comes_first(
    cog: Cog, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    rows = [
        ("COM-35238", "jobless", "2020", 5.0), ("COM-35001", "jobless", "2020", 6.0),
        ("DEP-35", "jobless", "2020", 7.0), ("REG-53", "jobless", "2020", 8.0),
        ("FRM", "jobless", "2020", 9.0), ("FR", "jobless", "2020", 10.0),
    ]  # fmt: skip
    for left_out, expected in (
        ((), ["DEP-35", "FRM"]),
        (("DEP-35",), ["REG-53", "FRM"]),
        (("DEP-35", "FRM"), ["REG-53", "FR"]),
    ):
        table = tell([row for row in rows if row[0] not in left_out])
        indicators = {"jobless": made_up()}
        found = diagnosis("COM-35238", [], cog, indicators, table, score(table, indicators, frame, cog))
        assert [c.territory.id for c in found.domains[0].figures[0].comparisons] == expected


def test_a_comparison_is_of_the_same_period(cog: Cog, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> None:
    rows = [
        ("DEP-35", "jobless", "2020", 5.0), ("DEP-22", "jobless", "2020", 6.0),
        ("REG-53", "jobless", "2019", 8.0), ("FRM", "jobless", "2020", 9.0),
    ]  # fmt: skip
    table, indicators = tell(rows), {"jobless": made_up()}
    found = diagnosis("DEP-35", [], cog, indicators, table, score(table, indicators, frame, cog))
    assert [c.territory.id for c in found.domains[0].figures[0].comparisons] == ["FRM"]


def test_a_commune_is_ranked_again_in_its_class(cog: Cog, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> None:
    communes = ["COM-35238", "COM-75056", "COM-35001", "COM-35002"]  # two large cities, two small communes
    rows = [(commune, "jobless", "2020", float(place)) for place, commune in enumerate(communes)]
    table, indicators = tell(rows), {"jobless": made_up()}
    found = diagnosis("COM-75056", [], cog, indicators, table, score(table, indicators, frame, cog))
    assert found.domains[0].score.rank == Rank(3, 4, 0, PeerSet("COM", 34875), 3, 3, alone=True, overlaps=0)
    assert found.domains[0].score.class_rank == Rank(1, 2, 0, PeerSet("COM", 2, "100000-"), 1, 1, alone=True)


def test_a_suppressed_figure_says_so(country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> None:
    rows = [("REG-01", "jobless", "2020", 1.0), ("REG-02", "jobless", "2020", 0.0), ("REG-03", "jobless", "2020", None)]
    table, indicators, cog = (
        tell(rows, statuses={"REG-03": "Q"}),
        {"jobless": made_up()},
        country({"01": 1, "02": 1, "03": 1}),
    )
    scoring = score(table, indicators, frame, cog)
    hidden = diagnosis("REG-03", [], cog, indicators, table, scoring).domains[0]
    assert hidden.score.refusal is not None
    assert hidden.score.refusal.code is ReasonCode.SUPPRESSED
    assert hidden.figures[0].estimate.absence is Absence.SUPPRESSED
    zero = diagnosis("REG-02", [], cog, indicators, table, scoring).domains[0]
    assert zero.figures[0].estimate.value == 0.0
    assert zero.score.estimate.value == 0.0
