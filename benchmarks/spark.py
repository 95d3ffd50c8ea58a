"""From observations on disk to ranks: Polars beside a local Spark, on tables of growing size. Where do they cross?

Run: ``python benchmarks/spark.py``, or with ``--quick`` for small tables alone; needs the extra ``spark`` and Java. The
figures are made up. A table of so many rows (fifty indicators, two periods, communes of which two in a hundred merge)
is carried to another vintage, laid out as a matrix and scored, and the scores are written to disk. Three ways:

- ``polars``: ``carried``, ``observation_matrix`` and ``Index.fit_lazy`` on a LazyFrame, on Polars' streaming engine;
- ``spark``: the same functions on a PySpark DataFrame, in a session on this machine's own threads;
- ``memory``: the first two on Polars, then ``Index.fit``, as the product itself scores.

Each run has a process of its own. Seconds are those that a person waits, the start of Python and of the Java machine
included; memory is the most that the process and its children held at once, by what the system says every 50 ms.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import psutil

import odd17
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.territories import MEMBERSHIPS

INDICATORS, PILLARS, PERIODS = 50, 7, ("2018", "2019")
WAYS = ("polars", "spark", "memory")
SIZES = (100_000, 1_000_000, 10_000_000, 50_000_000)
QUICK = SIZES[:2]
BEFORE, AFTER = 2020, 2024
EXACT = 1e-9


@dataclass(frozen=True)
class Run:
    """What one way took on one table; None where it failed."""

    seconds: float | None
    memory: float


def communes(rows: int) -> list[str]:
    return [f"{at:07}" for at in range(rows // (INDICATORS * len(PERIODS)))]


def merged(codes: list[str]) -> dict[str, str]:
    """Of every hundred communes, the second joins the first."""
    return {codes[at + 1]: codes[at] for at in range(0, len(codes) - 1, 100)}


def write(folder: Path, rows: int) -> None:
    """The table as Parquet, a file an indicator: odd ones are counts, even ones ratios; 5 % are missing."""
    codes = communes(rows)
    random = np.random.default_rng(1)
    folder.mkdir()
    for at in range(INDICATORS):
        one = pl.DataFrame({"territory": [f"COM-{code}" for code in codes]}).with_columns(
            numerator=pl.Series(random.gamma(2.0, 20.0, len(codes)) + 1.0),
            denominator=pl.Series(random.gamma(2.0, 200.0, len(codes)) + 100.0),
            missing=pl.Series(random.random(len(codes)) < 0.05),
        )
        value = pl.col("numerator") if at % 2 else 100.0 * pl.col("numerator") / pl.col("denominator")
        part = pl.lit(at % 2 == 0) & ~pl.col("missing")
        table = pl.concat(
            one.select(
                "territory",
                level=pl.lit("COM"),
                vintage=pl.lit(BEFORE),
                indicator=pl.lit(f"i{at}"),
                period=pl.lit(period),
                value=pl.when(~pl.col("missing")).then(value),
                numerator=pl.when(part).then("numerator"),
                denominator=pl.when(part).then("denominator"),
                obs_status=pl.when("missing").then(pl.lit("L")).otherwise(pl.lit("A")),
                conf_status=pl.lit("F"),
                source=pl.lit("benchmark"),
                note=pl.lit(None),
            )
            for period in PERIODS
        )
        typed = table.select(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items())
        typed.write_parquet(folder / f"{at:02}.parquet")


def index() -> odd17.Index:
    """Fifty indicators, seven pillars, a root; medians for gaps, a mean of its own for the root."""
    codes, pillars = [f"i{at}" for at in range(INDICATORS)], [f"p{at}" for at in range(PILLARS)]
    meta = pl.DataFrame(
        {
            "code": [*codes, *pillars, "Index"],
            "parent": [*(pillars[at % PILLARS] for at in range(INDICATORS)), *["Index"] * PILLARS, None],
            "weight": [1.0] * (INDICATORS + PILLARS + 1),
            "direction": [*(1 if at % 3 else -1 for at in range(INDICATORS)), *[1] * (PILLARS + 1)],
        }
    )
    steps = [
        odd17.Impute("median"),
        odd17.Normalise("minmax", low=1, high=100),
        odd17.Aggregate("arithmetic", at={"Index": "geometric"}),
    ]
    return odd17.Index(odd17.Frame.from_table(meta), steps=steps)


def matrix(observations: Any, rows: int) -> Any:
    """Carried and laid out, on the engine that holds the observations."""
    codes = communes(rows)
    joined = merged(codes)
    edges = [(before, after) for before, after in joined.items()] + [(after, after) for after in joined.values()]
    today = pl.DataFrame(
        {"commune": [code for code in codes if code not in joined]}, schema={"commune": pl.String}
    ).select(pl.col(name) if name == "commune" else pl.lit(None, pl.String).alias(name) for name in MEMBERSHIPS)
    carried = odd17.carried(
        observations,
        to=AFTER,
        memberships={AFTER: today},
        movements=odd17.Movements.of([("2021-01-01", *edge) for edge in edges], through=AFTER),
        counts=[f"i{at}" for at in range(1, INDICATORS, 2)],
        ratios={f"i{at}": 100.0 for at in range(0, INDICATORS, 2)},
    )
    periods = {f"i{at}": PERIODS[-1] for at in range(INDICATORS)}
    return odd17.observation_matrix(carried.observations, level="COM", periods=periods)


def work(way: str, table: Path, rows: int, out: Path) -> None:
    """One way, in this process: the scores as Parquet in the folder ``out``."""
    if way == "spark":
        on_spark(table, rows, out)
        return
    pl.Config.set_engine_affinity("streaming")
    values = matrix(pl.scan_parquet(table / "*.parquet"), rows).collect()
    out.mkdir()
    if way == "polars":
        index().fit_lazy(values.lazy(), unit="territory").scores.sink_parquet(out / "scores.parquet")
    else:
        index().fit(values, unit="territory").scores.write_parquet(out / "scores.parquet")


def on_spark(table: Path, rows: int, out: Path) -> None:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, which the other ways must not load

    memory = max(1, int(psutil.virtual_memory().total / 2**30 * 0.6))
    session = (
        SparkSession.builder.master("local[*]")
        .appName("odd17")
        .config("spark.driver.memory", f"{memory}g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "OFF")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(4 * (psutil.cpu_count() or 1)))
        .config("spark.local.dir", str(out.parent))
        .getOrCreate()
    )
    values = matrix(session.read.parquet(str(table)), rows).cache()
    index().fit_lazy(values, unit="territory").scores.write.parquet(str(out))
    session.stop()


def told(way: str, table: Path, rows: int, out: Path) -> Run:
    """The seconds and gigabytes of one way in a process of its own."""
    command = [sys.executable, __file__, way, str(table), str(rows), str(out)]
    begun, most = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        process = psutil.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            most = max(most, held(process))
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        if process.returncode:
            said.seek(0)
            print(said.read().decode(errors="replace")[-2000:], file=sys.stderr)
    return Run(None if process.returncode else seconds, most / 1e9)


def held(process: psutil.Process) -> int:
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total


def apart(here: Path, there: Path) -> float:
    """The largest difference between two folders of scores; infinite where their units or gaps differ."""
    mine, theirs = (pl.read_parquet(folder / "*.parquet").sort("unit") for folder in (here, there))
    if not mine["unit"].equals(theirs["unit"]):
        return float("inf")
    x, y = (table.drop("unit").to_numpy() for table in (mine, theirs.select(mine.columns)))
    return float("inf") if (np.isnan(x) != np.isnan(y)).any() else float(np.nanmax(np.abs(x - y)))


def main(sizes: tuple[int, ...]) -> None:
    print(f"{INDICATORS} indicators, {psutil.cpu_count()} threads, {psutil.virtual_memory().total / 1e9:.0f} GB")
    print(f"{'rows':>12}{'communes':>10}" + "".join(f"{way + ' s':>11}{'GB':>6}" for way in WAYS) + f"{'apart':>10}")
    runs: dict[int, dict[str, Run]] = {}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder / "table", rows)
            runs[rows] = {way: told(way, folder / "table", rows, folder / way) for way in WAYS}
            done = [folder / way for way in WAYS if runs[rows][way].seconds is not None]
            difference = max((apart(done[0], other) for other in done[1:]), default=float("nan"))
        cells = "".join(
            f"{'failed' if run.seconds is None else f'{run.seconds:.1f}':>11}{run.memory:6.1f}"
            for run in runs[rows].values()
        )
        print(f"{rows:12,}{len(communes(rows)):10,}{cells}{difference:10.0e}", flush=True)
        if difference > EXACT:
            sys.exit(f"the scores differ by more than {EXACT:g}")
    print(verdict(runs))


def verdict(runs: dict[int, dict[str, Run]]) -> str:
    """Where Spark overtakes, in one sentence."""
    for rows, of in runs.items():
        ours, theirs = of["polars"].seconds, of["spark"].seconds
        if theirs is not None and (ours is None or theirs < ours):
            return f"Spark overtakes Polars at {rows:,} rows on this machine."
    last = max(runs)
    ours, theirs = runs[last]["polars"].seconds, runs[last]["spark"].seconds
    if ours is None or theirs is None:
        return (
            f"No crossover on this one machine up to {last:,} rows, where {'both' if ours is None else 'Spark'} failed."
        )
    return (
        f"No crossover on this one machine up to {last:,} rows, where Spark takes {theirs / ours:.1f} times as long "
        "as Polars. It is for tables that one machine cannot hold."
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main(SIZES)
        case ["--quick"]:
            main(QUICK)
        case [way, table, rows, out]:
            work(way, Path(table), int(rows), Path(out))
        case _:
            sys.exit("python benchmarks/spark.py [--quick]")
