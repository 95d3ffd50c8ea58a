"""From the cells of a respondents' file to ranks: 1 for the item put first; an order that is not whole is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message

from .answers import Respondents, in_base
from .columns import IntArray
from .study import Question, Ranking


@dataclass(frozen=True)
class Ranks:
    """The rank of each item, null for who did not order all; ``partial`` is how many ordered some only."""

    by_item: Mapping[str, pl.Series]
    partial: int


def ranks(question: Question, ranking: Ranking, people: Respondents) -> Ranks:
    """The ranks that respondents give. DataError, naming the row, for a rank or an item that is given twice, and for
    one that does not exist."""
    items = [about.item or "" for about in question.abouts]
    given = _by_item(question, ranking, people) if ranking.by_item else _by_place(question, ranking, people, items)
    if question.base is not None:
        given[~in_base(question.base, people).to_numpy()] = 0
    columns = list(ranking.by_item.values()) or list(ranking.places)
    for rank in range(1, len(items) + 1):
        twice = np.flatnonzero((given == rank).sum(axis=1) > 1)
        if len(twice):
            raise DataError(
                "two items have the same rank", file=people.file, row=int(people.rows[int(twice[0])]),
                column=", ".join(columns), value=rank, remedy="correct the row, or empty its ranks for no answer",
            )  # fmt: skip
    told = (given > 0).sum(axis=1)
    last = told == len(items) - 1  # one left, and one rank left
    rest = len(items) * (len(items) + 1) // 2 - given.sum(axis=1)
    given = np.where(last[:, None] & (given == 0) & bool(ranking.places), rest[:, None], given)
    told = (given > 0).sum(axis=1)
    whole = told == len(items)
    found = {
        item: pl.Series(np.where(whole, given[:, at], 0)).replace(0, None).cast(pl.Int64)
        for at, item in enumerate(items)
    }
    return Ranks(found, int(((told > 0) & ~whole).sum()))


def _by_item(question: Question, ranking: Ranking, people: Respondents) -> IntArray:
    known = {str(rank): rank for rank in range(1, len(ranking.by_item) + 1)}
    return np.stack([_read(question, people, column, known) for column in ranking.by_item.values()], axis=1)


def _by_place(question: Question, ranking: Ranking, people: Respondents, items: list[str]) -> IntArray:
    given = np.zeros((people.frame.height, len(items)), dtype=np.int64)
    for place, column in enumerate(ranking.places, 1):
        known: dict[str, int] = {}
        for code, item in ranking.codes.items():
            known.update(dict.fromkeys(people.codes(column, [code]), items.index(item) + 1))
        found = _read(question, people, column, known)
        rows = np.flatnonzero(found)
        again = rows[given[rows, found[rows] - 1] > 0]
        if len(again):
            row = int(again[0])
            raise DataError(
                "an item is given two ranks", file=people.file, row=int(people.rows[row]), column=column,
                value=people.frame[column][row], remedy="correct the row, or empty its ranks for no answer",
            )  # fmt: skip
        given[rows, found[rows] - 1] = place
    return given


def _read(question: Question, people: Respondents, column: str, known: Mapping[str, int]) -> IntArray:
    """The number that each cell of a column stands for, 0 where there is no answer."""
    none = people.codes(column, [*question.dont_know, *question.skipped]) | people.missing.get(column, frozenset())
    for value in people.values(column):
        if value not in known and value not in none:
            near = get_close_matches(value, list(known), n=1)
            hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
            raise people.wrong(
                "not a rank, nor an item that is ranked", column, value,
                remedy=Message("{hint}Known: {known}", hint=hint, known=list(known)),
            )  # fmt: skip
    found: IntArray = people.frame[column].replace_strict(known, default=0, return_dtype=pl.Int64).to_numpy().copy()
    return found
