"""The levels of progress that a programme states for itself, as lines of text that people write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from odd17.core.kernel import DataError, Message, Text, in_language

from .cells import key
from .gathering import Gathering
from .programme import Level

MOST: Final = 12
LONGEST: Final = 60
_REASON: Final = Text("raison", "reason")
_DONE: Final = Text("terminé", "done")


def levels_of_lines(text: str, known: Iterable[Level] = (), file: str | None = None) -> tuple[Level, ...]:
    """The levels that ``text`` says: one a line, from the best to the worst, each with what it asks for or means.

    ``; raison`` (or ``; reason``) after a name: nobody says this level without saying why; ``; terminé`` (or
    ``; done``): a measure at this level is done. A level that is among ``known`` by its name keeps its identifier, so
    that reviews which speak of it still hold.

    Raises DataError, or Faults with every one of them, on: no level, more than ``MOST``, a name that is empty, given
    twice or longer than ``LONGEST`` signs, a word after the name that is none of the two.

    >>> [(one.id, one.needs_reason, one.done) for one in levels_of_lines("Fait ; terminé\\nEn retard ; raison")]
    [('fait', False, True), ('en-retard', True, False)]
    """
    names = {key(name): level for level in known for name in _names(level)}
    levels: dict[str, Level] = {}
    met = Gathering()
    for row, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            with met.here():
                level = _level(line, names, row, file)
                if level.id in levels:
                    raise DataError(
                        "two levels have this name", file=file, row=row, value=line.strip(), remedy="keep one of them"
                    )
                levels[level.id] = level
    met.end()
    if not 0 < len(levels) <= MOST:
        raise DataError(
            Message("a programme has from one to {most} levels", most=MOST), file=file, value=len(levels),
            remedy="write one a line",
        )  # fmt: skip
    return tuple(levels.values())


def lines_of_levels(levels: Iterable[Level], language: str) -> str:
    """The text of ``levels``; `levels_of_lines` reads it back.

    >>> lines_of_levels([Level("a", "Fait", done=True), Level("b", "En retard", True)], "fr")
    'Fait ; terminé\\nEn retard ; raison'
    """
    lines = []
    for one in levels:
        marks = [mark for mark, holds in ((_REASON, one.needs_reason), (_DONE, one.done)) if holds]
        lines.append(" ; ".join(in_language(part, language) for part in (one.name, *marks)))
    return "\n".join(lines)


def _level(line: str, known: Mapping[str, Level], row: int, file: str | None) -> Level:
    name, *words = (part.strip() for part in line.split(";"))
    asked = {key(word) for word in words if word}
    reason, done = ({key(mark.fr), key(mark.en)} for mark in (_REASON, _DONE))
    if other := sorted(asked - reason - done):
        raise DataError(
            Message("after the name stand {reason!r} or {done!r}, or nothing", reason=_REASON.fr, done=_DONE.fr),
            file=file, row=row, value=other[0], remedy="correct the line",
        )  # fmt: skip
    id = "-".join("".join(sign if sign.isalnum() else " " for sign in key(name)).split())
    if not id or len(name) > LONGEST:
        raise DataError(
            Message("a level has a name of {longest} signs at most", longest=LONGEST), file=file, row=row,
            value=line.strip(), remedy="correct the line",
        )  # fmt: skip
    here = known.get(key(name), Level(id, name))
    return Level(here.id, here.name, bool(asked & reason), bool(asked & done))


def _names(level: Level) -> tuple[str, ...]:
    return (level.name,) if isinstance(level.name, str) else (level.name.fr, level.name.en)
