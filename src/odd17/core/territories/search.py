"""Search by name or code over every territory: sorted words, bisection, and one boolean mask a word.

A list of (word, territory) pairs sorted by word makes "every territory with a word that begins by p" one slice of an
array; a query is the intersection of the slices of its words. Territories are numbered by population, so that the
largest come first without sorting.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .normalised import words

LONGEST_QUERY = 200
"""In characters: longer than any name of the COG; nothing answers to a longer text."""

_MOST_WORDS = 12  # of a query; the longest names have more, but twelve words tell any two apart
_LAST = "\U0010ffff"  # sorts after any word that begins by the same letters
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]


class NameIndex:
    """Answers which rows of a table of territories a text may mean; ``aliases`` lead from a code to another's row."""

    def __init__(self, territories: pl.DataFrame, aliases: Mapping[str, str]) -> None:
        # the table goes from the country to the communes: a stable sort leaves the wider level first among equals
        ordered = (
            territories.select("id", "level", "code", "name", "population")
            .with_row_index("row")
            .sort("population", descending=True, nulls_last=True, maintain_order=True)
        )
        self._rows = ordered["row"].to_numpy()  # from the number by population to the row of the table
        self._levels = ordered["level"].to_numpy()
        self._size = ordered.height
        self._words_of = [words(name) for name in ordered["name"]]
        codes: list[str] = ordered["code"].str.to_lowercase().to_list()
        number_of_code: dict[str, list[int]] = {}
        for number, (identifier, code) in enumerate(zip(ordered["id"].str.to_lowercase(), codes, strict=True)):
            for key in dict.fromkeys((code, identifier)):
                number_of_code.setdefault(key, []).append(number)
        for code, target in aliases.items():
            number_of_code.setdefault(code.lower(), []).extend(number_of_code.get(target.lower(), ()))
        self._number_of_code = number_of_code
        self._words = _Postings(
            (word, number)
            for number, (name, code) in enumerate(zip(self._words_of, codes, strict=True))
            for word in {*name, code}
        )
        self._full_names = _Postings((" ".join(name), number) for number, name in enumerate(self._words_of))

    def search(self, text: str, limit: int, levels: Collection[str] | None = None) -> list[int]:
        """At most ``limit`` rows of the table, best first (see ``Cog.search`` for the order)."""
        asked = words(text) if len(text) <= LONGEST_QUERY and _is_typed(text) else ()
        if not asked or len(asked) > _MOST_WORDS or limit < 1:
            return []
        by_prefix = np.ones(self._size, dtype=np.bool_)
        by_word = by_prefix.copy()
        for word in asked:
            by_prefix &= self._mask(self._words.beginning(word))
            by_word &= self._mask(self._words.equal(word))
        full = " ".join(asked)
        exact = self._mask(self._full_names.equal(full))
        exact[self._number_of_code.get(text.strip().lower(), [])] = True
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
        runs = _runs(words(text)) if len(text) <= LONGEST_QUERY and _is_typed(text) else set()
        if not runs:
            return []
        index, lengths = self._trigrams
        shared = np.zeros(self._size, dtype=np.int32)
        for run in runs:
            shared[index.equal(run)] += 1
        likeness = 2 * shared / (lengths + len(runs))
        near = np.flatnonzero(likeness >= 0.4)
        best = near[np.argsort(-likeness[near], kind="stable")][:limit]
        return [int(self._rows[number]) for number in best]

    def _mask(self, numbers: Numbers) -> Mask:
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[numbers] = True
        return mask

    @cached_property
    def _trigrams(self) -> tuple[_Postings, Numbers]:
        runs = [_runs(name) for name in self._words_of]
        postings = _Postings((run, number) for number, found in enumerate(runs) for run in found)
        return postings, np.array([len(found) for found in runs], dtype=np.int32)


class _Postings:
    """Which numbers stand behind each key; keys are sorted, so that those with one beginning are neighbours."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self._numbers: Numbers = np.fromiter((number for _, number in ordered), dtype=np.int32, count=len(ordered))
        self._keys: list[str] = []
        self._starts: list[int] = []
        for position, (key, _) in enumerate(ordered):
            if not self._keys or self._keys[-1] != key:
                self._keys.append(key)
                self._starts.append(position)
        self._starts.append(len(ordered))

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


def _runs(name: tuple[str, ...]) -> set[str]:
    """Every run of three characters of a name, its ends included."""
    text = f" {' '.join(name)} " if name else ""
    return {text[start : start + 3] for start in range(len(text) - 2)}
