"""Time to write the reports of the 13 metropolitan regions from a release of the shipped data, beside the 20 s limit.

python benchmarks/report.py
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from odd17.core.diagnosis.peers import members
from odd17.workflows.build_release import build_release
from odd17.workflows.report import build_report

LIMIT_S = 20.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        release = build_release(home=home)
        regions = members("REG-metropolitan", release.cog)["territory"].to_list()
        start = time.perf_counter()
        sizes = []
        for region in regions:
            sizes.append(len(build_report(release, region, "fr", home=home)))
        spent = time.perf_counter() - start
    mark = "within" if spent <= LIMIT_S else "OVER"
    mean = sum(sizes) / len(sizes) / 1000
    print(f"{len(regions)} reports of {mean:.0f} kB on average: {spent:.1f} s, {mark} {LIMIT_S:.0f} s")


if __name__ == "__main__":
    main()
