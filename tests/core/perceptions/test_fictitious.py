"""The made-up studies: the same from the same seed, and their truth is found within its intervals as often as said."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from odd17 import Survey
from odd17.core.kernel import actors, domains, levers
from odd17.core.perceptions.fictitious import AGES, NO, UNKNOWN, YES, FictitiousStudy, fictitious_studies
from odd17.core.perceptions.linked import covariances
from odd17.core.perceptions.rankings import first_choices, worths
from odd17.core.perceptions.waves import with_change

REGIONS = {
    "11": 12_463_067, "24": 2_587_031, "27": 2_802_670, "28": 3_345_842, "32": 5_992_194, "44": 5_563_378,
    "52": 3_907_156, "53": 3_449_370, "75": 6_150_451, "76": 6_124_653, "84": 8_205_557, "93": 5_218_960, "94": 355_486,
}  # fmt: skip
LEVERS = {lever.id: f"rank_{lever.id}" for lever in levers()}
SEEDS = (2019, 1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def studies(request: pytest.FixtureRequest) -> dict[str, FictitiousStudy]:
    return {study.id: study for study in fictitious_studies(REGIONS, request.param)}


def survey_of(study: FictitiousStudy) -> Survey:
    """As the study's own file says that it is to be estimated."""
    said = [
        pl.col(asked.column).replace_strict({YES: True, NO: False, UNKNOWN: None}, return_dtype=pl.Boolean)
        for asked in study.questions
    ]
    table = study.respondents.with_columns(said)
    if study.actor != "citizens":
        return Survey(table, weights="weight", strata="region")
    people = sum(REGIONS.values())
    margins = {"region": dict(REGIONS), "age": {age: share * people for age, share in AGES.items()}}
    return Survey(table.with_columns(weight=pl.lit(1.0)), weights="weight", strata="region").rake(margins)


def estimated(study: FictitiousStudy) -> pl.DataFrame:
    """Every share, everywhere, beside its truth."""
    survey, names = survey_of(study), [asked.column for asked in study.questions]
    parts = []
    for by in ([], ["region"]):
        shares = survey.proportion(names, by=by).drop("level")
        ranked = [
            found.with_columns(variable=pl.lit(f"{measure}_") + pl.col("item"))
            for measure, found in (
                ("lever_first", first_choices(survey, LEVERS, by=by)),
                ("lever_worth", worths(survey, LEVERS, by=by)),
            )
        ]
        found = pl.concat([shares, *(part.select(shares.columns) for part in ranked)])
        place = pl.format("REG-{}", "region") if by else pl.lit("FRM")
        parts.append(found.with_columns(territory=place).drop("region", strict=False))
    truth = study.truth.with_columns(
        variable=pl.concat_str(["measure", "domain", "item"], separator="_", ignore_nulls=True)
    )
    return pl.concat(parts).join(truth, on=["variable", "territory"], how="left", validate="1:1")


def rate(table: pl.DataFrame, low: str = "low", high: str = "high", truth: str = "share") -> float:
    return float(table.select((pl.col(low) <= pl.col(truth)) & (pl.col(truth) <= pl.col(high))).to_series().mean())  # type: ignore[arg-type]


def test_the_same_seed_makes_the_same_studies(studies: dict[str, FictitiousStudy]) -> None:
    again = fictitious_studies(REGIONS)
    first = fictitious_studies(REGIONS)
    assert all(
        a.respondents.equals(b.respondents) and a.truth.equals(b.truth) for a, b in zip(again, first, strict=True)
    )
    assert not fictitious_studies(REGIONS, 5)[0].truth.equals(first[0].truth)


def test_four_actors_and_two_waves(studies: dict[str, FictitiousStudy]) -> None:
    assert [(study.actor, study.number) for study in studies.values()] == [
        (actor.id, wave) for actor in actors() for wave in (1, 2)
    ]
    for study in studies.values():
        assert study.previous is None or studies[study.previous].end < study.start
        assert {asked.domain for asked in study.questions} - {None} == {domain.id for domain in domains()}


def test_statuses_of_every_kind_occur(studies: dict[str, FictitiousStudy]) -> None:
    statuses = {status for study in studies.values() for status in estimated(study)["status"]}
    assert statuses >= {"A", "U", "Q"}


def test_the_truth_is_found_as_often_as_the_intervals_say(studies: dict[str, FictitiousStudy]) -> None:
    """95 % of intervals hold the truth, within four errors of the binomial; of few respondents the logit gives more."""
    found = pl.concat([estimated(study) for study in studies.values()]).filter(pl.col("status") == "A")
    asked = found.filter(~pl.col("measure").str.starts_with("lever"))
    many, few = asked.filter(pl.col("n") >= 100), asked.filter(pl.col("n") < 100)
    assert min(many.height, few.height) > 1500
    assert abs(rate(many) - 0.95) < four_errors(many.height)
    assert 0.95 - four_errors(few.height) < rate(few) < 0.98
    ranked = found.filter(pl.col("measure").str.starts_with("lever"))  # six figures of the same rankings
    assert abs(rate(ranked) - 0.95) < four_errors(ranked.height / 4)


def four_errors(n: float) -> float:
    return 4 * float((0.95 * 0.05 / n) ** 0.5)


def changes(studies: dict[str, FictitiousStudy]) -> Iterator[tuple[str, pl.DataFrame]]:
    for study in studies.values():
        if study.previous is None:
            continue
        before = studies[study.previous]
        both = None
        if study.is_panel:
            names = [asked.column for asked in study.questions]
            both = covariances(survey_of(study), survey_of(before), names, by="region", link="respondent").drop("level")
            both = both.with_columns(territory=pl.format("REG-{}", "region"))
        found = with_change(estimated(study), estimated(before), ["variable", "territory"], both)
        truth = study.truth.join(before.truth, on=["measure", "domain", "item", "territory"], nulls_equal=True)
        truth = truth.select("measure", "domain", "item", "territory", moved=pl.col("share") - pl.col("share_right"))
        found = found.join(truth, on=["measure", "domain", "item", "territory"], nulls_equal=True)
        yield study.actor, found.filter(pl.col("status") == "A", ~pl.col("measure").str.starts_with("lever"))


def test_changes_are_found_as_often_as_their_intervals_say(studies: dict[str, FictitiousStudy]) -> None:
    for actor, found in changes(studies):
        regions = found.filter(pl.col("territory") != "FRM")
        held = rate(regions, "change_low", "change_high", "moved")
        assert abs(held - 0.95) < four_errors(regions.height), actor
        assert regions["change_linked"].is_not_null().any() == (actor == "elected_officials")
