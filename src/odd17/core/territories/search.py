"""Search by name or code over every territory: sorted words, bisection, and one boolean mask a word.

A list of (word, territory) pairs sorted by word makes "every territory with a word that begins by p" one slice of an
array; a query is the intersection of the slices of its words. Territories are numbered by population, so that the
largest come first without sorting.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .levels import Level
from .normalised import words

LONGEST_QUERY = 200
"""In characters: longer than any name of the COG; nothing answers to a longer text."""

_MOST_WORDS = 12  # of a query; the longest names have more, but twelve words tell any two apart
_LAST = "\U0010ffff"  # sorts after any word that begins by the same letters
_ALIAS = {"key": pl.String, "code": pl.String}
_NEW_LINE = ord("\n")
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]


class NameIndex:
    """Answers which rows of a table of territories a text may mean; ``aliases`` lead from a code to another's row."""

    def __init__(self, territories: pl.DataFrame, aliases: Mapping[str, str]) -> None:
        # the table goes from the country to the communes: a stable sort leaves the wider level first among equals
        ordered = (
            territories.select("level", "code", "name", "slug", "population")
            .with_row_index("row")
            .sort("population", descending=True, nulls_last=True, maintain_order=True)
        )
        self._rows = ordered["row"].to_numpy()  # from the number by population to the row of the table
        self._levels = ordered["level"].to_numpy()
        self._size = ordered.height
        # the slug of a territory is its name's words already, but that of one's own is an id
        named = ordered.select(
            number=pl.int_range(pl.len(), dtype=pl.Int32),
            name=pl.Series(
                [
                    " ".join(words(name)) if level == Level.OWN else slug.replace("-", " ")
                    for level, name, slug in ordered.select("level", "name", "slug").iter_rows()
                ],
                dtype=pl.String,
            ),
            code=pl.col("code").str.to_lowercase(),
        )
        alias = pl.DataFrame({"key": list(aliases), "code": list(aliases.values())}, schema=_ALIAS)
        of_alias = named.join(alias, on="code").select("number", "key")
        self._codes = _Postings(pl.concat([named.select("number", key="code"), of_alias]))
        self._words = _Postings(named.select("number", key=pl.col("name").str.split(" ")).explode("key"))
        self._full_names = _Postings(named.select("number", key="name"))
        self._ascii_names = named.select((" " + pl.col("name") + " ").str.join("\n")).item().encode("ascii")

    def search(self, text: str, limit: int, levels: Collection[str] | None = None) -> list[int]:
        """At most ``limit`` rows of the table, best first (see ``Cog.search`` for the order)."""
        asked = words(text) if len(text) <= LONGEST_QUERY and _is_typed(text) else ()
        if not asked or len(asked) > _MOST_WORDS or limit < 1:
            return []
        by_prefix = np.ones(self._size, dtype=np.bool_)
        by_word = by_prefix.copy()
        for word in asked:
            by_prefix &= self._mask(self._words.beginning(word), self._codes.beginning(word))
            by_word &= self._mask(self._words.equal(word), self._codes.equal(word))
        full = " ".join(asked)
        exact = self._mask(self._full_names.equal(full), self._codes.equal(full))
        good = by_word | self._mask(self._full_names.beginning(full))
        allowed = None if levels is None else np.isin(self._levels, list(levels))
        found: list[int] = []
        taken = np.zeros(self._size, dtype=np.bool_)
        for mask in (exact, good, by_prefix):
            fresh = mask & ~taken if allowed is None else mask & ~taken & allowed
            found.extend(np.flatnonzero(fresh)[: limit - len(found)].tolist())
            taken |= mask
            if len(found) >= limit:
                break
        return [int(self._rows[number]) for number in found]

    def named(self, name: tuple[str, ...]) -> list[int]:
        """The rows of the table whose whole name has these words, the largest first."""
        if not name:
            return []
        return [int(self._rows[number]) for number in sorted(self._full_names.equal(" ".join(name)).tolist())]

    def nearest(self, text: str, limit: int) -> list[int]:
        """The rows of the table whose name shares most three-letter runs with ``text`` (Dice's coefficient, at least
        0.4), the nearest first, the largest first among equals."""
        asked = " ".join(words(text)) if len(text) <= LONGEST_QUERY and _is_typed(text) else ""
        if not asked or limit < 1:
            return []
        runs = np.unique(_runs(f" {asked} ".encode("ascii"))[0])
        sorted_runs, owners, counts = self._trigrams
        first, last = np.searchsorted(sorted_runs, runs), np.searchsorted(sorted_runs, runs, side="right")
        shared = np.zeros(self._size, dtype=np.int32)
        for start, end in zip(first, last, strict=True):
            shared[owners[start:end]] += 1
        likeness = 2 * shared / (counts + len(runs))
        near = np.flatnonzero(likeness >= 0.4)
        best = near[np.argsort(-likeness[near], kind="stable")][:limit]
        return [int(self._rows[number]) for number in best]

    def _mask(self, *found: Numbers) -> Mask:
        mask = np.zeros(self._size, dtype=np.bool_)
        for numbers in found:
            mask[numbers] = True
        return mask

    @cached_property
    def _trigrams(self) -> tuple[Numbers, Numbers, Numbers]:
        """Every run of every name, sorted; the number of the name that it stands in; how many runs each name has."""
        runs, owners = _runs(self._ascii_names)
        # sorted first: NumPy's own unique is ten times slower on so many whole numbers
        pairs = np.sort(runs.astype(np.int64) << 32 | owners)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # a name counts a run once
        sorted_owners = (pairs & 0xFFFFFFFF).astype(np.int32)
        counts = np.bincount(sorted_owners, minlength=self._size).astype(np.int32)
        return (pairs >> 32).astype(np.int32), sorted_owners, counts


class _Postings:
    """Which numbers stand behind each key; keys are sorted, so that those with one beginning are neighbours."""

    def __init__(self, pairs: pl.DataFrame) -> None:
        grouped = pairs.unique().sort("key", "number").group_by("key", maintain_order=True).agg("number")
        self._keys: list[str] = grouped["key"].to_list()
        self._numbers: Numbers = grouped["number"].explode().to_numpy()
        self._starts = np.concatenate([[0], np.cumsum(grouped["number"].list.len().to_numpy(), dtype=np.int64)])

    def equal(self, key: str) -> Numbers:
        """The numbers of this key."""
        position = bisect_left(self._keys, key)
        if position == len(self._keys) or self._keys[position] != key:
            return self._numbers[:0]
        return self._numbers[self._starts[position] : self._starts[position + 1]]

    def beginning(self, prefix: str) -> Numbers:
        """The numbers of every key that begins by ``prefix``; a number may stand several times."""
        first, last = bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + _LAST)
        return self._numbers[self._starts[first] : self._starts[last]]


def _is_typed(text: str) -> bool:
    """Whether a person may have typed ``text``: no control character (NUL among them)."""
    return not any(unicodedata.category(character) == "Cc" for character in text.strip())


def _runs(lines: bytes) -> tuple[Numbers, Numbers]:
    """Every run of three characters of each line, as one number, and the line that it stands in."""
    characters = np.frombuffer(lines, dtype=np.uint8).astype(np.int32)
    line = np.cumsum(characters == _NEW_LINE, dtype=np.int32)
    whole = line[:-2] == line[2:]
    whole &= characters[:-2] != _NEW_LINE
    runs = characters[:-2] << 16 | characters[1:-1] << 8 | characters[2:]
    return runs[whole], line[:-2][whole]
