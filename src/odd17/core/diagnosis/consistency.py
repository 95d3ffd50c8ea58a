"""Does a row of figures agree with its own total? The cell of the country against the weighted mean of its regions.

The mean of an intensive figure (a rate, a ratio, an amount a head) over the country is the mean of its regions weighted
by its denominator. odd17 weights by population, which is not always the denominator (the active population for
unemployment, households for housing), so the two differ a little even in a perfect row. A row whose cells were put
in the wrong place, or read wrongly, differs a lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Reason, ReasonCode
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level

TOLERANCE: Final = 0.125
"""The largest gap between a reference and the mean of its regions, as a share of the larger of mean and range.

Why an eighth: over the ten rows of the report's regional table, the widest gap of a sound row is 6.5 % (digital access,
2017: a small ratio printed with two decimals) and the narrowest of a doubtful one 23 % (ageing); an eighth lies midway
between them as a ratio, nearly a factor of two from each. Why "the larger of mean and range": against the mean alone, a
change that averages near zero would always be flagged; against the range alone, so would a row whose regions are all
alike and rounded (purchasing power: 1.05 to 1.07).
"""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check of one indicator in one period. ``gap`` is the share that is held to ``tolerance``.

    A failure speaks of the row that was checked (the regions and their reference), not of figures at other levels.
    """

    indicator: str
    period: str
    kind: str  # "reference": the cell of the country against the weighted mean of the regions
    passed: bool
    reference: str  # FRM or FR
    expected: float  # the population-weighted mean of the regions
    found: float  # the reference's own cell
    gap: float
    tolerance: float = TOLERANCE

    def to_dict(self) -> dict[str, Any]:
        """The check as JSON values."""
        return asdict(self)

    @property
    def reason(self) -> Reason | None:
        """Why the indicator is not scored, or None where the check is passed."""
        if self.passed:
            return None
        params = {"reference": self.reference, "expected": self.expected, "found": self.found}
        return Reason(ReasonCode.INCONSISTENT_WITH_REFERENCE, params)


def check_references(observations: pl.LazyFrame, indicators: Mapping[str, Indicator], cog: Cog) -> tuple[Check, ...]:
    """Check every intensive indicator and period in which the country and all its regions have a value.

    Metropolitan France is checked against its 13 regions and France against all 18, in the order of indicators, then
    periods, then references. Counts are left out, for their total is a sum, and so is the profile, which is never
    scored. ``observations`` has the columns of ``odd17.core.indicators.observations.OBSERVATIONS``.
    """
    intensive = [id for id, item in indicators.items() if not item.is_count and item.domain is not None]
    values = observations.filter(
        pl.col("level").is_in([Level.COUNTRY.value, Level.METROPOLITAN.value, Level.REGION.value]),
        pl.col("value").is_not_null(),
        pl.col("indicator").is_in(intensive),
    ).select("indicator", "period", "territory", "value")
    regions = (
        cog.table.filter(pl.col("level") == Level.REGION.value).sort("id").select("id", "population", "is_overseas")
    )
    everyone: dict[str, Sequence[tuple[str, int | None]]] = {
        Level.METROPOLITAN.value: [row[:2] for row in regions.filter(~pl.col("is_overseas")).iter_rows()],
        Level.COUNTRY.value: [row[:2] for row in regions.iter_rows()],
    }
    found: dict[tuple[str, str], dict[str, float]] = {}
    for indicator, period, territory, value in values.collect().iter_rows():
        found.setdefault((indicator, period), {})[territory] = value
    order = {id: position for position, id in enumerate(indicators)}
    return tuple(
        check
        for (indicator, period), cells in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        for reference, people in everyone.items()
        if (check := _check(indicator, period, reference, cells, people)) is not None
    )


def failures(checks: Sequence[Check], level: Level) -> dict[tuple[str, str], Check]:
    """The first failed check that concerns ``level`` (regions, or the reference itself), by indicator and period."""
    failed: dict[tuple[str, str], Check] = {}
    for check in checks:
        if not check.passed and level.value in (Level.REGION.value, check.reference):
            failed.setdefault((check.indicator, check.period), check)
    return failed


def _check(
    indicator: str,
    period: str,
    reference: str,
    cells: Mapping[str, float],
    people: Sequence[tuple[str, int | None]],
) -> Check | None:
    if reference not in cells or not people:
        return None
    pairs = [(cells[region], population) for region, population in people if region in cells and population]
    if len(pairs) < len(people):
        return None
    expected = sum(value * population for value, population in pairs) / sum(population for _, population in pairs)
    values = [value for value, _ in pairs]
    yardstick = max(abs(expected), max(values) - min(values))
    distance = abs(cells[reference] - expected)
    # every region at zero leaves no yardstick: then only zero agrees
    gap = distance / yardstick if yardstick > 0 else (0.0 if distance == 0 else 1.0)
    return Check(indicator, period, "reference", gap <= TOLERANCE, reference, expected, cells[reference], gap)
