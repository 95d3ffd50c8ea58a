"""Cross two studies of 1,255 peers × 16 domains with the replicates of the figures, beside the least it could cost.

Run: ``python benchmarks/crossing.py``. The least is to draw shares, and rank the peers in each draw, for each actor and
for who acts. Figures are the best of three, by the clock and by the processor, which is the fairer on a machine with
other work: the limit of 6 s holds where either is within it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from odd17.core.diagnosis.crossing import cross
from odd17.core.diagnosis.peers import members
from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.rank import RankArray, rank_block
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import domains
from odd17.core.perceptions.tables import PERCEPTIONS
from odd17.store.territories import load_shipped_cog

PEER_SET, LIMIT = "EPCI", 6.0
ACTORS = ("citizens", "companies")


def main() -> None:
    """Print the time, the least beside it and their ratio; exit 1 where the limit is passed."""
    cog, ranges = load_shipped_cog(), UncertaintyRanges()
    peers = members(PEER_SET, cog)["territory"]
    draws = ranges.replicates_for(len(peers))
    rng = np.random.default_rng(17)
    scores, replicates = scored(peers, draws, rng)
    perceptions = pl.concat([asked(peers, actor, measure, rng) for actor in ACTORS for measure in ("fragile", "acts")])
    clock, here = best(lambda: cross(perceptions, scores, {PEER_SET: replicates}, cog, ranges))
    least = len(domains()) * best(lambda: at_least(draws, len(peers)))[1]
    sys.stdout.write(f"{len(peers):,} peers, {draws:,} draws, {len(domains())} domains, {len(ACTORS)} actors\n")
    sys.stdout.write(f"{clock:6.2f} s here ({here:.2f} s of processor), {least:.2f} s of processor at least, ")
    sys.stdout.write(f"ratio {here / least:.1f}, limit {LIMIT} s\n")
    if min(clock, here) > LIMIT:
        raise SystemExit(1)


def at_least(draws: int, peers: int) -> None:
    """Of one domain: shares drawn and ranked for each actor and for who acts."""
    rng, freedom = np.random.default_rng(17), np.full(peers, 60.0)
    for _ in (*ACTORS, "who acts"):
        rank_block(rng.standard_t(freedom, (draws, peers)))


def scored(peers: pl.Series, draws: int, rng: np.random.Generator) -> tuple[pl.DataFrame, dict[str, RankArray]]:
    """Scores drawn at random, a rank each, and replicates about them."""
    tables, replicates = [], {}
    for domain in domains():
        values = rng.standard_normal(len(peers))
        rank = rank_block(values[None])[0].astype(np.int64)
        table = pl.DataFrame({"territory": peers, "score": values, "rank": rank}).with_columns(
            peer_set=pl.lit(PEER_SET), node=pl.lit(domain.id), tied=pl.lit(0), of=pl.lit(len(peers))
        )
        lacking = [pl.lit(None, kind).alias(name) for name, kind in SCORES.items() if name not in table.columns]
        tables.append(table.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in SCORES.items()))
        replicates[domain.id] = rank_block(values + 0.3 * rng.standard_normal((draws, len(peers))))
    return pl.concat(tables), replicates


def asked(peers: pl.Series, actor: str, measure: str, rng: np.random.Generator) -> pl.DataFrame:
    """Shares of 30 to 90 respondents of each peer, by domain, drawn at random."""
    count, tables = len(peers), []
    for domain in domains():
        n = rng.integers(30, 90, count)
        share = rng.binomial(n, rng.beta(4, 6, count)) / n
        table = pl.DataFrame({"territory": peers, "n": n, "estimate": share, "df": n - 1}).with_columns(
            study=pl.lit(f"{actor}-2019"), period=pl.lit("2019-10"), actor=pl.lit(actor), measure=pl.lit(measure),
            level=pl.lit("EPCI"), domain=pl.lit(domain.id), status=pl.lit("A"),
            se=(pl.col("estimate") * (1 - pl.col("estimate")) / pl.col("n")).sqrt(),
            low=(pl.col("estimate") - 0.1).clip(0, 1), high=(pl.col("estimate") + 0.1).clip(0, 1),
        )  # fmt: skip
        lacking = [pl.lit(None, kind).alias(name) for name, kind in PERCEPTIONS.items() if name not in table.columns]
        tables.append(table.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in PERCEPTIONS.items()))
    return pl.concat(tables)


def best(work: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Seconds of the fastest run, by the clock and by the processor."""
    clock, processor = [], []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return min(clock), min(processor)


if __name__ == "__main__":
    main()
