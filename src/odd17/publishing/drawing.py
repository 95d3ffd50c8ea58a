"""Drawing and typesetting in a process apart: a web worker asks for a drawing or a PDF and never loads the engines
(some 300 MB and 84 MB) itself."""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from multiprocessing.util import Finalize
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Final, Self, cast

from .charts.drawings import Drawing

ENGINE: Final = "odd17.publishing.charts.engine"
TYPESETTER: Final = "odd17.publishing.typesetting"
WORD_WRITER: Final = "odd17.publishing.word_document"
"""All are imported by name, in the drawing process alone: an import statement here would load them in every worker."""


class Output(StrEnum):
    """What a drawing becomes."""

    SVG = "svg"  # for a page: takes the page's colours and width
    FRAMED = "framed"  # SVG to take away: title, source, citation, release
    PNG = "png"  # the same as a picture


class Drawer:
    """Draws in ``workers`` processes of its own, started at the first drawing; close it, or use it as a context.

    A drawing that fails raises here what it raised there. Where a process dies (killed for its memory, say), the
    drawing is tried once more in new ones.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._changing = Lock()
        self._pool = self._new_pool()
        # A process made by multiprocessing, as a web worker is, waits for its children before concurrent.futures ends
        # them at exit, and so for ever. Finalizers run before that; this one before those of the pool's queues (10).
        self._at_exit = Finalize(None, self._shut_down, exitpriority=100)

    def draw(self, drawing: Drawing, output: Output = Output.SVG) -> bytes:
        """The drawing, as UTF-8 SVG or as PNG."""
        return self._done(_draw, drawing, output.value)

    def draw_all(self, drawings: Iterable[Drawing], output: Output = Output.SVG) -> Iterator[bytes]:
        """Each drawing, in order, on all processes; ``drawings`` are made while others are drawn."""
        return self._in_order(_draw, drawings, output.value)

    def typeset(self, report: str, timestamp: int) -> bytes:
        """A report as PDF, from its content in JSON and the time of creation that it states."""
        return self._done(_typeset, report, timestamp)

    def typeset_all(self, reports: Iterable[str], timestamp: int) -> Iterator[bytes]:
        """Each report as PDF, in order."""
        return self._in_order(_typeset, reports, timestamp)

    def write_word(self, document: str, timestamp: int) -> bytes:
        """A document as a Word file, from its content in JSON and the time of creation that it states."""
        return self._done(_write_word, document, timestamp)

    def close(self) -> None:
        """End the processes."""
        self._at_exit.cancel()
        self._shut_down()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _shut_down(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        # spawn: a forked web worker would carry its threads' locks into the child
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_end_with_parent)

    def _done(self, work: Callable[[Any, Any], bytes], thing: object, option: object) -> bytes:
        pool = self._pool
        try:
            return pool.submit(work, thing, option).result()
        except BrokenProcessPool:
            with self._changing:  # of several threads that meet the same death, one renews
                if self._pool is pool:
                    self._pool = self._new_pool()
            return self._pool.submit(work, thing, option).result()

    def _in_order(self, work: Callable[[Any, Any], bytes], things: Iterable[object], option: object) -> Iterator[bytes]:
        """Results in order; ``things`` are taken only a little ahead, since a country's maps would fill memory."""
        waiting: deque[Future[bytes]] = deque()
        for thing in things:
            waiting.append(self._pool.submit(work, thing, option))
            if len(waiting) > 2 * self._workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _end_with_parent() -> None:
    """End this process when the one that asked for it ends, even where it was killed and could not say so."""
    Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _draw(drawing: Drawing, output: str) -> bytes:
    return cast(bytes, importlib.import_module(ENGINE).draw(drawing, output))


def _typeset(report: str, timestamp: int) -> bytes:
    return cast(bytes, importlib.import_module(TYPESETTER).typeset(report, timestamp))


def _write_word(document: str, timestamp: int) -> bytes:
    return cast(bytes, importlib.import_module(WORD_WRITER).write_word(document, timestamp))
