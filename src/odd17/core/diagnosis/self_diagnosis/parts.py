"""The parts into which everything that was ever shown cuts those who were shown: none below ``k``, for good.

Two elements are in one part where every set that was ever shown holds both or neither. Whatever a reader adds,
subtracts or crosses, of today or kept from years ago, is made of whole parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256


class Parts:
    """A partition that only gets finer, and whose parts keep at least ``k`` elements."""

    def __init__(self, part: Mapping[str, int], k: int) -> None:
        self._k = k
        self._part = dict(part)
        self._members: dict[int, set[str]] = defaultdict(set)
        for element, number in part.items():
            self._members[number].add(element)

    @property
    def part(self) -> dict[str, int]:
        """The part of each element that was ever shown."""
        return dict(self._part)

    def whole(self, elements: Iterable[str]) -> frozenset[str]:
        """What of ``elements`` can be shown without cutting anything: the parts that they hold whole."""
        inside = self._inside(elements)
        return frozenset().union(*(held for part, held in inside.items() if len(held) == self._size(part)))

    def showable(self, elements: Iterable[str]) -> frozenset[str]:
        """The most of ``elements`` that can be shown: of each part, as many as leave ``k`` outside, or none.

        Who stays out is drawn by a digest of their name, so that it says nothing of them. Of those never shown, all
        where they are ``k``, or none. Empty or at least ``k``.
        """
        shown: set[str] = set()
        for part, held in self._inside(elements).items():
            outside = max(0, self._size(part) - len(held))
            out = self._k - outside if 0 < outside < self._k else 0
            if len(held) - out >= self._k:
                shown.update(sorted(held, key=_draw)[out:])
        return frozenset(shown)

    def cut(self, shown: Iterable[str]) -> None:
        """Count ``shown`` among what was shown; ValueError where a part of fewer than ``k`` would be left."""
        cuts = {
            part: held for part, held in self._inside(shown).items() if len(held) != self._size(part) or part is None
        }
        for part, held in cuts.items():
            if len(held) < self._k or 0 < self._size(part) - len(held) < self._k:
                raise ValueError("a part of too few would be left")
        number = max(self._members, default=-1)
        for part, held in cuts.items():
            number += 1
            if part is not None:
                self._members[part] -= held
            self._members[number] = held
            self._part.update(dict.fromkeys(held, number))

    def _inside(self, elements: Iterable[str]) -> dict[int | None, set[str]]:
        inside: dict[int | None, set[str]] = defaultdict(set)
        for element in elements:
            inside[self._part.get(element)].add(element)
        return inside

    def _size(self, part: int | None) -> int:
        """0 for those never shown: outside of them there is nobody to be read."""
        return 0 if part is None else len(self._members[part])


def _draw(element: str) -> bytes:
    return sha256(element.encode()).digest()
