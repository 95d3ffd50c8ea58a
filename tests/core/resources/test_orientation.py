"""Where to start: the report's twelve cells, in an order that has its reason."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
import yaml

from odd17.core.resources.access import OPEN, kit_axes, purposes, service, services, tiers
from odd17.core.resources.orientation import Kind, audiences, cells, maturities, objectives, orientation
from odd17.core.resources.spine import goal_17_levers, relations, spine


def test_there_are_twelve_distinct_cells() -> None:
    found = [cell for audience in audiences() for cell in cells(audience.id)]
    assert len(found) == 12
    assert len({cell.text.fr for cell in found}) == len({cell.text.en for cell in found}) == 12
    assert len({cell.named for cell in found}) == 12


@pytest.mark.parametrize("audience", [one.id for one in audiences()])
def test_an_answer_is_the_three_cells_of_the_audience_whatever_is_wanted(audience: str) -> None:
    for objective, maturity in product((None, *objectives()), (None, *maturities())):
        wanted, reached = (None if aim is None else aim.id for aim in (objective, maturity))
        placed = orientation(audience, wanted, reached)
        assert {one.cell for one in placed} == set(cells(audience))
        assert [one.place for one in placed] == [1, 2, 3]
        if objective is not None:
            assert placed[0].cell.kind is objective.first
            assert placed[0].objective == objective
        elif maturity is not None:
            assert placed[0].maturity == maturity


def test_the_objective_comes_before_the_maturity_and_both_are_said() -> None:
    first, second, third = orientation("organisations", "act", "deploying")
    assert [one.cell.kind for one in (first, second, third)] == [Kind.TOOLS, Kind.SKILLS, Kind.DATA]
    assert (first.maturity, second.objective, third.objective, third.maturity) == (None, None, None, None)
    assert second.maturity is not None


def test_without_a_wish_the_order_is_that_of_the_report() -> None:
    assert [one.cell.kind for one in orientation("territories")] == list(Kind)


@pytest.mark.parametrize("asked", [("nobody", None, None), ("territories", "fly", None), ("territories", None, "x")])
def test_an_unknown_word_is_a_key_error(asked: tuple[str, str | None, str | None]) -> None:
    with pytest.raises(KeyError):
        orientation(*asked)


def test_the_audiences_and_what_is_named_are_those_of_the_model(shared: Path) -> None:
    model = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))
    assert len(model["audiences"]) == len(audiences())
    for audience in audiences():
        told = model["orientation_kit"][audience.id]
        assert set(told) == {kind.value for kind in Kind}
        (skills,) = (cell for cell in cells(audience.id) if cell.kind is Kind.SKILLS)
        assert len(skills.named) == len(told["skills"])


def test_the_matrix_of_access_is_that_of_the_model(shared: Path) -> None:
    model = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))["access_tiers"]
    for purpose, tier in product(purposes(), tiers()):
        found = [one for one in services() if (one.purpose, one.tier) == (purpose.id, tier.id)]
        assert len(found) == len(model[purpose.id][tier.id]), (purpose.id, tier.id)


def test_the_mirror_is_on_request_and_the_self_diagnosis_open() -> None:
    assert service("mirror").tier == "request"
    assert service("self_diagnosis").tier == OPEN
    assert len({one.id for one in services()}) == len(services())
    assert len(kit_axes()) == 4


def test_the_spine_has_the_eight_steps_of_the_model(shared: Path) -> None:
    model = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))
    assert len(spine()) == len(model["spine"]) == 8
    assert len(goal_17_levers()) == len(model["sdg17_levers"])
    assert len(relations()) == 3
    assert len({step.slug for step in spine()}) == 8


def test_every_reading_is_named_by_the_report_with_the_year_that_it_prints(shared: Path) -> None:
    report = (shared / "reference" / "report.txt").read_text(encoding="utf-8").replace("’", "'").casefold()
    lines = report.splitlines()
    for step in spine():
        assert step.reading
        for reading in step.reading:
            naming = [line for line in lines if reading.title.replace("’", "'").casefold() in line]
            assert naming, reading
            if reading.year:
                assert any(reading.year in line for line in naming), reading
            else:
                assert not any(re.search(r"\b20\d\d\b", line) for line in naming), reading
