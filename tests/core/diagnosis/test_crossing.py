"""Figures against eyes: hand-worked quadrants and gaps, and what must hold of any study."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd17.core.diagnosis.crossing import Crossing, cross, crossed_peer_sets
from odd17.core.diagnosis.crossing_tables import CROSSINGS, GAPS, PRIORITIES
from odd17.core.diagnosis.rank_intervals import replicated_ranks
from odd17.core.diagnosis.scoring import fit_again, score
from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.rank import rank_block
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import domains
from odd17.core.perceptions.tables import PERCEPTIONS
from odd17.core.territories import Cog

Country = Callable[[Mapping[str, int]], Cog]
Asked = Sequence[float | None]

RANGES = UncertaintyRanges(replicates=200)
CODES = [f"{at:02}" for at in range(1, 10)]
PLACES = [f"REG-{code}" for code in CODES]
DOMAINS = [domain.id for domain in domains()]
FOUR = ["p_shared_priority", "p_under_the_radar", "p_worry", "p_asset"]


@pytest.fixture(scope="module")
def nine(country: Country) -> Cog:
    return country(dict.fromkeys(CODES, 1000))


def told(shares: Asked, domain: str = "employment", actor: str = "citizens", **changes: Any) -> pl.DataFrame:
    """A study of nine regions: a share for each, None where it is withheld; ``n`` respondents in each."""
    n = changes.pop("n", 400)
    base = {"study": f"{actor}-2019", "period": "2019-10", "measure": "fragile", "level": "REG", **changes}
    rows = [
        base
        | {"actor": actor, "domain": domain, "territory": place, "status": "Q"}
        | (
            {}
            if share is None
            else {
                "estimate": share,
                "se": (share * (1 - share) / n) ** 0.5,
                "low": max(0.0, share - 0.05),
                "high": min(1.0, share + 0.05),
                "df": n - 1,
                "n": n,
                "status": "A",
            }
        )
        for place, share in zip(PLACES, shares, strict=True)
    ]
    return pl.DataFrame(rows, schema=PERCEPTIONS)


def scored(by_domain: Mapping[str, Sequence[float | None]], reason: str = "too_many_missing") -> pl.DataFrame:
    """Scores of nine regions: the largest value is the most fragile."""
    tables = []
    for domain, values in by_domain.items():
        table = pl.DataFrame({"territory": PLACES, "score": pl.Series(values, dtype=pl.Float64)})
        tables.append(
            table.with_columns(
                peer_set=pl.lit("REG-metropolitan"),
                node=pl.lit(domain),
                rank=pl.col("score").rank("min", descending=True),
                tied=pl.when(pl.col("score").is_not_null()).then(pl.len().over("score") - 1),
                of=pl.col("score").count(),
                reason=pl.when(pl.col("score").is_null()).then(pl.lit(reason)),
            )
        )
    full = pl.concat(tables)
    lacking = [pl.lit(None, kind).alias(name) for name, kind in SCORES.items() if name not in full.columns]
    return full.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in SCORES.items())


def crossed(cog: Cog, perceptions: pl.DataFrame, scores: pl.DataFrame, **replicates: Any) -> Crossing:
    return cross(perceptions, scores, {"REG-metropolitan": replicates}, cog, RANGES)


def row_of(table: pl.DataFrame, territory: str, domain: str = "employment", **others: str) -> dict[str, Any]:
    found = table.filter(pl.col("territory") == territory, pl.col("domain") == domain)
    for name, value in others.items():
        found = found.filter(pl.col(name) == value)
    assert found.height == 1
    return found.row(0, named=True)


FALLING = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]  # REG-01 is the most fragile by its figures
# 100,000 respondents in each: the order of the shares is sure
SEEN = [0.9, 0.1, 0.2, 0.3, 0.5, 0.8, 0.7, 0.6, 0.05]
SURE = {"n": 100_000}


def test_a_case_worked_by_hand(nine: Cog) -> None:
    found = crossed(nine, told(SEEN, **SURE), scored({"employment": FALLING})).crossings
    by_place = {row["territory"]: row for row in found.iter_rows(named=True)}
    # shares fall in the order 01 06 07 08 05 04 03 02 09; figures in that of their numbers
    assert [by_place[place]["rank"] for place in PLACES] == [1, 8, 7, 6, 5, 2, 3, 4, 9]
    assert [by_place[place]["gap"] for place in PLACES] == [0, -6, -4, -2, 0, 4, 4, 4, 0]
    quadrants = [by_place[place]["quadrant"] for place in PLACES]
    radar, worry = "under_the_radar", "worry"
    assert quadrants == ["shared_priority", radar, radar, radar, "cannot_tell", worry, worry, worry, "asset"]
    # the fifth of nine is in the very middle by both: each of the four is as likely
    assert [by_place["REG-05"][name] for name in FOUR] == [0.25] * 4
    assert [by_place["REG-01"][name] for name in FOUR] == [1, 0, 0, 0]
    assert found["of"].to_list() == [9] * 9
    assert found["objective_rank"].to_list() == list(range(1, 10))
    assert found["reason"].null_count() == 9


def test_a_domain_told_by_one_indicator_keeps_its_rank_in_every_draw(nine: Cog) -> None:
    found = crossed(nine, told([0.5] * 9), scored({"employment": FALLING})).crossings
    assert found["objective_low"].to_list() == found["objective_high"].to_list() == list(range(1, 10))
    assert (found["rank_high"] > found["rank_low"]).all()


def test_equals_hold_all_the_places_that_they_share(nine: Cog) -> None:
    level = [*FALLING[:4], FALLING[4], FALLING[4], FALLING[4], *FALLING[7:]]
    found = crossed(nine, told(SEEN, **SURE), scored({"employment": level})).crossings
    assert found["objective_rank"].to_list() == [1, 2, 3, 4, 5, 5, 5, 8, 9]
    assert found["objective_low"].to_list() == found["objective_rank"].to_list()
    assert found["objective_high"].to_list() == [1, 2, 3, 4, 7, 7, 7, 8, 9]


def test_what_moves_the_figures_moves_the_gap(nine: Cog) -> None:
    random = np.random.default_rng(3)
    drawn = rank_block(np.array(FALLING) + random.normal(0, 2, (200, 9)))
    still = crossed(nine, told(SEEN, **SURE), scored({"employment": FALLING}))
    moved = crossed(nine, told(SEEN, **SURE), scored({"employment": FALLING}), employment=drawn)
    assert (still.crossings["gap_low"] == still.crossings["gap_high"]).all()
    assert (moved.crossings["gap_high"] - moved.crossings["gap_low"]).sum() > 9
    assert moved.crossings["gap"].equals(still.crossings["gap"])
    fourth = row_of(moved.priorities, "REG-04")["p_fragile"]
    expected = float(((drawn[:, 3] < 5) + 0.5 * (drawn[:, 3] == 5)).mean())
    assert fourth == pytest.approx(expected, abs=1e-9)
    assert row_of(moved.crossings, "REG-04")["p_under_the_radar"] == pytest.approx(fourth, abs=1e-9)


def test_the_figures_of_several_indicators_keep_the_intervals_of_their_scores(
    nine: Cog, tell: Any, made_up: Any, frame: FrameDefinition
) -> None:
    random = np.random.default_rng(5)
    indicators = {f"i{n}": made_up(f"i{n}") for n in range(3)}
    observations = tell([(place, name, "2020", float(random.normal())) for place in PLACES for name in indicators])
    scoring = score(observations, indicators, replace(frame, uncertainty=RANGES), nine)
    fit = fit_again(scoring.logs["REG-metropolitan"], observations, nine)
    assert fit is not None
    drawn = replicated_ranks(fit, RANGES, nodes={"employment"}, replicates=200)
    found = crossed(nine, told(SEEN, **SURE), scoring.scores, **drawn).crossings
    scores = scoring.scores.filter(pl.col("node") == "employment").sort("territory")
    columns = {"objective_rank": "rank", "objective_low": "rank_low", "objective_high": "rank_high"}
    for name, source in columns.items():
        assert found[name].to_list() == scores[source].to_list()
    assert (found["objective_high"] > found["objective_low"]).any()


def test_a_withheld_share_never_has_a_rank(nine: Cog) -> None:
    shares: list[float | None] = [None, *SEEN[1:]]
    found = crossed(nine, told(shares, **SURE), scored({"employment": FALLING}))
    row = row_of(found.crossings, "REG-01")
    assert row["reason"] == "too_few_respondents"
    nothing = ("share", "n", "rank", "rank_low", "rank_high", "gap", "gap_low", "gap_high", "quadrant", *FOUR)
    assert all(row[name] is None for name in nothing)
    # the others are ranked among eight, by figures as by shares
    assert row_of(found.crossings, "REG-02")["objective_rank"] == 1
    assert set(found.crossings["of"].to_list()) == {8}


def test_no_answer_and_no_interval_have_no_rank_either(nine: Cog) -> None:
    table = told(SEEN, **SURE).with_columns(
        pl.when(pl.col("territory") == "REG-01").then(None).otherwise("df").alias("df"),
        pl.when(pl.col("territory") == "REG-02").then(None).otherwise("estimate").alias("estimate"),
    )
    found = crossed(nine, table, scored({"employment": FALLING})).crossings
    assert row_of(found, "REG-01")["reason"] == "no_interval"
    assert row_of(found, "REG-01")["share"] == 0.9
    assert row_of(found, "REG-01")["rank"] is None
    assert row_of(found, "REG-02")["reason"] == "too_few_respondents"


def test_fewer_than_five_peers_are_not_ranked(nine: Cog) -> None:
    shares: list[float | None] = [0.9, 0.1, 0.2, 0.3, None, None, None, None, None]
    found = crossed(nine, told(shares), scored({"employment": FALLING})).crossings
    assert row_of(found, "REG-01")["reason"] == "too_few_peers"
    assert row_of(found, "REG-01")["of"] == 4
    assert found["rank"].null_count() == 9
    assert found["quadrant"].null_count() == 9


def test_a_refused_score_gives_its_own_reason(nine: Cog) -> None:
    values: list[float | None] = [None, *FALLING[1:]]
    found = crossed(nine, told(SEEN, **SURE), scored({"employment": values})).crossings
    row = row_of(found, "REG-01")
    assert (row["reason"], row["quadrant"], row["gap"]) == ("too_many_missing", None, None)
    assert (row["rank"], row["of"]) == (1, 9)  # among all who have a share
    other = row_of(found, "REG-06")
    assert (other["rank"], other["of"], other["objective_rank"], other["gap"]) == (1, 8, 5, 4)


def test_a_domain_without_any_score_is_seen_all_the_same(nine: Cog) -> None:
    found = crossed(nine, told(SEEN, "culture", **SURE), scored({"employment": FALLING}))
    row = row_of(found.crossings, "REG-01", "culture")
    assert (row["rank"], row["gap"], row["quadrant"], row["reason"]) == (1, None, None, "no_figure")
    assert row_of(found.priorities, "REG-01", "culture")["p_fragile"] is None
    assert row_of(found.priorities, "REG-01", "culture")["place"] is not None


def test_an_actor_without_a_study_has_no_row(nine: Cog) -> None:
    found = crossed(nine, told(SEEN), scored({"employment": FALLING}))
    assert found.crossings["actor"].unique().to_list() == ["citizens"]
    assert found.gaps.is_empty()


def test_without_any_study_there_is_nothing(nine: Cog) -> None:
    found = crossed(nine, pl.DataFrame(schema=PERCEPTIONS), scored({"employment": FALLING}))
    assert [table.height for table in (found.crossings, found.gaps, found.priorities)] == [0, 0, 0]
    assert found.crossings.schema == pl.Schema(CROSSINGS)
    assert found.gaps.schema == pl.Schema(GAPS)
    assert found.priorities.schema == pl.Schema(PRIORITIES)
    assert crossed_peer_sets(pl.DataFrame(schema=PERCEPTIONS), nine) == []


def test_the_newest_study_of_an_actor_is_the_one_that_counts(nine: Cog) -> None:
    older = told(list(reversed(SEEN)), study="old", period="2015-11")
    newer = told(SEEN, study="new", period="2019-10/2019-11")
    found = crossed(nine, pl.concat([newer, older]), scored({"employment": FALLING})).crossings
    assert found["study"].unique().to_list() == ["new"]
    assert found["period"].unique().to_list() == ["2019-10/2019-11"]


def test_actors_part_by_the_ranks_of_the_same_peers(nine: Cog) -> None:
    officials = told([0.05, *SEEN[1:8], 0.9], actor="elected_officials", **SURE)
    found = crossed(nine, pl.concat([officials, told(SEEN, **SURE)]), scored({"employment": FALLING})).gaps
    assert found["actor"].unique().to_list() == ["citizens"]
    assert found["other"].unique().to_list() == ["elected_officials"]
    assert row_of(found, "REG-01")["gap"] == 8  # citizens put it first, officials ninth: citizens see more fragility
    assert row_of(found, "REG-09")["gap"] == -8
    assert row_of(found, "REG-05")["gap"] == 0


def test_actors_are_drawn_apart_and_another_study_moves_nothing(nine: Cog) -> None:
    scores, alone = scored({"employment": FALLING}), told(SEEN, n=50)
    one = crossed(nine, alone, scores)
    others = [told(SEEN, actor="companies", n=50), told(SEEN, "housing", n=50)]
    both = crossed(nine, pl.concat([alone, *others]), scores)
    gaps = both.gaps.filter(pl.col("domain") == "employment")
    assert gaps["gap"].to_list() == [0] * 9
    assert (gaps["gap_high"] > gaps["gap_low"]).any()  # the same shares, drawn apart
    same = both.crossings.filter(pl.col("actor") == "citizens", pl.col("domain") == "employment")
    assert same.equals(one.crossings)


def test_actors_asked_in_different_years_are_never_compared(nine: Cog) -> None:
    later = told(SEEN, actor="companies", period="2020-01", study="later")
    found = crossed(nine, pl.concat([told(SEEN), later]), scored({"employment": FALLING}))
    assert found.gaps["gap"].null_count() == found.gaps.height == 9
    assert found.gaps["reason"].unique().to_list() == ["asked_in_different_years"]
    # nor are they taken together
    turns = json.loads(row_of(found.priorities, "REG-01")["turns_on"])
    assert turns["made_of"] == ["objective", "companies"]
    assert turns["left_out"] == ["citizens"]


def test_a_gap_between_actors_needs_a_share_of_both(nine: Cog) -> None:
    officials = told([None, *SEEN[1:]], actor="elected_officials")
    found = crossed(nine, pl.concat([told(SEEN), officials]), scored({"employment": FALLING})).gaps
    assert row_of(found, "REG-01")["reason"] == "too_few_respondents"
    assert row_of(found, "REG-02")["gap"] == 0


def test_no_blind_spot_without_a_study_of_organisations(nine: Cog) -> None:
    acting = told(SEEN, actor="citizens", measure="acts", study="not-organisations")
    found = crossed(nine, pl.concat([told(SEEN), acting]), scored({"employment": FALLING})).priorities
    for name in ("acts", "acts_study", "p_few_act", "p_blind_spot", "blind_spot"):
        assert found[name].null_count() == found.height


def test_a_blind_spot_is_fragile_where_few_act(nine: Cog) -> None:
    acting = told([0.01, 0.9, 0.8, 0.7, 0.6, 0.05, 0.04, 0.03, 0.02], actor="companies", measure="acts", **SURE)
    found = crossed(nine, pl.concat([told(SEEN), acting]), scored({"employment": FALLING})).priorities
    first, second, eighth = (row_of(found, place) for place in ("REG-01", "REG-02", "REG-08"))
    assert (first["blind_spot"], first["p_blind_spot"], first["acts"]) == (True, 1.0, 0.01)
    assert (second["blind_spot"], second["p_few_act"]) == (False, 0.0)
    assert (eighth["blind_spot"], eighth["p_few_act"]) == (False, 1.0)  # few act, and it is not fragile
    assert row_of(found, "REG-01", "culture")["blind_spot"] is None


def test_of_two_studies_of_organisations_the_newest_says_who_acts(nine: Cog) -> None:
    one = told(SEEN, actor="associations", measure="acts", study="older", period="2018-10")
    other = told(SEEN, actor="companies", measure="acts", study="newer")
    same = told(SEEN, actor="associations", measure="acts", study="same", period="2019-10")
    scores = scored({"employment": FALLING})
    for tables, study in (([one, other], "newer"), ([same, other], "newer")):
        found = crossed(nine, pl.concat([told(SEEN), *tables]), scores).priorities
        assert found["acts_study"].drop_nulls().unique().to_list() == [study]


def test_replicates_must_be_of_the_peers(nine: Cog) -> None:
    with pytest.raises(ValueError, match="200 × 9 ranks, not 3, 9"):
        crossed(nine, told(SEEN), scored({"employment": FALLING}), employment=np.ones((3, 9), dtype=np.uint16))


SHARES = st.lists(st.one_of(st.none(), st.floats(0.02, 0.98).map(lambda x: round(x, 3))), min_size=9, max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shares=SHARES, other=SHARES, seed=st.integers(0, 1000), n=st.sampled_from([12, 60, 500]))
def test_whatever_is_asked(nine: Cog, shares: Asked, other: Asked, seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    values = {domain: random.normal(size=9).round(2).tolist() for domain in DOMAINS[:3]}
    drawn = {domain: rank_block(np.array(found) + random.normal(0, 0.5, (200, 9))) for domain, found in values.items()}
    tables = [
        told(shares, DOMAINS[0], n=n),
        told(other, DOMAINS[1], n=n),
        told(other, DOMAINS[0], "companies", n=n),
        told(shares, DOMAINS[0], "associations", measure="acts", n=n),
    ]
    perceptions, scores = pl.concat(tables), scored(values)
    found = crossed(nine, perceptions, scores, **drawn)

    four = found.crossings.select(pl.sum_horizontal(FOUR).alias("sum"), "quadrant").drop_nulls()
    assert np.allclose(four["sum"].to_numpy(), 1, atol=1e-8)
    assert found.crossings.filter(pl.col("status") == "Q")["rank"].is_null().all()
    ranked = found.crossings.drop_nulls("gap")
    assert (ranked["gap"] == ranked["objective_rank"] - ranked["rank"]).all()
    assert (ranked["rank_low"] <= ranked["rank_high"]).all()
    assert (ranked["gap_low"] <= ranked["gap_high"]).all()
    placed = found.priorities.drop_nulls("place")
    assert (placed["place_low"] <= placed["place_high"]).all()
    assert placed["weight"].is_between(0, 1).all()
    for name in ("p_first", "p_fragile", "p_seen", "p_few_act", "p_blind_spot"):
        assert found.priorities[name].drop_nulls().is_between(0, 1).all()

    shuffled = (
        perceptions.sample(fraction=1, shuffle=True, seed=seed),
        scores.sample(fraction=1, shuffle=True, seed=seed),
    )
    again = crossed(nine, *shuffled, **drawn)
    for table in ("crossings", "gaps", "priorities"):
        assert getattr(found, table).equals(getattr(again, table))
