"""The measures of a programme counted by dimension and level, and by dimension and workstream; each count is a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from odd17.core.kernel import in_language
from odd17.core.programmes.chosen import Wanted
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.state import Known, State
from odd17.publishing.programme_words import known_name
from odd17.web.pages.language import language

UNKNOWN: Final = {"~non-publie": Known.UNPUBLISHED, "~sans-bilan": Known.NOT_REVIEWED}
"""How an address asks for measures whose level is not known: no level is called so."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many measures, and the address of their list; it has no address where there is nothing to list."""

    number: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension; ``hidden`` measures have a level that only totals tell: nothing stands in the cells of levels."""

    name: str
    counts: tuple[Count, ...]
    measures: Count
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """``heads`` of the columns of ``rows``; ``totals`` of each column, empty where they would count measures twice."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...] = ()


def by_level(programme: Programme, state: State) -> Matrix | None:
    """Dimensions and levels; None before the first review. A review in totals alone tells no cell of a dimension."""
    if not state.reviews:
        return None
    levels: list[tuple[str, str, dict[str, Any]]] = [
        (in_language(one.name, language()), one.id, {"level": one.id}) for one in programme.levels
    ]
    numbers = list(state.totals.values())
    hidden = bool(sum(numbers)) and all(one.level is None for one in state.measures)
    for asked, known in UNKNOWN.items():
        if count := state.unpublished if known is Known.UNPUBLISHED else state.not_reviewed:
            levels.append((known_name(known, language()), asked, {"known": known}))
            numbers.append(count)
    rows = []
    for dimension in programme.dimensions:
        states = Wanted(dimension.id).among(state.measures)
        counts = () if hidden else tuple(
            _count(programme, state, len(Wanted(**wanted).among(states)), dimension=dimension.id, niveau=asked)
            for _name, asked, wanted in levels
        )  # fmt: skip
        measures = _count(programme, state, len(states), dimension=dimension.id)
        rows.append(Row(in_language(dimension.name, language()), counts, measures, len(states) if hidden else 0))
    return Matrix(tuple(name for name, *_more in levels), tuple(rows), tuple(numbers))


def by_workstream(programme: Programme, state: State) -> Matrix | None:
    """Dimensions and workstreams; None where the programme has none. A measure counts in each of its workstreams."""
    if not programme.workstreams:
        return None
    rows = []
    for dimension in programme.dimensions:
        states = Wanted(dimension.id).among(state.measures)
        counts = tuple(
            _count(
                programme, state, len(Wanted(workstream=one.id).among(states)), dimension=dimension.id, chantier=one.id
            )
            for one in programme.workstreams
        )  # fmt: skip
        rows.append(
            Row(
                in_language(dimension.name, language()), counts,
                _count(programme, state, len(states), dimension=dimension.id),
            )
        )  # fmt: skip
    return Matrix(tuple(in_language(one.name, language()) for one in programme.workstreams), tuple(rows))


def wanted_in(told: Any, programme: Programme) -> Wanted | None:
    """What an address asks for (``dimension``, ``chantier``, ``niveau``); None for what the programme has not."""
    asked = told.get("niveau") or None
    known = UNKNOWN.get(asked) if asked else None
    wanted = Wanted(
        told.get("dimension") or None, told.get("chantier") or None, None if known is not None else asked, known
    )  # fmt: skip
    return wanted if wanted.exists_in(programme) else None


def levels_to_choose(programme: Programme) -> Sequence[tuple[str, str]]:
    """How an address asks for a level, and its name; those that are not known last."""
    levels = [(one.id, in_language(one.name, language())) for one in programme.levels]
    return [*levels, *((asked, known_name(known, language())) for asked, known in UNKNOWN.items())]


def _count(programme: Programme, state: State, number: int, **asked: str) -> Count:
    if not number:
        return Count(0)
    query = urlencode({"au": state.day.isoformat(), **asked})
    return Count(number, f"{reverse('programme_measures', args=[programme.id])}?{query}")
