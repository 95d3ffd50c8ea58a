"""Estimates of a large survey, beside ``svy`` in the same process, or beside the least that numpy could take.

Run: ``python benchmarks/survey.py``. Figures are the best of several turns, the works of a row done in turns so that a
busy moment falls on all: by the clock, and in brackets the processor's time, which is the fairer of both on a machine
that does other work; a bound holds where either is within it. One item in place of 48 is asked of ``svy``.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

import odd17

RESPONDENTS, ITEMS, CELLS, REPLICATES = 50_000, 48, 208, 200


def respondents(size: int, items: int = ITEMS) -> pl.DataFrame:
    """A stratified sample with yes-no items: 13 regions by 16 groups are the cells, 8 strata the design."""
    random = np.random.default_rng(1)
    asked = {f"item{number:02}": random.random(size) < 0.1 + 0.8 * number / max(items, 1) for number in range(items)}
    return pl.DataFrame(
        {
            "w": random.gamma(4.0, 300.0, size),
            "stratum": random.integers(0, 8, size),
            "cell": random.integers(0, CELLS, size),
            "region": random.integers(0, 13, size),
            "age": random.integers(0, 6, size),
            "sex": random.integers(0, 2, size),
            "x": random.normal(50.0, 12.0, size),
            **asked,
        }
    )


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of the processor."""

    clock: float = float("inf")
    processor: float = float("inf")

    @property
    def least(self) -> float:
        """The one that other work on the machine spoils less."""
        return min(self.clock, self.processor)


def best(turns: int, *works: Callable[[], object]) -> list[Spent]:
    """The least that each took, done in turns."""
    found = [Spent()] * len(works)
    for _ in range(turns):
        for number, work in enumerate(works):
            start, busy = time.perf_counter(), time.process_time()
            work()
            clock, processor = time.perf_counter() - start, time.process_time() - busy
            found[number] = Spent(min(found[number].clock, clock), min(found[number].processor, processor))
    return found


def floor(table: pl.DataFrame) -> Callable[[], object]:
    """What no estimate can do without: two passes over the items, sorted by cell, with sums by cell."""
    items = np.stack([table[f"item{number:02}"].to_numpy() for number in range(ITEMS)])
    w, cell = table["w"].to_numpy(), table["cell"].to_numpy()

    def work() -> object:
        order = np.argsort(cell.astype(np.uint16), kind="stable")
        starts = np.searchsorted(cell[order], np.arange(CELLS))
        y = items[:, order] * w[order]
        return np.add.reduceat(y, starts, axis=1), np.add.reduceat(y * y, starts, axis=1)

    return work


def theirs(table: pl.DataFrame, items: int) -> Callable[[], object] | None:
    """The same estimates by ``svy``, where it is installed."""
    try:
        import svy  # noqa: PLC0415
    except ImportError:
        return None
    sample = svy.Sample(table, svy.Design(wgt="w", stratum="stratum"))

    def work() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [sample.estimation.prop(f"item{number:02}", by="cell") for number in range(items)]

    return work


def read_and_estimate(table: pl.DataFrame) -> pl.DataFrame:
    """From the columns to the means of every cell."""
    return odd17.Survey(table, weights="w", strata="stratum").mean("x", by="cell")


def show(name: str, spent: Spent, most: float | None = None, beside: str = "") -> bool:
    """Print a row; whether it is within its bound."""
    bound = "" if most is None else f"  at most {most * 1000:.0f} ms"
    took = f"{spent.clock * 1000:9.1f} ms ({spent.processor * 1000:.1f})"
    print(f"{name:60} {took:24}{bound}{beside}", flush=True)
    return most is None or spent.least <= most


def main() -> int:
    """Every row; 1 where one is over its bound."""
    table = respondents(RESPONDENTS)
    names = [f"item{number:02}" for number in range(ITEMS)]
    survey = odd17.Survey(table, weights="w", strata="stratum")
    margins = {
        name: dict(table.group_by(name).agg(pl.col("w").sum() * factor).iter_rows())
        for name, factor in (("region", 1.0), ("age", 1.0), ("sex", 1.0))
    }
    for margin in margins.values():  # away from what is there, with the same sum
        keys = list(margin)
        margin[keys[0]] += 0.2 * margin[keys[1]]
        margin[keys[1]] *= 0.8
    raked = survey.rake(margins)
    whole, least = best(9, lambda: survey.proportion(names, by="cell"), floor(table))
    good = show(f"{RESPONDENTS} respondents x {ITEMS} items x {CELLS} cells, logit", whole, 0.1)
    show("  sums and sums of squares alone, numpy", least)
    other = theirs(table, 1)
    if other is not None:
        one, by_svy = best(2, lambda: survey.proportion(names[0], by="cell"), other)
        show(
            "  one item", one, None, f"  svy {by_svy.clock * 1000:.0f} ms, {by_svy.least / one.least:.0f} times as long"
        )
    (spent,) = best(3, lambda: raked.proportion(names, by="cell"))
    show("  with weights raked to three margins", spent)
    (spent,) = best(3, lambda: survey.proportion(names, by="cell", ci="beta"))
    show("  with beta intervals", spent)
    (made,) = best(3, lambda: survey.replicates("bootstrap", n=REPLICATES, seed=1))
    drawn = survey.replicates("bootstrap", n=REPLICATES, seed=1)
    mean, by_cell = best(3, lambda: drawn.mean("x"), lambda: drawn.proportion(names, by="cell"))
    good &= show(f"{REPLICATES} bootstrap replicates made", made, 0.5)
    good &= show(f"{REPLICATES} replicates, a mean", mean, 0.5)
    good &= show(f"{REPLICATES} replicates, {ITEMS} items x {CELLS} cells", by_cell, 0.5)
    (spent,) = best(9, lambda: survey.rake(margins))
    good &= show("raking to three margins", spent, 0.01)
    times = []
    for size in (125_000, 250_000, 500_000, 1_000_000):
        large = respondents(size, 1)
        (spent,) = best(2, partial(read_and_estimate, large))
        show(f"{size} respondents, design read, means of {CELLS} cells", spent)
        times.append(spent.least)
    print(f"{'eight times the respondents':60} {times[-1] / times[0]:9.1f} times as long")
    good &= times[-1] / times[0] <= 16  # a quadratic would take 64
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
