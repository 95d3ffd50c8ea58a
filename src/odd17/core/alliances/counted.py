"""What partners count, item by item: members, uses, and each indicator that several of them follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from .answers import Answer

MEMBERS: Final = "members"
USES: Final = "uses"


@dataclass(frozen=True, slots=True)
class CountedView:
    """One item across partners: what each says (for an indicator, its latest measure), and how far apart they are.

    ``item`` is ``members``, ``uses`` or the indicator's name; ``change`` is that of the median since the round before,
    None where it was not counted then.
    """

    item: str
    unit: str
    values: Mapping[str, float]
    low: float
    median: float
    high: float
    change: float | None

    @property
    def agreed(self) -> bool:
        """Whether all say the same."""
        return self.low == self.high


def counted(answers: Sequence[Answer], before: Sequence[CountedView] = ()) -> tuple[CountedView, ...]:
    """The items that the answers count: members, uses, then indicators by name, their case apart."""
    told: dict[tuple[str, str], dict[str, float]] = {}
    names: dict[tuple[str, str], str] = {}
    for answer in answers:
        for item, value in ((MEMBERS, answer.members), (USES, answer.uses)):
            if value is not None:
                told.setdefault((item, ""), {})[answer.partner] = float(value)
        for one in answer.indicators:
            key = (one.name.strip().casefold(), one.unit.strip().casefold())
            names.setdefault(key, one.name.strip())
            told.setdefault(key, {})[answer.partner] = one.measures[max(one.measures)]
    past = {(view.item.casefold(), view.unit.casefold()): view.median for view in before}
    return tuple(
        _view(names.get(key, key[0]), key[1], values, past.get(key))
        for key, values in sorted(told.items(), key=lambda one: (one[0][0] not in (MEMBERS, USES), one[0]))
    )


def _view(item: str, unit: str, values: Mapping[str, float], before: float | None) -> CountedView:
    middle = float(median(values.values()))
    change = None if before is None else middle - before
    return CountedView(item, unit, values, min(values.values()), middle, max(values.values()), change)
