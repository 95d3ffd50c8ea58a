"""A file that holds personal data: read at once, and only the columns that figures need stay on disk.

The fingerprint, date and headers that are noted are those of the file as published; it is gone as soon as it was read,
or could not be.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.indicators.source_table import column_named
from odd17.core.kernel import DataError

from .body import Body, Validators
from .protocol import Vintage
from .tabulate import cells_of

_ENDING = ".kept-columns.parquet"


def reduced_name(vintage: Vintage) -> Vintage:
    """``vintage`` under the name of what is kept of it."""
    return replace(vintage, name=f"{vintage.name}{_ENDING}")


def reducing(
    source: Source, receive: Callable[[Path, Validators | None], Body | None]
) -> Callable[[Path, Validators | None], Body | None]:
    """``receive``, after which only the columns that ``source`` keeps stay where the body was written."""

    def received(aside: Path, known: Validators | None) -> Body | None:
        work = aside.with_name(f".reducing-{source.id}")
        shutil.rmtree(work, ignore_errors=True)  # of a run that was killed
        work.mkdir()
        try:
            body = receive(aside, known)
            if body is None:
                return None
            _reduce(source, aside, work)
            return replace(body, size=aside.stat().st_size)
        except BaseException:
            for part in aside.parent.glob(f"{aside.name}*"):
                with suppress(OSError):
                    part.unlink()
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)

    return received


def _reduce(source: Source, path: Path, work: Path) -> None:
    access = source.access
    cells, _inside = cells_of(
        source,
        path,
        work,
        member=access.get("member"),
        without=access.get("without", ()),
        every=bool(access.get("every")),
    )
    columns = cells.collect_schema().names()
    target = work / "kept.parquet"
    try:
        cells.select([column_named(name, columns, source) for name in source.keep]).sink_parquet(target)
    except pl.exceptions.PolarsError as error:
        raise DataError(
            "the table cannot be read to its end", file=source.id, remedy="see the source's page: its shape changed"
        ) from error  # the message of the reader may quote a row, which is personal
    os.replace(target, path)
