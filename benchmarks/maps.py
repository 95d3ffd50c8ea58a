"""Time to draw a map of each level in the drawing process, and its size beside the limit of the page that holds it.

python benchmarks/maps.py
"""

from __future__ import annotations

import gzip
import statistics
import time

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Estimate
from odd17.core.territories.levels import Level
from odd17.publishing.addresses import territory_path
from odd17.publishing.charts.maps import Subject, choropleth_map
from odd17.publishing.drawing import Drawer
from odd17.store.geometry import load_topology
from odd17.store.territories import load_shipped_cog

LIMITS_KB = {"REG": 40, "DEP": 40, "EPCI": 150, "COM": 150}
REPEATS = 10


def main() -> None:
    cog = load_shipped_cog()
    largest = max(cog.at("DEP"), key=lambda id: len(cog.children(id, "COM")))
    print(f"largest map of communes: {largest}, {len(cog.children(largest, 'COM'))} communes; {REPEATS} drawings each")
    with Drawer(workers=1) as drawer:
        for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE):
            topology = load_topology(level, largest if level is Level.COMMUNE else None)
            shapes = [geometry["id"] for geometry in topology["objects"][level.value]["geometries"]]
            figures = [(cog[id], Estimate(place * 7919 % 1000 / 10)) for place, id in enumerate(shapes)]
            drawing = choropleth_map(
                Subject("benchmark", "Benchmark", Unit.PERCENT, Direction.FRAGILITY_UP),
                figures,
                topology=topology,
                layer=level.value,
                language="fr",
                link=lambda territory: territory_path(territory, "fr"),
            )
            times = []
            for _ in range(REPEATS + 1):
                start = time.perf_counter()
                svg = drawer.draw(drawing)
                times.append(1e3 * (time.perf_counter() - start))
            size = len(gzip.compress(svg, mtime=0)) / 1000
            limit = LIMITS_KB[level.value]
            median = statistics.median(times[1:])
            print(
                f"{level.value:4} {len(figures):5} shapes  first {times[0]:6.0f} ms  median {median:5.0f} ms"
                f"  {size:6.1f} kB gzipped  {'within' if size <= limit else 'OVER'} {limit} kB"
            )


if __name__ == "__main__":
    main()
