"""What leaves the machine of the microdata: cells with few respondents are withheld, and with them as many others as it
takes for no subtraction between published figures to give them back.

Cells are withheld from the smallest, until of each cell with too few respondents

- the number of respondents cannot be told: at least two parts of a territory are withheld, and together they are a
  group that could itself be published;
- no count can be told to within one respondent, even by a reader who knows every number of respondents and weight.

A question is withheld whole in a territory: its categories make everybody, and have the same respondents. The same
order, by respondents of the whole study, is followed for every question, so that one does not tell what another hides.
Sources: Cox, *JASA* 75 (1980), 377-385 (the union of what is withheld must itself be publishable); Hundepohl et al.,
*Statistical Disclosure Control* (Wiley, 2012), chapter 4 (secondary cells of least loss, feasibility intervals).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, ObsStatus

from .columns import BoolArray, FloatArray, IntArray
from .disclosure import FIGURES, Thresholds
from .recovery import Question, Sum, determined, widths

CHANGES = ("change", "change_se", "change_low", "change_high", "change_linked")
_QUESTION = ("study", "measure", "domain")
_ITEM = ("measure", "domain", "item", "territory")
_WITHHELD = ObsStatus.SUPPRESSED.value
_ONE_RESPONDENT = 1.0 - 1e-6


def withhold_margins(
    table: pl.DataFrame,
    nesting: Mapping[str, Sequence[str]],
    earlier: pl.DataFrame | None = None,
    thresholds: Thresholds | None = None,
) -> pl.DataFrame:
    """The table fit to be published: the same rows, no figure where the status is Q, and Q where it has to be.

    ``table`` has ``territory, estimate, n, status`` and what it has of ``study, measure, domain, item``, every share
    as it was estimated; a column ``weight`` is what the weights of those who answered add up to, and is taken off (n
    stands for it where it is absent). ``nesting`` gives the territories that together make another, as ``{"FRM":
    ["REG-11", …]}``. ``earlier`` is the table already published of the wave before: a change from or to a withheld
    figure is withheld. A reader cannot tell which cells had too few respondents from those withheld to protect them.
    DataError for a cell that was already emptied.

    >>> rows = pl.DataFrame({"territory": ["FRM", "a", "b", "c"], "estimate": [0.5, 0.6, 0.4, 0.25],
    ...                      "n": [86, 40, 38, 8], "status": ["A", "A", "A", "Q"]})
    >>> withhold_margins(rows, {"FRM": ["a", "b", "c"]})["n"].to_list()
    [86, 40, None, None]
    """
    limits = thresholds or Thresholds()
    emptied = table.with_row_index("_row").filter(pl.col("n").is_null())
    if not emptied.is_empty():
        raise DataError(
            "a cell without its number of respondents",
            row=int(emptied["_row"][0]) + 1,
            column="n",
            remedy="withhold once, from the table as it was estimated",
        )
    marked = table.with_columns(
        status=pl.when(pl.col("n").is_between(1, limits.withheld - 1)).then(pl.lit(_WITHHELD)).otherwise("status")
    )
    names = [name for name in _QUESTION if name in table.columns]
    by_study = [name for name in ("study", "territory") if name in table.columns]
    sized = marked.with_row_index("_row").with_columns(_asked=pl.col("n").max().over(by_study))
    hidden = np.zeros(table.height, dtype=np.bool_)
    parts = sized.partition_by(names, maintain_order=True) if names else [sized]
    for rows in parts:
        hidden[rows["_row"].to_numpy()] = _hidden_rows(rows, nesting, limits)
    found = marked.with_columns(status=pl.when(pl.Series(hidden)).then(pl.lit(_WITHHELD)).otherwise("status")).drop(
        "weight", strict=False
    )
    return _emptied(found, earlier)


def _emptied(table: pl.DataFrame, earlier: pl.DataFrame | None) -> pl.DataFrame:
    gone = pl.col("status") == _WITHHELD
    found = table.with_columns(pl.when(~gone).then(name).alias(name) for name in FIGURES if name in table.columns)
    changes = [name for name in CHANGES if name in table.columns]
    if not changes:
        return found
    before = [rows for rows in (earlier, table) if rows is not None and "study" in rows.columns]
    keys = [name for name in _ITEM if name in table.columns]
    if before and "since" in table.columns:
        lost = pl.concat([rows.filter(gone).select("study", *keys) for rows in before]).unique()
        lost = lost.rename({"study": "since"}).with_columns(_lost=pl.lit(True))
        found = found.join(lost, on=["since", *keys], how="left", nulls_equal=True, maintain_order="left")
        gone = gone | pl.col("_lost").fill_null(False)
    return found.with_columns(pl.when(~gone).then(name).alias(name) for name in changes).drop("_lost", strict=False)


def _hidden_rows(rows: pl.DataFrame, nesting: Mapping[str, Sequence[str]], limits: Thresholds) -> BoolArray:
    """Which rows of one question are withheld."""
    if not (rows["status"] == _WITHHELD).any() and not _has_unlisted(rows, nesting):
        return np.zeros(rows.height, dtype=np.bool_)
    cells = _read(rows, nesting, limits)
    _protect(cells, limits)
    place = {name: at for at, name in enumerate(cells.names)}
    return cells.hidden[[place[name] for name in rows["territory"]]]


def _has_unlisted(rows: pl.DataFrame, nesting: Mapping[str, Sequence[str]]) -> bool:
    """Whether a territory has parts with a row and others without: these can be told together, by subtraction."""
    there = set(rows["territory"])
    return any(
        whole in there and any(part in there for part in parts) and not all(part in there for part in parts)
        for whole, parts in nesting.items()
    )


@dataclass
class _Cells:
    """``names`` of the territories that have rows; then come the cells that have none, parts of a whole together.

    ``asked`` is the number of respondents of the whole study: the order of loss. ``few`` cells are those to protect,
    ``listed`` those that have a row, ``inner`` those that are part of another.
    """

    names: list[str]
    question: Question
    asked: IntArray
    few: BoolArray
    listed: BoolArray
    inner: BoolArray
    hidden: BoolArray

    def told_n(self, at: Sum, limits: Thresholds) -> bool:
        """Whether the numbers of respondents of what is hidden in a sum follow from those that are published."""
        n, parts = self.question.n, at.parts[self.hidden[at.parts]]
        if at.whole is not None and self.hidden[at.whole] and self.inner[at.whole]:
            return len(parts) == 0 and bool(n[at.parts].any())  # it would be the sum of its parts
        if len(parts) == 1:  # unless it is a rest that may be told
            return bool(self.few[parts[0]] or self.listed[parts[0]])
        # each part has at least one respondent: so many are left to share out
        return bool(self.few[parts].any()) and int(n[parts].sum()) - len(parts) < limits.withheld - 1

    def exposing(self) -> list[Sum]:
        """The sums by which a count of a cell to protect can be told, exactly or to within one respondent.

        Those it is in come first, then those that are joined to them by a hidden cell.
        """
        told = determined(self.question, self.hidden)
        narrow = widths(self.question, self.hidden).min(axis=0) < _ONE_RESPONDENT
        reached = self.few & (self.question.n > 0) & (told | narrow)
        left = [(at, [*at.parts, at.whole]) for at in self.question.sums if at.whole is not None]
        found: list[Sum] = []
        while near := [(at, cells) for at, cells in left if reached[cells].any()]:
            found.extend(at for at, _ in near)
            left = [pair for pair in left if not reached[pair[1]].any()]
            for _, cells in near:
                reached[cells] |= self.hidden[cells]
        return found

    def hide_part(self, at: Sum) -> bool:
        """Hide the part with the fewest respondents, rather one that has no parts itself; False if none is left."""
        wholes = {other.whole for other in self.question.sums}
        open_ = [int(part) for part in at.parts if not self.hidden[part] and self.question.n[part] > 0]
        if open_:
            first = min(open_, key=lambda part: (part in wholes, self.asked[part], self.names[part]))
            self.hidden[first] = True
        return bool(open_)

    def hide_whole(self, at: Sum) -> bool:
        """Hide the whole of a sum; False if it is hidden already."""
        if at.whole is None or self.hidden[at.whole]:
            return False
        self.hidden[at.whole] = True
        return True


def _protect(cells: _Cells, limits: Thresholds) -> None:
    """Hide more cells, one at a time, until nothing can be told of those that have too few respondents."""
    hiding = True
    while hiding:
        told = [at for at in cells.question.sums if cells.told_n(at, limits)]
        hiding = any(cells.hide_part(at) or (not _two_hidden(cells, at) and cells.hide_whole(at)) for at in told)
        if not hiding:
            hiding = any(cells.hide_part(at) or cells.hide_whole(at) for at in cells.exposing())


def _two_hidden(cells: _Cells, at: Sum) -> bool:
    return int(cells.hidden[at.parts].sum()) > 1


def _read(rows: pl.DataFrame, nesting: Mapping[str, Sequence[str]], limits: Thresholds) -> _Cells:
    size = pl.col("weight" if "weight" in rows.columns else "n").cast(pl.Float64).fill_null(0.0).alias("_weight")
    rows = rows.with_columns(size)
    every = rows.group_by("territory", maintain_order=True).agg(
        pl.col("n", "_weight").min(), pl.col("_asked").max(), few=(pl.col("status") == _WITHHELD).any()
    )
    names: list[str] = every["territory"].to_list()
    place = {name: at for at, name in enumerate(names)}
    items = rows.partition_by("item", maintain_order=True) if "item" in rows.columns else [rows]
    shares = np.zeros((len(items), len(names)))
    for number, part in enumerate(items):
        shares[number, [place[name] for name in part["territory"]]] = part["estimate"].fill_null(0.0).to_numpy()
    n = every["n"].to_numpy().astype(np.int64)
    complete = len(items) > 1 and bool(np.allclose(shares.sum(axis=0)[n > 0], 1.0, atol=1e-6))
    weight = every["_weight"].to_numpy().copy()
    counts = shares * weight
    sums: list[Sum] = []
    rest: list[tuple[int, float, FloatArray]] = []
    inner = np.zeros(len(names), dtype=np.bool_)
    for whole in TopologicalSorter(
        {at: [part for part in nesting[at] if part in nesting] for at in nesting}
    ).static_order():
        here, at = [place[part] for part in nesting[whole] if part in place], place.get(whole)
        if at is None or not here:
            if len(here) > 1:
                sums.append(Sum(None, np.array(here, dtype=np.int64)))
            continue
        inner[here] = True
        unlisted = int(n[at] - n[here].sum()) if len(here) < len(nesting[whole]) else 0
        left_weight, left = 0.0, np.zeros(len(items))
        parts = here
        if unlisted > 0:
            left_weight = max(float(weight[at] - weight[here].sum()), 0.0)
            left = np.clip(counts[:, at] - counts[:, here].sum(axis=1), 0.0, left_weight)
            parts = [*here, len(names) + len(rest)]
            rest.append((unlisted, left_weight, left))
        # what its parts make, so that sums hold to the last digit whatever ``weight`` is
        weight[at] = weight[here].sum() + left_weight
        counts[:, at] = counts[:, here].sum(axis=1) + left
        sums.append(Sum(at, np.array(parts, dtype=np.int64)))
    summed = {cell for total in sums for cell in (*total.parts.tolist(), total.whole)}
    alone = [cell for cell in range(len(names)) if cell not in summed]
    if len(alone) > 1:  # they make no territory that is told, but the study tells how many were asked in all
        sums.append(Sum(None, np.array(alone, dtype=np.int64)))
    listed = np.arange(len(names) + len(rest)) < len(names)
    unlisted_n = np.array([number for number, _, _ in rest], dtype=np.int64)
    few = np.append(every["few"].to_numpy(), unlisted_n < limits.withheld).astype(np.bool_)
    question = Question(
        n=np.append(n, unlisted_n),
        weight=np.append(weight, [size for _, size, _ in rest]),
        counts=np.column_stack([counts, *(left for _, _, left in rest)]),
        sums=tuple(sums),
        complete=complete,
    )
    asked = np.append(every["_asked"].to_numpy().astype(np.int64), unlisted_n)
    return _Cells(names, question, asked, few, listed, np.append(inner, np.ones(len(rest), np.bool_)), few | ~listed)
