"""Time of a search by name over every territory, beside the limit of 5 ms.

python benchmarks/territory_search.py
"""

from __future__ import annotations

import statistics
import time

from odd17.store.territories import load_shipped_cog

LIMIT_MS = 5.0
QUERIES = (
    "s", "le", "saint", "saint etienne", "st-étienne", "42218", "Rhône", "metropole du grand", "REG-53", "75101",
    "de la", "nulle part", "<script>", "x" * 10_000,
)  # fmt: skip
REPEATS = 200


def main() -> None:
    start = time.perf_counter()
    cog = load_shipped_cog()
    loaded = time.perf_counter()
    cog.search("a")
    indexed = time.perf_counter()
    print(f"territories {len(cog)}; load {1e3 * (loaded - start):.0f} ms; index once {1e3 * (indexed - loaded):.0f} ms")
    for query in QUERIES:
        times = []
        for _ in range(REPEATS):
            begun = time.perf_counter()
            cog.search(query)
            times.append(1e3 * (time.perf_counter() - begun))
        p95 = statistics.quantiles(times, n=20)[-1]
        mark = "within" if p95 <= LIMIT_MS else "OVER"
        print(
            f"{query[:20]!r:24} median {statistics.median(times):6.3f} ms  p95 {p95:6.3f} ms  {mark} {LIMIT_MS:.0f} ms"
        )


if __name__ == "__main__":
    main()
