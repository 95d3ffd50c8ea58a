"""The uncertainty of an index at national scale, beside the least it could cost.

Run: ``python benchmarks/index.py``. The limit is measured in the same process, in turns with the work: a float64 matrix
product of the same shape on all threads, plus one ``numpy.sort`` a replicate on two threads. Each row has a process of
its own, so that memory can be told; figures are the best of several turns, and the ratio is that of the bests.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

import odd17
from odd17.core.indicators.outranking import copeland

INDICATORS, PILLARS, REPLICATES = 49, 8, 1000
ONE = ["arithmetic", "geometric"]
MIXED = [
    odd17.Aggregate("arithmetic", at={"sub-index": "geometric"}),
    odd17.Aggregate("geometric", at={"sub-index": "arithmetic"}),
]


def frame() -> odd17.Frame:
    """49 indicators, 8 pillars, 2 sub-indices, a root."""
    indicators = [f"i{number}" for number in range(INDICATORS)]
    pillars = [f"p{number}" for number in range(PILLARS)]
    return odd17.Frame.from_table(
        pl.DataFrame(
            {
                "code": [*indicators, *pillars, "left", "right", "Index"],
                "parent": [
                    *[pillars[number * PILLARS // INDICATORS] for number in range(INDICATORS)],
                    *["left"] * 5,
                    *["right"] * 3,
                    *["Index"] * 2,
                    None,
                ],
                "weight": [1.0] * 60,
                "direction": [1] * 60,
            }
        ),
        level_names={2: "pillar", 3: "sub-index"},
    )


def values(units: int, gaps: float) -> pl.DataFrame:
    random = np.random.default_rng(1)
    x = random.gamma(2.0, size=(units, INDICATORS))
    if gaps:
        x[random.random(x.shape) < gaps] = np.nan
    table = pl.DataFrame(x, schema=[f"i{number}" for number in range(INDICATORS)], nan_to_null=True)
    return table.with_columns(code=pl.int_range(units).cast(pl.String))


def limit(units: int) -> Callable[[], None]:
    random = np.random.default_rng(2)
    x, weights = random.random((INDICATORS, units)), random.random((REPLICATES, INDICATORS))
    block = max(1, (1 << 26) // (8 * units))

    def work() -> None:
        with ThreadPoolExecutor(2) as pool:
            for start in range(0, REPLICATES, block):
                scores = weights[start : start + block] @ x
                list(pool.map(np.sort, scores))

    return work


def uncertainty(units: int, gaps: float, aggregates: list[object]) -> Callable[[], None]:
    low, ten = odd17.Normalise("minmax", low=1, high=100), odd17.Normalise("zscore", mean=10, sd=2)
    first = aggregates[0] if isinstance(aggregates[0], odd17.Aggregate) else odd17.Aggregate("arithmetic")
    result = odd17.Index(frame(), steps=[low, first]).fit(values(units, gaps), unit="code")
    choices = {"Normalise": [low, ten], "weights": odd17.Noise(0.25), "Aggregate": aggregates}

    def work() -> None:
        result.uncertainty(choices, n=REPLICATES, seed=1).ranks(level=0.90)

    return work


def pairwise(x: np.ndarray) -> None:
    copeland(x, np.ones(x.shape[1]))


def best(turns: int, *works: Callable[[], None]) -> list[float]:
    """The least seconds of each, done in turns so that a busy moment falls on all."""
    found = [float("inf")] * len(works)
    for _ in range(turns):
        for number, work in enumerate(works):
            start = time.perf_counter()
            work()
            found[number] = min(found[number], time.perf_counter() - start)
    return found


def row(name: str) -> dict[str, float]:
    """Seconds, seconds of the limit (or of the complete case), and gigabytes of one row, in this process."""
    match name.split():
        case ["ranks", units, gaps, kind]:
            aggregates: list[object] = list(ONE) if kind == "one" else list(MIXED)
            ours = uncertainty(int(units), float(gaps), aggregates)
            memory = 0.0
            if int(units) > 100_000:  # before the limit brings its own
                ours()
                memory = peak()
            turns = 3 if int(units) > 100_000 else 7
            seconds, least = best(turns, ours, limit(int(units)))
        case ["gaps", units, gaps]:
            whole = uncertainty(int(units), 0.0, list(ONE))
            seconds, least = best(7, uncertainty(int(units), float(gaps), list(ONE)), whole)
            memory = 0.0
        case _:
            x = np.random.default_rng(1).random((1255, 16))
            (seconds,) = best(5, lambda: pairwise(x))
            least = memory = 0.0
    return {"seconds": seconds, "least": least, "memory": memory or peak()}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def told(name: str) -> dict[str, float]:
    output = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(output)
    return found


def main() -> None:
    print(f"{REPLICATES} replicates over weights, 2 normalisations, 2 aggregations; ranks at 5, 50, 95 %")
    print(f"{'':44}{'seconds':>9}{'limit':>9}{'ratio':>7}{'goal':>7}{'GB':>6}")

    def line(what: str, found: dict[str, float], goal: float) -> None:
        ratio = found["seconds"] / found["least"]
        print(f"{what:44}{found['seconds']:9.3f}{found['least']:9.3f}{ratio:7.2f}{goal:7.1f}{found['memory']:6.2f}")

    national = told("ranks 35000 0 one")
    line("35,000 x 49, one aggregation for all levels", national, 2.0)
    line("35,000 x 49, mixed per level", told("ranks 35000 0 mixed"), 4.0)
    line("35,000 x 49, 5 % missing, beside complete", told("gaps 35000 0.05"), 2.0)
    small = told("ranks 51 0 one")
    line("51 x 49 (limit: 50 ms)", small | {"least": 0.05}, 1.0)
    sizes = {3500: told("ranks 3500 0 one"), 35_000: national, 350_000: told("ranks 350000 0 one")}
    for smaller, larger in ((3500, 35_000), (35_000, 350_000)):
        ours = sizes[larger]["seconds"] / sizes[smaller]["seconds"]
        least = sizes[larger]["least"] / sizes[smaller]["least"]
        what = f"growth {smaller:,} to {larger:,} units (times)"
        print(f"{what:44}{ours:9.1f}{least:9.1f}{ours / least:7.2f}{1.2:7.1f}{sizes[larger]['memory']:6.2f}")
    line("Copeland, 1,255 x 16 (limit: 1 s)", told("copeland") | {"least": 1.0}, 1.0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(row(sys.argv[1])))
    else:
        main()
