"""What partners count, item by item: members, uses, and each indicator that several of them follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from .answers import Answer

MEMBERS: Final = "members"
USES: Final = "uses"

_Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class CountedView:
    """One item across partners: what each says (for an indicator, its latest measure), and how far apart they are.

    ``item`` is ``members``, ``uses`` or the indicator's name; ``unit`` is None for the first two, which tells them from
    an indicator that somebody calls so. ``change`` is that of the median since the round before, None where it was not
    counted then.
    """

    item: str
    unit: str | None
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
    """The items that the answers count: members, uses, then indicators by name and unit, their case apart."""
    told: dict[_Key, dict[str, float]] = {}
    typed: dict[_Key, _Key] = {}
    for answer in answers:
        for item, value in ((MEMBERS, answer.members), (USES, answer.uses)):
            if value is not None:
                told.setdefault((item, None), {})[answer.partner] = float(value)
        for one in answer.indicators:
            key = _key(one.name.strip(), one.unit.strip())
            typed.setdefault(key, (one.name.strip(), one.unit.strip()))
            told.setdefault(key, {})[answer.partner] = one.measures[max(one.measures)]
    past = {_key(view.item, view.unit): view.median for view in before}
    return tuple(
        _view(typed.get(key, key), values, past.get(key))
        for key, values in sorted(told.items(), key=lambda one: (one[0][1] is not None, one[0][0], one[0][1] or ""))
    )


def _key(item: str, unit: str | None) -> _Key:
    return item.casefold(), None if unit is None else unit.casefold()


def _view(typed: _Key, values: Mapping[str, float], before: float | None) -> CountedView:
    middle = float(median(values.values()))
    change = None if before is None else middle - before
    return CountedView(*typed, values, min(values.values()), middle, max(values.values()), change)
