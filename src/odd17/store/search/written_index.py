"""Writing an index: by one process at a time, on disk before return, and built again beside the one that answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Generic, TypeVar

import tantivy

from odd17.core.kernel.search import SearchUnavailable

from .fields import Fields, register
from .generations import Generations, unavailable
from .reader import open_index

_HEAP: Final = 15_000_000  # bytes, the least that the engine takes: for one thing
_BUILD_HEAP: Final = 200_000_000
_THREADS: Final = 2

ItemT = TypeVar("ItemT")


class WrittenIndex(ABC, Generic[ItemT]):
    """The index kept in ``folder``, written; a kind of things says in a class of its own what its fields are.

    ``wait``: seconds that a writer waits for another before it gives up with an Odd17Error.
    """

    def __init__(self, folder: Path, schema: tantivy.Schema, *, wait: float = 30.0) -> None:
        self._generations = Generations(folder, wait)
        self._schema = schema

    @abstractmethod
    def _document(self, item: ItemT) -> Fields:
        """The fields of one thing, under its number ``id``."""

    def replace_all(self, items: Iterable[ItemT]) -> int:
        """Build the index again from ``items`` while the one there is goes on answering; how many it holds.

        What is put and removed meanwhile is in both. The new one is on disk before one rename switches to it; where
        anything fails, the old one stays.
        """
        with self._generations.building() as aside:
            index = tantivy.Index(self._schema, str(aside))
            register(index)
            count = 0
            with _written(index, _BUILD_HEAP, _THREADS) as writer:
                for item in items:
                    writer.add_document(tantivy.Document.from_dict(self._document(item), self._schema))
                    count += 1
            with self._generations.writing():
                changes = dict(self._generations.changes())
                if changes:
                    self._write(index, changes)
                self._generations.switch(aside)
        return count

    def put(self, item: ItemT) -> None:
        """Hold ``item`` in the place of what had its number; on disk before return.

        Raises SearchUnavailable where there is no index, and Odd17Error where another process writes for too long.
        """
        self.change((item,))

    def remove(self, identifier: str) -> None:
        """Forget what has this number, if it is there; on disk before return. Raises as :meth:`put`."""
        self.change((), (identifier,))

    def change(self, put: Iterable[ItemT], removed: Iterable[str] = ()) -> None:
        """Several changes at once. Raises as :meth:`put`."""
        changes: dict[str, Fields | None] = dict.fromkeys(removed)
        for item in put:
            fields = self._document(item)
            changes[str(fields["id"][0])] = fields
        self._change(changes)

    def following(self) -> AbstractContextManager[bool]:
        """Whether this process alone may bring the index up to date now, for as long as that is held."""
        return self._generations.following()

    def _change(self, changes: Mapping[str, Fields | None]) -> None:
        if not changes:
            return
        with self._generations.writing():
            building = self._generations.is_building
            if building:
                for change in changes.items():
                    self._generations.keep_change(change)
            try:
                self._write(open_index(self._generations.current()), changes)
            except SearchUnavailable:
                if not building:  # the first index is being built, and what changed is kept for it
                    raise
            except (ValueError, OSError) as error:
                raise unavailable() from error

    def _write(self, index: tantivy.Index, changes: Mapping[str, Fields | None]) -> None:
        with _written(index, _HEAP, 1) as writer:
            for identifier, fields in changes.items():
                writer.delete_documents_by_term("id", identifier)
                if fields is not None:
                    writer.add_document(tantivy.Document.from_dict(fields, self._schema))


@contextmanager
def _written(index: tantivy.Index, heap: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """A writer whose changes are on disk afterwards, all or none; none of its threads outlives it."""
    writer = index.writer(heap, threads)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
