"""What changed between two releases: inputs, figures and by how much, ranks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from odd17.core.kernel import Text, text_from_plain
from odd17.store.releases import Release

_BATCH = 1_000
"""Territories compared at a time: a web worker that asks for the changes of the country stays small."""


@dataclass(frozen=True, slots=True)
class InputChange:
    """An input or a study that came, went or has other files; ``what`` is ``added``, ``removed`` or ``changed``."""

    id: str
    title: Text | str
    what: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that has another value than before."""

    territory: str
    period: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class IndicatorChanges:
    """How many figures of an indicator came, went and changed, and the largest changes, the largest first."""

    indicator: str
    added: int
    removed: int
    changed: int
    largest: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class RankChange:
    """A territory that has another rank than before."""

    territory: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NodeChanges:
    """How many ranks of a node came, went and changed among the peers, and the largest changes, the largest first."""

    peer_set: str
    node: str
    added: int
    removed: int
    changed: int
    largest: tuple[RankChange, ...]


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """What is not the same in the release ``after`` as in ``before``; what did not change is left out."""

    before: str
    after: str
    inputs: tuple[InputChange, ...]
    frame_before: Text
    frame_after: Text
    is_frame_changed: bool
    is_code_changed: bool
    figures: tuple[IndicatorChanges, ...]
    ranks: tuple[NodeChanges, ...]
    studies: tuple[InputChange, ...]


def compare_releases(before: Release, after: Release, *, largest: int = 5) -> ReleaseChanges:
    """What changed from ``before`` to ``after``, with at most ``largest`` examples an indicator and a node.

    A figure is a value: a row that says why there is none does not count. Figures and ranks are not read at all where
    the two files are the same.
    """
    return ReleaseChanges(
        before.id,
        after.id,
        tuple(_inputs(before.manifest["inputs"], after.manifest["inputs"])),
        before.frame.title,
        after.frame.title,
        before.frame != after.frame,
        before.manifest["versions"] != after.manifest["versions"],
        () if _same(before, after, "observations.parquet") else tuple(_figures(before, after, largest)),
        () if _same(before, after, "scores.parquet") else tuple(_ranks(before, after, largest)),
        tuple(_inputs(before.manifest.get("studies", ()), after.manifest.get("studies", ()))),
    )


def _inputs(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[InputChange]:
    old, new = ({item["id"]: item for item in items} for items in (before, after))
    for id in sorted(old.keys() | new.keys()):
        if id not in old:
            yield InputChange(id, text_from_plain(new[id]["title"]), "added")
        elif id not in new:
            yield InputChange(id, text_from_plain(old[id]["title"]), "removed")
        elif old[id]["files"] != new[id]["files"]:
            yield InputChange(id, text_from_plain(new[id]["title"]), "changed")


def _same(before: Release, after: Release, path: str) -> bool:
    return bool(_fingerprint(before, path) == _fingerprint(after, path))


def _fingerprint(release: Release, path: str) -> Any:
    return next(resource["hash"] for resource in release.manifest["resources"] if resource["path"] == path)


def _figures(before: Release, after: Release, largest: int) -> Iterator[IndicatorChanges]:
    keys = ["indicator", "territory", "period"]
    joined = []
    for territories in _batches(before, after):
        old, new = (
            release.observations(territories=territories, columns=[*keys, "value"]).drop_nulls("value")
            for release in (before, after)
        )
        joined.append(_compared(old, new, keys, "value", ["indicator"], largest))
    for (name,), counts, rows in _summed(joined, ["indicator"], largest):
        changes = tuple(FigureChange(row["territory"], row["period"], row["value"], row["new"]) for row in rows)
        yield IndicatorChanges(str(name), *counts, changes)


def _ranks(before: Release, after: Release, largest: int) -> Iterator[NodeChanges]:
    keys, groups = ["peer_set", "node", "territory"], ["peer_set", "node"]
    joined = []
    for peer_set in sorted({*before.peer_sets, *after.peer_sets}):
        old, new = (
            release.scores(peer_set=peer_set).drop_nulls("rank").select(*keys, "rank") for release in (before, after)
        )
        joined.append(_compared(old, new, keys, "rank", groups, largest))
    for (peers, node), counts, rows in _summed(joined, groups, largest):
        changes = tuple(RankChange(row["territory"], row["rank"], row["new"]) for row in rows)
        yield NodeChanges(str(peers), str(node), *counts, changes)


def _batches(before: Release, after: Release) -> Iterator[list[str]]:
    # In the order of the files (level, then territory), so that each batch reads few row groups.
    everyone = pl.concat([release.cog.table.select("level", "id") for release in (before, after)])
    territories = everyone.unique().sort("level", "id")["id"].to_list()
    for start in range(0, len(territories), _BATCH):
        yield territories[start : start + _BATCH]


def _compared(
    old: pl.DataFrame, new: pl.DataFrame, keys: list[str], value: str, groups: list[str], largest: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Counts by group, and the rows of each group that changed most (columns of ``old``, and ``new``)."""
    both = old.join(new.rename({value: "new"}), on=keys, how="full", coalesce=True)
    was, is_now = pl.col(value).is_not_null(), pl.col("new").is_not_null()
    moved = was & is_now & (pl.col(value) != pl.col("new"))
    counts = both.group_by(groups).agg(added=(~was & is_now).sum(), removed=(was & ~is_now).sum(), changed=moved.sum())
    distance = (pl.col("new").cast(pl.Float64) - pl.col(value).cast(pl.Float64)).abs()
    rows = both.filter(moved).with_columns(distance=distance)
    return counts, _top(rows, groups, largest)


def _summed(
    parts: Iterable[tuple[pl.DataFrame, pl.DataFrame]], groups: list[str], largest: int
) -> Iterator[tuple[tuple[object, ...], tuple[int, int, int], list[dict[str, Any]]]]:
    counts, rows = (pl.concat(tables) for tables in zip(*parts, strict=True))
    top = _top(rows, groups, largest).partition_by(groups, as_dict=True)
    totals = counts.group_by(groups).agg(pl.col("added", "removed", "changed").sum()).sort(groups)
    for row in totals.iter_rows(named=True):
        key = tuple(row[name] for name in groups)
        if row["added"] or row["removed"] or row["changed"]:
            found = top[key].to_dicts() if key in top else []
            yield key, (row["added"], row["removed"], row["changed"]), found


def _top(rows: pl.DataFrame, groups: list[str], largest: int) -> pl.DataFrame:
    ordered = rows.sort(*groups, "distance", "territory", descending=[False] * len(groups) + [True, False])
    return ordered.group_by(groups, maintain_order=True).head(largest)
