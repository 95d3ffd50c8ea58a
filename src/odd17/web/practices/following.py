"""The index of search follows what is public: at once, and again after whatever stopped in the middle.

The base has a version that grows with each change, in the same transaction; the index notes the version that it holds.
Where the two differ, the numbers and versions of practices are compared and what differs is put in or taken out. So
nothing has to be remembered of a change that a crash cut short: the next search, or the next start, finds it.
"""

from __future__ import annotations

import logging
import threading
from typing import Final

from django.db import connection

from odd17.core.kernel import Odd17Error
from odd17.core.practices.query import PAGE, FoundPractices, PracticeQuery, SearchUnavailable, Suggestions
from odd17.workflows.search_practices import (
    change_practice_index,
    following_practices,
    found_practices,
    indexed_practices,
    note_practices_followed,
    practices_followed,
    rebuild_practice_index,
    search_practices,
    suggest_practices,
)

from .selectors import cases_numbered, published_cases, published_versions
from .version import practices_version

_LOG: Final = logging.getLogger("odd17.search")
_AT_ONCE: Final = 500
"""Practices that are read together; more than this to do, and who searches does not wait for it."""

_sure = threading.Event()  # whether this process has compared practices since it began


def rebuild() -> int:
    """Build the index again from the public practices; how many it holds. Raises as the workflow does."""
    version = str(practices_version())
    count = rebuild_practice_index(published_cases())
    note_practices_followed(version)
    return count


def follow() -> None:
    """Bring the index to what is public, or build it where there is none; another process may be doing so already.

    Raises Odd17Error where another process writes for too long.
    """
    with following_practices() as mine:
        if not mine:
            return
        version = str(practices_version())
        wanted = published_versions()
        try:
            held = indexed_practices()
        except SearchUnavailable:
            rebuild()
            _sure.set()
            return
        late = [number for number, when in wanted.items() if held.get(number) != when]
        change_practice_index((), held.keys() - wanted.keys())
        for batch in _batches(late):
            change_practice_index(cases_numbered(batch), ())
        note_practices_followed(version)
        _sure.set()


def find_practices(query: PracticeQuery, size: int = PAGE) -> FoundPractices:
    """What ``query`` finds in what is public now.

    Raises SearchUnavailable where there is no index and building it takes long: it is then being built beside.
    """
    _catch_up()
    return search_practices(query, size)


def suggest(prefix: str) -> Suggestions:
    """What is offered to who has typed ``prefix``; nothing where there is no index yet."""
    try:
        return suggest_practices(prefix)
    except SearchUnavailable:
        return Suggestions()


def every_found(query: PracticeQuery, most: int) -> tuple[str, ...]:
    """The numbers of the first ``most`` practices that ``query`` finds. Raises as :func:`find_practices`."""
    _catch_up()
    return found_practices(query, most)


def _catch_up() -> None:
    if _sure.is_set() and practices_followed() == str(practices_version()):
        return
    if _much_to_do():
        threading.Thread(target=_beside, name="practices", daemon=True).start()
        return
    try:
        follow()
    except Odd17Error as error:
        _LOG.warning("%s", error)  # what is there answers; the next search tries again


def _much_to_do() -> bool:
    try:
        held = indexed_practices()
    except SearchUnavailable:
        held = {}
    return len(published_versions().items() - held.items()) > _AT_ONCE


def _beside() -> None:
    try:
        follow()
    except Exception:
        _LOG.exception("the index of practices could not be brought up to date")
    finally:
        connection.close()


def _batches(numbers: list[str]) -> list[list[str]]:
    return [numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)]
