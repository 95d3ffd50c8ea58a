"""The entries of the directory, ready to be asked by words, by filters, by place and by practice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from odd17.core.kernel import trades
from odd17.core.territories import Cog, Level

from .catalyst_query import CatalystQuery
from .catalysts import Absence, Catalyst, CoverageMatrix, coverage
from .catalysts_near import Reach, touched


class Directory:
    """``catalysts`` by name, over the territories of ``cog``; all that a page asks of them is looked up, not reread.

    Raises UnknownTerritory for a territory of an entry that ``cog`` lacks.
    """

    def __init__(self, catalysts: Iterable[Catalyst], cog: Cog) -> None:
        self.catalysts = tuple(sorted(catalysts, key=lambda one: (folded(one.name), one.id)))
        self._cog = cog
        self._place = {one.id: place for place, one in enumerate(self.catalysts)}
        self._covering: dict[str, list[int]] = {}  # a territory: the entries that name it…
        self._around: dict[str, list[int]] = {}  # …those whose ground it is of
        self._own: dict[str, frozenset[str]] = {}  # what each territory of one's own touches
        self._ground: list[frozenset[str]] = []
        wider: dict[str, frozenset[str]] = {}
        for place, one in enumerate(self.catalysts):
            for id in one.territories:
                if id not in wider:
                    wider[id] = self._held_by(id)
                self._covering.setdefault(id, []).append(place)
            self._ground.append(_union([wider[id] for id in one.territories]))
            for id in self._ground[-1]:
                self._around.setdefault(id, []).append(place)

    def get(self, id: str) -> Catalyst | None:
        """The entry of this identifier, None where there is none."""
        place = self._place.get(id)
        return None if place is None else self.catalysts[place]

    def ground(self, one: Catalyst) -> frozenset[str]:
        """The territories that an entry covers, all that hold them, and those that they touch.

        An entry meets a territory of its ground, and every part of one that it covers.
        """
        return self._ground[self._place[one.id]]

    def on(self, territory: str) -> tuple[Catalyst, ...]:
        """Those who work on ``territory``: on the whole of it, on a part, or on what holds it; by name.

        Raises UnknownTerritory.
        """
        return tuple(self.catalysts[place] for place in self._meeting(territory))

    def near(self, territory: str) -> tuple[tuple[Catalyst, Reach], ...]:
        """Those that meet ``territory``: on it, then on what holds it (the smallest first), then on its parts.

        By name among equals. Raises UnknownTerritory.
        """
        return self._nearest([self.catalysts[place] for place in self._meeting(territory)], territory)

    def answering(self, query: CatalystQuery) -> tuple[tuple[Catalyst, Reach | None], ...]:
        """The entries that answer to ``query``: the nearest to its territory first, else by name.

        Each word asked must begin one of the name or the summary, whatever their accents. A trade read with doubt
        answers too, after those that are sure. Raises UnknownTerritory for a territory that the COG lacks.
        """
        places = range(len(self.catalysts)) if query.territory is None else self._meeting(query.territory)
        wanted = [f" {word}" for word in _words_of(query.text)]
        kept = [self.catalysts[place] for place in places if _answers(self.catalysts[place], query)]
        if wanted:
            said = self._said
            kept = [one for one in kept if all(word in said[self._place[one.id]] for word in wanted)]
        if query.trade is not None:
            kept.sort(key=lambda one: query.trade not in one.trades)
        return tuple((one, None) for one in kept) if query.territory is None else self._nearest(kept, query.territory)

    def coverage(self, territories: Sequence[str], absences: Sequence[Absence] = ()) -> CoverageMatrix:
        """Who does which of the four trades on each territory: on the whole of it, on a part, or on what holds it."""
        return coverage([trade.id for trade in trades()], territories, self.on, absences)

    def of_practice(self, number: str) -> tuple[Catalyst, ...]:
        """Those who say that they took part in the practice of this number, by name."""
        return tuple(self._of_practice.get(number, ()))

    @cached_property
    def _said(self) -> list[str]:
        """The words of each entry, each after a space."""
        return [f" {' '.join(_words_of(f'{one.name} {one.summary}'))}" for one in self.catalysts]

    @cached_property
    def _of_practice(self) -> dict[str, list[Catalyst]]:
        found: dict[str, list[Catalyst]] = {}
        for one in self.catalysts:
            for number in one.practices:
                found.setdefault(number, []).append(one)
        return found

    def _held_by(self, id: str) -> frozenset[str]:
        """``id``, what holds it, and what it touches."""
        apart = touched(id, self._cog)
        place = self._cog[id]
        if place.level is Level.OWN:
            self._own[id] = apart
        return apart.union((id, *place.parents))

    def _meeting(self, territory: str) -> list[int]:
        found = set(self._around.get(territory, ()))
        for id in touched(territory, self._cog).union(self._cog[territory].parents):
            found.update(self._covering.get(id, ()))
        return sorted(found)

    def _nearest(self, met: Iterable[Catalyst], territory: str) -> tuple[tuple[Catalyst, Reach], ...]:
        steps = {id: step for step, id in enumerate(self._cog[territory].parents)}
        if self._cog[territory].level is Level.COMMUNE:  # a territory of one's own is no parent of its communes
            steps |= {id: 0 for id, apart in self._own.items() if territory in apart}

        def distance(one: Catalyst) -> tuple[int, int]:
            if territory in one.territories:
                return 0, 0
            least = min((steps[id] for id in one.territories if id in steps), default=None)
            return (2, 0) if least is None else (1, least)

        found = sorted(((distance(one), one) for one in met), key=lambda item: item[0])
        return tuple((one, _REACHES[far]) for (far, _step), one in found)


_REACHES = tuple(Reach)


def folded(text: str) -> str:
    """``text`` in small letters without accents.

    >>> folded("Évry")
    'evry'
    """
    plain = text.casefold()
    if plain.isascii():
        return plain
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def _union(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


def _answers(one: Catalyst, query: CatalystQuery) -> bool:
    return (
        (query.trade is None or query.trade in one.trades or query.trade in one.doubtful_trades)
        and (query.domain is None or query.domain in one.domains)
        and (query.kind is None or query.kind == one.kind)
        and (query.language is None or query.language in one.languages)
        and (query.service is None or query.service in one.services)
    )


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
