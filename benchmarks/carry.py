"""Time to carry 3.5 million commune figures over ten years of movements, beside a bare copy of the same table.

python benchmarks/carry.py MOVEMENTS_FILE
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.territories import carry
from odd17.store.movements import read_movements
from odd17.store.territories import load_shipped_cog

START = 2016
INDICATORS = 100


@dataclass(frozen=True)
class Kind:
    is_count: bool
    numerator: str | None
    denominator: str | None
    factor: float = 100.0


def main() -> None:
    cog = load_shipped_cog()
    movements = read_movements(Path(sys.argv[1]))
    passage = movements.passage(cog.vintage, START)
    codes = sorted((set(cog.memberships["commune"]) - passage.ended) | passage.origins.keys())
    part = ("a", "b")
    kinds = {
        f"i{k}": (Kind(True, None, None), Kind(False, *part), Kind(False, None, None))[k % 3] for k in range(INDICATORS)
    }
    one = pl.DataFrame({"territory": [f"COM-{code}" for code in codes]})
    values = {"level": "COM", "period": "2015", "obs_status": "A", "conf_status": "F", "source": "benchmark"}
    numbers = {"value": 50.0, "numerator": 1.0, "denominator": 2.0, "vintage": START}
    table = pl.concat(
        one.with_columns(
            **{name: pl.lit(value) for name, value in (values | numbers).items()},
            indicator=pl.lit(indicator),
            note=pl.lit(None, pl.String),
        ).select(pl.col(name).cast(dtype) for name, dtype in OBSERVATIONS.items())
        for indicator in kinds
    )
    begun = time.perf_counter()
    table.with_columns(pl.col("vintage") + 1).rechunk()
    copied = time.perf_counter()
    result = carry(
        table, to=cog.vintage, indicators=kinds, memberships={cog.vintage: cog.memberships}, movements=movements
    )
    ended = time.perf_counter()
    ratio = (ended - copied) / (copied - begun)
    print(f"{table.height:,} figures of {START} -> {result.observations.height:,} of {cog.vintage}")
    print(f"carry {ended - copied:.2f} s; bare copy {copied - begun:.2f} s; ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
