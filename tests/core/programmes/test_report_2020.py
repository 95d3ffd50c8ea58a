"""The report's programme as it ships, against what the report says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from odd17.core.programmes.portfolio import disagreements, parts_of
from odd17.core.programmes.programme import expected_on
from odd17.core.programmes.report_2020 import report_figures, report_pillars, report_programme, report_reviews
from odd17.core.programmes.reviews import check_reviews
from odd17.core.programmes.state import Known, state_at

REVIEW = date(2020, 10, 17)


def test_it_is_the_programme_of_the_model(shared: Path) -> None:
    model = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))
    programme = report_programme()
    assert programme.published == model["programme_dates"]["published"]
    for dimension in programme.dimensions:
        told = model["measures"][dimension.id]
        assert dimension.horizon is not None
        assert [dimension.horizon.first, dimension.horizon.full] == told["effects_months"]
        assert [one.number for one in programme.measures if one.dimension == dimension.id] == list(told["labels"])
    totals = state_at(programme, report_reviews(), REVIEW).totals
    assert list(totals.values()) == [
        model["progress_2020_10_17"][level.replace("_", " ")] for level in totals
    ]  # fmt: skip


def test_the_review_of_17_october_2020_is_totals_and_no_level() -> None:
    programme, reviews = report_programme(), report_reviews()
    assert check_reviews(programme, reviews, REVIEW)
    state = state_at(programme, reviews, REVIEW)
    assert list(state.totals.values()) == [6, 9, 6, 0]
    assert {one.known for one in state.measures} == {Known.UNPUBLISHED}
    assert [one.number for one in state.expected] == [1, 2, 3, 4, 5, 6, 7]
    assert state.expected == expected_on(programme, REVIEW)


def test_the_report_disagrees_with_itself_in_the_open() -> None:
    found = {one.subject: one for one in disagreements(report_figures())}
    assert [int(figure.value) for figure in found["mobilised"].figures] == [70, 100]
    assert found["research"].same_value
    assert [int(figure.value) for figure in found["research"].figures] == [8, 8]
    assert set(found) == {"mobilised", "research", "dissemination", "spaces", "reports"}


def test_the_printed_parts_add_up_to_the_second_total_and_not_the_first() -> None:
    (parts,) = parts_of(report_figures())
    assert [int(one.value) for one in parts.parts] == [70, 15, 8, 5, 2]  # each once, though some have two names
    assert (int(parts.value), parts.unit) == (100, "EUR_million")
    assert [int(one.value) for one in parts.same] == [100]
    assert [int(one.value) for one in parts.other] == [70]


def test_figures_and_pillars_are_those_of_the_model(shared: Path) -> None:
    told = yaml.safe_load((shared / "reference" / "model.yaml").read_text(encoding="utf-8"))["co_construction_factory"]
    assert [one.name.en.lower() for one in report_pillars()] == told["pillars"]
    printed = {int(one.value) for one in report_figures() if one.unit == "EUR_million"}
    assert set(told["amounts_eur_million"].values()) <= printed
    assert all(one.source for one in report_figures())
