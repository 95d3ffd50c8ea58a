from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
import pytest

from odd17.core.diagnosis import sensitivity as module
from odd17.core.diagnosis.scoring import Scoring, score
from odd17.core.diagnosis.sensitivity import highest
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import UsageError, domains
from odd17.core.territories import Cog

Tell = Callable[..., pl.DataFrame]
Country = Callable[[Mapping[str, int]], Cog]
MadeUp = Callable[..., Indicator]


def scored(country: Country, frame: FrameDefinition, tell: Tell, indicators: dict[str, Indicator]) -> Scoring:
    random = np.random.default_rng(2)
    rows = [(f"REG-{at:02}", name, "2020", float(random.normal())) for at in range(12) for name in indicators]
    return score(tell(rows), indicators, frame, country({f"{at:02}": 1 for at in range(12)}))


def test_the_whole_is_explained_where_it_has_scores(
    country: Country, frame: FrameDefinition, tell: Tell, one_each: dict[str, Indicator]
) -> None:
    pytest.importorskip("SALib")
    said = scored(country, frame, tell, one_each).logs["REG-metropolitan"]["sensitivity"]
    assert list(said) == ["overall"]
    assert json.loads(json.dumps(said)) == said
    whole = said["overall"]
    assert [row["factor"] for row in whole["sobol"]] == ["Normalise", "Aggregate", "weights"]
    assert {row["left_out"] for row in whole["leave_one_out"]} == {"economic", "social", "societal", "environmental"}
    assert sum(row["weight"] for row in whole["weights"]) == pytest.approx(1.0)


def test_a_domain_is_where_nothing_above_it_has_scores(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp
) -> None:
    indicators = {f"i{n}": made_up(f"i{n}") for n in range(3)} | {"rent": made_up("rent", "housing")}
    said = scored(country, frame, tell, indicators).logs["REG-metropolitan"]["sensitivity"]
    assert list(said) == ["employment"]  # one indicator alone makes housing: nothing moves it
    assert {row["left_out"] for row in said["employment"]["leave_one_out"]} == {"i0", "i1", "i2"}


def test_without_the_extra_the_rest_is_there(
    country: Country, frame: FrameDefinition, tell: Tell, made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_args: object, **_words: object) -> None:
        raise UsageError("Sobol indices need SALib")

    monkeypatch.setattr(module.Uncertainty, "sobol", absent)
    indicators = {f"i{n}": made_up(f"i{n}") for n in range(3)}
    said = scored(country, frame, tell, indicators).logs["REG-metropolitan"]["sensitivity"]["employment"]
    assert said["sobol"] is None
    assert len(said["leave_one_out"]) == 3


def test_communes_are_too_many(cog: Cog, frame: FrameDefinition, tell: Tell, made_up: MadeUp) -> None:
    rows = [(id, f"i{n}", "2020", float(at + n)) for at, id in enumerate(cog.at("COM")[:10]) for n in range(2)]
    logs = score(tell(rows), {f"i{n}": made_up(f"i{n}") for n in range(2)}, frame, cog).logs
    assert "sensitivity" not in logs["COM"]


def test_the_highest_nodes_hide_those_below(frame: FrameDefinition, one_each: dict[str, Indicator]) -> None:
    tree = Frame.from_table(frame.to_table(one_each.values()))
    names = [domain.id for domain in domains()]
    assert highest(tree, [*names, "social"])[0] == "social"
    assert "housing" not in highest(tree, [*names, "social"])
    assert "employment" in highest(tree, [*names, "social"])
