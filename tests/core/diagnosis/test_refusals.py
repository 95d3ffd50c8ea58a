from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from odd17.core.diagnosis.refusals import domain_refusal
from odd17.core.diagnosis.scoring import score
from odd17.core.diagnosis.selection import Entry
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Reason, ReasonCode
from odd17.core.territories import Cog

ELSEWHERE = Reason(ReasonCode.NO_FIGURE_AT_LEVEL, {"levels": ["DEP"]})
NOWHERE = Reason(ReasonCode.NO_FIGURE)
CONSTANT = Reason(ReasonCode.CONSTANT)
UNKNOWN = Reason(ReasonCode.DIRECTION_UNKNOWN)


def entry(period: str | None, reason: Reason | None) -> Entry:
    return Entry("i", "employment", period, (period,) if period else (), 2 if period else 0, ("REG",), reason)


def test_what_is_shown_here_speaks_before_what_is_elsewhere() -> None:
    assert domain_refusal([entry(None, ELSEWHERE), entry("2020", CONSTANT), entry("2020", UNKNOWN)]) == CONSTANT
    assert domain_refusal([entry(None, NOWHERE), entry(None, ELSEWHERE)]) == ELSEWHERE
    assert domain_refusal([entry(None, NOWHERE)]) == NOWHERE
    assert domain_refusal([]) == NOWHERE
    # shown as absent, beside those of the territories around: a figure that is there speaks first
    absent = replace(entry("2020", Reason(ReasonCode.NOT_ADDITIVE)), values=0)
    assert domain_refusal([absent, entry("2020", CONSTANT)]) == CONSTANT


def test_one_indicator_that_enters_leaves_no_refusal() -> None:
    assert domain_refusal([entry("2020", CONSTANT), entry("2020", None)]) is None


def test_half_of_the_figures_is_too_few_and_none_is_another_thing(
    country: Callable[[Mapping[str, int]], Cog],
    frame: FrameDefinition,
    tell: Callable[..., pl.DataFrame],
    made_up: Callable[..., Indicator],
) -> None:
    two = {"a": made_up("a"), "b": made_up("b")}
    rows = [
        ("REG-01", "a", "2020", 1.0), ("REG-02", "a", "2020", 2.0), ("REG-03", "a", "2020", 3.0),
        ("REG-01", "b", "2020", 1.0), ("REG-02", "b", "2020", 2.0), ("REG-03", "b", "2020", None),
        ("REG-04", "a", "2020", None), ("REG-04", "b", "2020", None),
    ]  # fmt: skip
    cog = country({f"0{n}": 1 for n in range(1, 5)})
    scores = score(tell(rows, statuses={"REG-04": "Q"}), two, frame, cog).scores
    found = scores.filter(pl.col("node") == "employment").select("territory", "available", "reason").rows()
    assert found == [
        ("REG-01", 2, None), ("REG-02", 2, None), ("REG-03", 1, "too_many_missing"), ("REG-04", 0, "suppressed"),
    ]  # fmt: skip
