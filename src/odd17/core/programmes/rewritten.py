"""What differs between two definitions of a programme: once readers know it, nobody rewrites it in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from odd17.core.kernel import Text, in_language

from .levels import lines_of_levels
from .programme import Measure, Programme


class Part(StrEnum):
    """What of a programme was rewritten."""

    TITLE = "title"
    DAY = "day"  # of its publication, from which months count
    LEVELS = "levels"
    LABEL = "label"  # of a measure, as its dimension and its effects
    DIMENSION = "dimension"
    EFFECTS = "effects"  # in months: the first, and all
    ADDED = "added"
    REMOVED = "removed"
    MONEY = "money"  # how many amounts


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A part that is another one now; ``number`` is that of a measure. What was not there is an empty text."""

    part: Part
    before: str
    after: str
    number: int | None = None


def rewritings(before: Programme, after: Programme) -> tuple[Rewriting, ...]:
    """Every part that readers would find changed, measures by their numbers; of texts in two languages the French.

    >>> from dataclasses import replace
    >>> from odd17.core.programmes.report_2020 import report_programme
    >>> one = report_programme()
    >>> [(told.part.value, told.after) for told in rewritings(one, replace(one, title="Plan"))]
    [('title', 'Plan')]
    """
    return tuple(one for one in _told(before, after) if one.before != one.after)


def _told(before: Programme, after: Programme) -> Iterator[Rewriting]:
    yield Rewriting(Part.TITLE, _fr(before.title), _fr(after.title))
    yield Rewriting(Part.DAY, before.published.isoformat(), after.published.isoformat())
    yield Rewriting(Part.LEVELS, _levels(before), _levels(after))
    older, newer = ({one.number: one for one in programme.measures} for programme in (before, after))
    for number in sorted(older.keys() | newer.keys()):
        if number not in newer:
            yield Rewriting(Part.REMOVED, _fr(older[number].label), "", number)
        elif number not in older:
            yield Rewriting(Part.ADDED, "", _fr(newer[number].label), number)
        else:
            was, now = _parts(before, older[number]), _parts(after, newer[number])
            for part in was:
                yield Rewriting(part, was[part], now[part], number)


def _parts(programme: Programme, measure: Measure) -> Mapping[Part, str]:
    horizon = programme.horizon(measure)
    dimension = next(one.name for one in programme.dimensions if one.id == measure.dimension)
    return {
        Part.LABEL: _fr(measure.label),
        Part.DIMENSION: _fr(dimension),
        Part.EFFECTS: "" if horizon is None else f"{horizon.first}–{horizon.full}",
    }


def _levels(programme: Programme) -> str:
    return ", ".join(lines_of_levels(programme.levels, "fr").splitlines())


def _fr(text: Text | str) -> str:
    return in_language(text, "fr")
