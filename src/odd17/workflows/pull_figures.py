"""From files as published to the figures of a source: its recipes applied, kept as a snapshot like any import."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from odd17.core.indicators.apply import apply
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.indicators.recipe import CatalogueEntry
from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message, Provenance
from odd17.core.territories import Cog
from odd17.core.territories.movements import Movements
from odd17.store.checksum import sha256_of
from odd17.store.connectors import RawFile, Wanted, connector_of
from odd17.store.datasets import Contents, Snapshot, keep_snapshot, list_snapshots
from odd17.store.movements import movements_file

_MAKING = 4
"""To be raised whenever the same files would give other figures: the snapshot is then another one."""

_INPUTS = "inputs.json"


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the figures of one source: its ``snapshot``, and why some indicators are not in it.

    ``snapshot`` is None where no indicator could be made; ``changed`` is False where it was there already. ``refused``
    maps an indicator to what is wrong, ``strangers`` to how many rows are of no territory.
    """

    snapshot: Snapshot | None
    changed: bool
    refused: Mapping[str, str]
    strangers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures stand on, whatever their source."""

    home: Path
    cog: Cog
    movements: Movements
    former: pl.DataFrame
    since: int | None = None


def make_figures(
    source: Source,
    entries: Sequence[CatalogueEntry],
    sources: Mapping[str, Source],
    files: Mapping[str, RawFile],
    ground: Ground,
) -> Made:
    """Make the figures of ``entries``, whose first source is ``source``, from ``files`` (by source), and keep them.

    Nothing is made again where files, recipes, movements and COG are those of the current snapshot. An indicator whose
    files are not all there, or whose recipe does not fit them, is left out and said. Raises DataError where the file of
    ``source`` itself has not the shape described: the snapshot that was there stays.
    """
    inputs = _inputs(source, entries, sources, files, ground)
    before = _current(source.id, ground.home)
    if before is not None and _same(before, inputs):
        return Made(before, False, {}, {})
    blocks: dict[str, pl.DataFrame] = {}
    parts: list[pl.DataFrame] = []
    refused: dict[str, Message] = {}
    strangers: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix=".reading-", dir=ground.home) as work:
        tables = _Tables(entries, sources, files, Path(work), ground.since)
        tables.get(source.id)  # its shape is checked before anything else
        for entry in entries:
            id = entry.indicator.id
            try:
                needed = {name: tables.get(name) for name in entry.recipe.sources}
                applied = apply(entry, sources, needed, ground.cog, movements=ground.movements, former=ground.former)
            except DataError as error:
                refused[id] = error.said
                continue
            blocks[id], strangers[id] = _known(applied.observations, ground.cog)
            parts.append(_known(applied.parts, ground.cog)[0])
    if not blocks:
        return Made(None, False, refused, {})
    provenance = _provenance(source, files[source.id])
    kept = [entry.indicator for entry in entries if entry.indicator.id in blocks]
    contents = Contents(
        dataset=source.id,
        file=_INPUTS,
        raw=inputs,
        dataset_file=json.dumps(_plain(source), ensure_ascii=False, sort_keys=True, indent=1).encode(),
        schema={"fields": [{"name": name, "type": "string"} for name in sorted(_columns(entries, source.id))]},
        provenance=provenance,
        indicators=[replace(indicator, source=provenance) for indicator in kept],
    )
    snapshot, changed = keep_snapshot(contents, iter(blocks.values()), ground.home, parts=parts)
    return Made(snapshot, changed, refused, {id: count for id, count in strangers.items() if count})


class _Tables:
    """The tables of the files, each read when a recipe asks for it, and once."""

    def __init__(
        self,
        entries: Sequence[CatalogueEntry],
        sources: Mapping[str, Source],
        files: Mapping[str, RawFile],
        work: Path,
        since: int | None,
    ) -> None:
        self._entries, self._sources, self._files, self._work, self._since = entries, sources, files, work, since
        self._read: dict[str, pl.LazyFrame | DataError] = {}

    def get(self, source: str) -> pl.LazyFrame:
        """The table of ``source``; raises DataError where its file is not there or cannot be read, each time."""
        if source not in self._read:
            try:
                self._read[source] = self._table(source)
            except DataError as error:
                self._read[source] = error
        found = self._read[source]
        if isinstance(found, DataError):
            raise found
        return found

    def _table(self, source: str) -> pl.LazyFrame:
        if source not in self._files:
            raise DataError("the file was not fetched", file=source, remedy="odd17 data pull brings it in")
        described = self._sources[source]
        wanted = Wanted(_columns(self._entries, source), _rows(self._entries, source), self._since)
        work = self._work / source
        work.mkdir()
        return connector_of(described.connector).table(described, self._files[source], wanted, work)


def _columns(entries: Sequence[CatalogueEntry], source: str) -> frozenset[str]:
    return frozenset().union(*(entry.recipe.columns(source) for entry in entries))


def _rows(entries: Sequence[CatalogueEntry], source: str) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """The conditions of the terms that draw on ``source``; none where one of them takes every row."""
    terms = {term for entry in entries for term in entry.recipe.terms if term.source == source}
    conditions = [dict(term.where) for term in terms]
    return tuple(conditions) if all(conditions) else ()


def _known(observations: pl.DataFrame, cog: Cog) -> tuple[pl.DataFrame, int]:
    """``observations`` without the rows, of this vintage or none, that are of no territory; and how many those are.

    Codes of another vintage are followed when a release is built.
    """
    here = pl.col("vintage").eq_missing(cog.vintage) | pl.col("vintage").is_null()
    ids = cog.table["id"]
    kept = observations.filter(~here | pl.col("territory").is_in(ids.implode()))
    return kept.select(list(OBSERVATIONS)), observations.height - kept.height


def _provenance(source: Source, raw: RawFile) -> Provenance:
    stated = (raw.vintage.modified or "")[:10]
    try:
        published = date.fromisoformat(stated)
    except ValueError:
        published = None
    return replace(source.provenance, published=published, retrieved=raw.retrieved.date(), sha256=raw.sha256)


def _inputs(
    source: Source,
    entries: Sequence[CatalogueEntry],
    sources: Mapping[str, Source],
    files: Mapping[str, RawFile],
    ground: Ground,
) -> bytes:
    """Everything that the figures depend on, as a document: the snapshot keeps it in the place of a published file."""
    used = dict.fromkeys([source.id, *(name for entry in entries for name in entry.recipe.sources)])
    moves = movements_file(ground.home)
    document = {
        "making": _MAKING,
        "files": {
            name: {"sha256": files[name].sha256, "url": files[name].url, "vintage": files[name].vintage.id}
            for name in used
            if name in files
        },
        "sources": {name: _digest(repr(sources[name])) for name in used},
        "indicators": {entry.indicator.id: _digest(_shown(entry)) for entry in entries},
        "since": ground.since,
        "cog": ground.cog.vintage,
        "movements": None if moves is None else sha256_of(moves),
    }
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _shown(entry: CatalogueEntry) -> str:
    return repr((entry.indicator, entry.recipe, entry.levels))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(source: Source) -> dict[str, object]:
    """The description of the source as plain values."""
    found: dict[str, object] = json.loads(json.dumps(asdict(source), default=str))
    return found


def _current(source: str, home: Path) -> Snapshot | None:
    return next((item for item in list_snapshots(home) if item.dataset == source and item.is_current), None)


def _same(snapshot: Snapshot, inputs: bytes) -> bool:
    path = snapshot.path / "raw" / _INPUTS
    return path.is_file() and path.read_bytes() == inputs
