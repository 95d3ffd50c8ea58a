from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from odd17.core.diagnosis.scoring import fit_again, score
from odd17.core.diagnosis.what_if import Choices, WhatIf, try_out
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.pipeline import Fit
from odd17.core.kernel import UsageError, domains
from odd17.core.territories import Cog


@pytest.fixture(scope="module")
def departements(
    cog: Cog, frame: FrameDefinition, one_each: dict[str, Indicator], tell: object
) -> tuple[Fit, dict[str, object], pl.DataFrame]:
    """Every domain has a figure of every département; the published scores beside."""
    random = np.random.default_rng(8)
    rows = [(id, name, "2020", float(random.normal())) for id in cog.at("DEP") for name in one_each]
    observations = tell(rows)  # type: ignore[operator]
    scoring = score(observations, one_each, frame, cog)
    log = scoring.logs["DEP"]
    fit = fit_again(log, observations, cog)
    assert fit is not None
    published = scoring.scores.filter(pl.col("peer_set") == "DEP", pl.col("node") == "overall")
    return fit, log, published


Tried = tuple[Fit, dict[str, object], pl.DataFrame]


def tried(found: Tried, **choices: object) -> WhatIf:
    return try_out(found[0], found[1], Choices(**choices), found[2])  # type: ignore[arg-type]


def test_the_frames_own_choices_give_the_published_ranks(departements: Tried) -> None:
    found = tried(departements)
    assert found.whole
    assert len(found.domains) == 16
    assert found.unmoved == 101
    published = dict(departements[2].select("territory", "rank").iter_rows())
    assert dict(found.table.select("territory", "before").iter_rows()) == published


def test_one_domain_alone_ranks_by_its_figure(departements: Tried) -> None:
    fit = departements[0]
    nothing = {domain.id: 0.0 for domain in domains() if domain.id != "health"}
    found = tried(departements, weights=nothing)
    assert found.domains == ("health",)
    figures = fit.inputs.raw.table().sort("made_up_health", descending=True)["unit"].to_list()
    assert found.table["territory"].to_list() == figures


def test_weights_move_ranks_and_the_moves_are_told(departements: Tried) -> None:
    found = tried(departements, weights={"employment": 10.0}, scale="zscore", mean="geometric")
    assert found.mean_shift > 0
    assert found.unmoved < 101
    assert (found.table["shift"] == found.table["before"] - found.table["after"]).all()
    assert found.table["after"].is_sorted()


def test_a_dimension_of_weight_nothing_takes_its_domains_with_it(departements: Tried) -> None:
    found = tried(departements, weights={"societal": 0.0})
    names = {domain.id for domain in domains() if domain.dimension != "societal"}
    assert set(found.domains) == names


@pytest.mark.parametrize(
    "wrong",
    [
        {"scale": "percentile"},
        {"mean": "median"},
        {"weights": {"employment": -1.0}},
        {"weights": {"employment": float("nan")}},
        {"weights": {"employment": 101.0}},
        {"weights": {"nothing": 1.0}},
        {"weights": {"overall": 2.0}},
        {"weights": {"economic": 0.0, "social": 0.0, "societal": 0.0, "environmental": 0.0}},
    ],
)
def test_choices_that_make_no_index_are_refused(departements: Tried, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        tried(departements, **wrong)


def test_the_moves_beyond_the_published_interval_are_marked_and_counted(departements: Tried) -> None:
    same = tried(departements)
    assert (same.bounded, same.level) == (101, 0.9)
    outside = departements[2].filter(~pl.col("rank").is_between(pl.col("rank_low"), pl.col("rank_high"))).height
    assert same.beyond == outside
    far = tried(departements, weights={"employment": 90.0}, mean="geometric")
    bounds = {row["territory"]: (row["rank_low"], row["rank_high"]) for row in departements[2].iter_rows(named=True)}
    for row in far.table.iter_rows(named=True):
        low, high = bounds[row["territory"]]
        assert (row["low"], row["high"]) == (low, high)
        assert row["beyond"] == (not low <= row["after"] <= high)
    assert far.beyond == far.table["beyond"].sum() > same.beyond


def test_without_a_published_interval_nothing_is_beyond(departements: Tried) -> None:
    found = try_out(departements[0], departements[1], Choices({"employment": 90.0}))
    assert (found.bounded, found.beyond) == (0, 0)
    assert found.table["beyond"].null_count() == found.table.height
