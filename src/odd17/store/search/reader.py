"""Reading an index that others write: what they commit is seen by the next search."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from .fields import register
from .generations import Generations, unavailable

_Seen = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """An index at one moment."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    path: Path
    seen: _Seen


class Reader:
    """Gives a searcher that is up to date: two calls of the system a search tell whether anything changed."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._opened: Opened | None = None
        self._lock = threading.Lock()

    def open(self) -> Opened:
        """The index as it is now. Raises SearchUnavailable where there is none, or it cannot be read."""
        path = self._generations.current()
        seen = _seen(path)
        opened = self._opened
        if opened is not None and opened.seen == seen:
            return opened
        with self._lock:
            try:
                if opened is not None and opened.path == path:
                    opened.index.reload()
                    index = opened.index
                else:
                    index = open_index(path)
                self._opened = Opened(index, index.searcher(), path, seen)
            except (ValueError, OSError) as error:
                raise unavailable() from error
            return self._opened


def open_index(path: Path) -> tantivy.Index:
    """The index in ``path``, whose words are cut as ours are."""
    index = tantivy.Index.open(str(path))
    register(index)
    index.config_reader("manual")
    return index


def _seen(path: Path) -> _Seen:
    try:
        state = os.stat(path / "meta.json")
    except OSError as error:
        raise unavailable() from error
    return path.name, state.st_mtime_ns, state.st_ino
