"""Régions, départements and EPCI that are none any more: found by identifier, code or name; what stands for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .levels import split_id
from .normalised import words


@dataclass(frozen=True, slots=True)
class FormerArea:
    """One of before: ``today`` are territories that cover all its ground, and just its ground where it ``is_exact``.

    >>> FormerArea("REG-74", "Limousin", ("DEP-19", "DEP-23", "DEP-87"), is_exact=True).carried
    ('DEP-19', 'DEP-23', 'DEP-87')
    >>> FormerArea("EPCI-241800325", "CC les Villages de la Forêt", ("EPCI-200000933", "EPCI-200090561")).carried
    ()
    """

    id: str
    name: str
    today: tuple[str, ...]
    is_exact: bool = False

    @property
    def carried(self) -> tuple[str, ...]:
        """What stands for it without a guess: its own ground, or the one territory that holds it; else nothing."""
        return self.today if self.is_exact or len(self.today) == 1 else ()


class FormerAreas:
    """Areas of before, by identifier, code and name."""

    def __init__(self, areas: Iterable[FormerArea] = ()) -> None:
        self._by_id = {area.id: area for area in areas}
        self._called: dict[object, list[FormerArea]] = {}
        for area in self._by_id.values():
            for called in (split_id(area.id)[1], words(area.name)):
                self._called.setdefault(called, []).append(area)

    def named(self, label: str) -> FormerArea | None:
        """The one that ``label`` names: an identifier (words may follow), a code alone, a whole name; None for others.

        A code or a name that two of them had names none.
        """
        asked = label.strip().upper()
        if (known := self._by_id.get(asked.partition(" ")[0])) is not None:
            return known
        found = self._called.get(asked) or self._called.get(words(label), [])
        return found[0] if len(found) == 1 else None
