"""Where respondents are: names and codes of their territory, brought to the current COG or refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches

import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level, split_id, territory_id
from odd17.core.territories.movements import SAME_AS_NEXT, Movements
from odd17.core.territories.normalised import words

from .answers import Respondents
from .study import StudyTerritory

_WIDTH = {Level.REGION: 2, Level.DEPARTEMENT: 2, Level.COMMUNE: 5}


def places(given: StudyTerritory, people: Respondents, cog: Cog, movements: Movements) -> dict[Level, pl.Series]:
    """For each level at which figures are told, the territory of each respondent; null outside (overseas, in FRM).

    A cell is a label of ``codes``, an identifier, a code, or a name of the level. Codes of another vintage are carried
    where one commune became part of one other. Raises DataError that names the row for anything else.
    """
    if given.column is None:
        here = pl.Series([given.level.value]).new_from_index(0, people.frame.height)
        return {given.level: here}
    shown = people.shown(given.column)
    silent = people.rows.filter(shown.is_null())
    if len(silent):
        raise DataError(
            "a respondent without a territory", file=people.file, row=int(silent[0]), column=given.column,
            remedy="give it, or leave the respondent out of the file",
        )  # fmt: skip
    found = _Finder(given, people, cog, movements)
    ids = {value: found.territory(value) for value in shown.unique().to_list()}
    above = {value: {split_id(item)[0]: item for item in (id, *cog[id].parents)} for value, id in ids.items()}
    for value, id in ids.items():
        if not cog[id].is_overseas:
            above[value][Level.METROPOLITAN] = Level.METROPOLITAN.value
        above[value][Level.COUNTRY] = Level.COUNTRY.value
    return {
        level: shown.replace_strict({value: item.get(level) for value, item in above.items()}, return_dtype=pl.String)
        for level in given.estimates
    }


def nesting(given: StudyTerritory, cog: Cog) -> dict[str, list[str]]:
    """The territories that together make another, from one level at which figures are told to the next."""
    order = list(Level)
    levels = sorted(given.estimates, key=order.index)
    found: dict[str, list[str]] = {}
    for at, level in enumerate(levels[:-1]):
        below = levels[at + 1]
        if level is Level.COUNTRY and below is Level.METROPOLITAN:
            finer = levels[at + 2] if at + 2 < len(levels) else None
            overseas = [] if finer is None else [id for id in cog.at(finer) if cog[id].is_overseas]
            found["FR"] = ["FRM", *(overseas or ["overseas"])]
            continue
        parts: dict[str, list[str]] = defaultdict(list)
        for id in cog.at(below):
            whole = _whole(id, level, cog)
            if whole is not None:
                parts[whole].append(id)
        found.update(parts)
    return found


def _whole(id: str, level: Level, cog: Cog) -> str | None:
    if level is Level.COUNTRY:
        return level.value
    if level is Level.METROPOLITAN:
        return None if cog[id].is_overseas else level.value
    return next((parent for parent in cog[id].parents if split_id(parent)[0] is level), None)


class _Finder:
    """Tells territories of one level, from what stands in a file."""

    def __init__(self, given: StudyTerritory, people: Respondents, cog: Cog, movements: Movements) -> None:
        self.given, self.people, self.cog = given, people, cog
        self.names: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for id in cog.at(given.level):
            self.names[words(cog[id].name)].append(id)
        self.is_current = given.vintage == cog.vintage or all(
            year in SAME_AS_NEXT for year in range(min(given.vintage, cog.vintage), max(given.vintage, cog.vintage))
        )
        is_commune = given.level is Level.COMMUNE and not self.is_current
        passage = movements.passage(given.vintage, cog.vintage) if is_commune else None
        self.moved: Mapping[str, list[str]] = {} if passage is None else passage.successors()
        self.ended = frozenset() if passage is None else passage.ended
        if given.level is Level.EPCI and not self.is_current:
            raise DataError(
                "EPCI of another vintage cannot be carried: their perimeters change", file=people.file,
                column=given.column, value=given.vintage,
                remedy=Message("give the communes, or the EPCI of {vintage}", vintage=cog.vintage),
            )  # fmt: skip

    def territory(self, value: str) -> str:
        """The identifier of the territory that ``value`` means."""
        meant = self.given.codes.get(value, value)
        single = self.given.level.is_single
        code = meant.removeprefix(f"{self.given.level.value}-")
        id = self.given.level.value if single else territory_id(self.given.level, code)
        if single and meant != id:
            raise self._unknown(value, meant)
        later = self.moved.get(code, [code] if code not in self.ended else [])
        if len(later) == 1 and later[0] != code:
            return territory_id(self.given.level, later[0])
        if len(later) != 1:
            raise self._not_carried(value)
        if id in self.cog:
            return id
        named = self.names.get(words(meant), [])
        if len(named) == 1:
            return named[0]
        raise self._unknown(value, meant)

    def _not_carried(self, value: str) -> DataError:
        return self._wrong(
            Message("the territory of {vintage} cannot be carried: it was split since", vintage=self.given.vintage),
            value, remedy="say with `codes` where its respondents are now",
        )  # fmt: skip

    def _unknown(self, value: str, meant: str) -> DataError:
        level = self.given.level
        padded = meant.zfill(_WIDTH.get(level, 0))
        if padded != meant and territory_id(level, padded) in self.cog:
            return self._wrong(
                "the code has lost its leading zero", value,
                remedy=Message("write {padded}, or say with `codes` what it means", padded=padded),
            )  # fmt: skip
        if len(self.names.get(words(meant), [])) > 1:
            return self._wrong("several territories have this name", value, remedy="give their codes")
        known = [self.cog[id].name for ids in self.names.values() for id in ids]
        near = get_close_matches(meant, known, n=1)
        hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
        other = "" if self.is_current else Message("; codes of {vintage} may be gone since", vintage=self.given.vintage)
        return self._wrong(
            Message("no territory of the COG {vintage}{other}", vintage=self.cog.vintage, other=other), value,
            remedy=Message("{hint}Say with `codes` what it means; the level is {level}", hint=hint, level=level.label),
        )  # fmt: skip

    def _wrong(self, message: str, value: str, *, remedy: str) -> DataError:
        column = self.given.column or ""
        row = int(self.people.rows.filter(self.people.shown(column) == value)[0])
        return DataError(message, file=self.people.file, row=row, column=column, value=value, remedy=remedy)
