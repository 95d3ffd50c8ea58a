"""An index of search follows what is public: at once, and again after whatever stopped in the middle.

A base has a version that grows with each change, in the same transaction; the index notes the version that it holds.
Where the two differ, numbers and versions are compared and what differs is put in or taken out. So nothing has to be
remembered of a change that a crash cut short: the next search, or the next start, finds it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from odd17.core.kernel import Odd17Error
from odd17.core.kernel.search import PAGE, Found, Query, SearchUnavailable, Suggestions
from odd17.workflows.search_at_home import SearchAtHome

_LOG: Final = logging.getLogger("odd17.search")
_AT_ONCE: Final = 500
"""Things that are read together; more than this to do, and who searches does not wait for it."""


@dataclass(frozen=True, slots=True)
class Public:
    """What is public in a base: its version, the version of each thing by number, all things, and those numbered."""

    version: Callable[[], int]
    versions: Callable[[], Mapping[str, str]]
    all: Callable[[], Iterable[Any]]
    numbered: Callable[[Iterable[str]], Iterable[Any]]


class FollowedIndex:
    """``index``, kept in step with ``public``."""

    def __init__(self, index: SearchAtHome[Any, Any, Any], public: Public) -> None:
        self.index, self.public = index, public
        self._sure = threading.Event()  # whether this process has compared the two since it began

    def rebuild(self) -> int:
        """Build the index again from all that is public; how many it holds. Raises as the workflow does."""
        version = str(self.public.version())
        count = self.index.rebuild(self.public.all())
        self.index.note_followed(version)
        return count

    def follow(self) -> None:
        """Bring the index to what is public, or build it where there is none; another process may be doing so already.

        Raises Odd17Error where another process writes for too long.
        """
        with self.index.following() as mine:
            if not mine:
                return
            version = str(self.public.version())
            wanted = self.public.versions()
            try:
                held = self.index.versions()
            except SearchUnavailable:
                self.rebuild()
                self._sure.set()
                return
            late = [number for number, when in wanted.items() if held.get(number) != when]
            self.index.change((), held.keys() - wanted.keys())
            for batch in _batches(late):
                self.index.change(self.public.numbered(batch), ())
            self.index.note_followed(version)
            self._sure.set()

    def catch_up(self) -> None:
        """Bring the index to what is public where that is little to do; much is done beside."""
        if self._sure.is_set() and self.index.followed() == str(self.public.version()):
            return
        if self._much_to_do():
            threading.Thread(target=self._beside, name="search", daemon=True).start()
            return
        try:
            self.follow()
        except (Odd17Error, OSError) as error:
            _LOG.warning("%s", error)  # what is there answers; the next search tries again

    def find(self, query: Query[Any], size: int = PAGE) -> Found[Any, Any]:
        """What ``query`` finds in what is public now.

        Raises SearchUnavailable where there is no index and building it takes long: it is then being built beside.
        """
        self.catch_up()
        return self.index.search(query, size)

    def suggest(self, prefix: str) -> Suggestions:
        """What is offered to who has typed ``prefix``; nothing where there is no index yet."""
        try:
            return self.index.suggest(prefix)
        except SearchUnavailable:
            return Suggestions()

    def every(self, query: Query[Any], most: int) -> tuple[str, ...]:
        """The numbers of the first ``most`` things that ``query`` finds. Raises as :meth:`find`."""
        self.catch_up()
        return self.index.identifiers(query, most)

    def _much_to_do(self) -> bool:
        try:
            held = self.index.versions()
        except SearchUnavailable:
            held = {}
        return len(self.public.versions().items() - held.items()) > _AT_ONCE

    def _beside(self) -> None:
        try:
            self.follow()
        except Exception:  # whatever it is, it is told here: nobody waits for this thread
            _LOG.exception("an index of search could not be brought up to date")
        finally:
            connection.close()


def _batches(numbers: list[str]) -> list[list[str]]:
    return [numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)]
