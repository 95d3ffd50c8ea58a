"""The twins of a commune among 35,000, beside the least it could cost: one matrix difference and one partition.

Run: ``python benchmarks/twins.py``. Limit: 50 ms, once the release's profiles are laid out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from odd17.workflows.build_release import build_release
from odd17.workflows.twins import twins

TIMES = 50
MILLISECONDS = 50


def main() -> None:
    """Print the figures; exit 1 where the limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        release = build_release(home=Path(name))
        start = time.perf_counter()
        twins(release, "COM-35238", 10)
        first = time.perf_counter() - start
        spent = []
        for id in release.cog.at("COM")[:: len(release.cog.at("COM")) // TIMES]:
            start = time.perf_counter()
            twins(release, id, 10)
            spent.append(time.perf_counter() - start)
    table = np.random.default_rng(1).normal(size=(34_875, 3))
    start = time.perf_counter()
    np.argpartition(((table - table[7]) ** 2).sum(axis=1), 10)
    least = time.perf_counter() - start
    worst = sorted(spent)[int(0.95 * len(spent))] * 1000
    sys.stdout.write(
        f"first {first * 1000:.0f} ms, then median {np.median(spent) * 1000:.1f} ms, 95 % {worst:.1f} ms "
        f"(limit {MILLISECONDS}); bare numpy {least * 1000:.1f} ms\n"
    )
    if worst > MILLISECONDS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
