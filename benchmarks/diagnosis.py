"""Score 34,875 communes × 100 indicators and diagnose territories in that release, beside the least each could cost.

Run: ``python benchmarks/diagnosis.py``. The least for scoring is Polars reading the same four columns, for a diagnosis
the bare reading of the same rows. Figures are the best of five; limits: 2 s and 30 ms.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from odd17.core.diagnosis.scoring import score
from odd17.core.kernel import domains
from odd17.core.territories import Level
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.import_dataset import import_dataset

COLUMNS, SCORE_LIMIT, DIAGNOSIS_LIMIT = 100, 2.0, 0.030


def main() -> None:
    """Print each time, the least beside it and their ratio; exit 1 where a limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        release = build(Path(name))
        observations = pl.scan_parquet(release.path / "observations.parquet")
        columns = observations.select("territory", "indicator", "period", "value")
        rows = columns.collect().height
        scoring = best(lambda: score(observations, release.indicators, release.frame, release.cog))
        scan = best(lambda: columns.collect())
        rng = np.random.default_rng(17)
        chosen = [str(id) for id in rng.choice(release.cog.at(Level.COMMUNE), 50)]
        diagnosis = float(np.median([best(lambda id=id: diagnose(release, id), 3) for id in chosen]))
        reading = float(np.median([best(lambda id=id: read(release, id), 3) for id in chosen]))
    sys.stdout.write(f"{rows:,} figures\n{'':28}{'here':>10}{'least':>10}{'ratio':>8}{'limit':>10}\n")
    for label, here, least, limit in (
        ("score every peer set", scoring, scan, SCORE_LIMIT),
        ("diagnose a commune (median)", diagnosis, reading, DIAGNOSIS_LIMIT),
    ):
        times = "".join(f"{1000 * value:8.1f}ms" for value in (here, least))
        sys.stdout.write(f"{label:28}{times}{here / least:8.1f}{1000 * limit:8.0f}ms\n")
    if scoring > SCORE_LIMIT or diagnosis > DIAGNOSIS_LIMIT:
        raise SystemExit(1)


def build(folder: Path) -> Release:
    """The release of a random file of 100 rates by commune, over the 16 domains."""
    cog = load_shipped_cog()
    communes = cog.at(Level.COMMUNE)
    rng, ids = np.random.default_rng(17), [f"rate_{at}" for at in range(COLUMNS)]
    values = {id: pl.Series(np.round(rng.random(len(communes)) * 100, 2)) for id in ids}
    file, dataset = folder / "communes.parquet", folder / "communes.yml"
    pl.DataFrame({"code": [cog[id].code for id in communes], **values}).write_parquet(file)
    names = [domain.id for domain in domains()]
    indicators = {
        id: {
            "name": {"fr": id, "en": id},
            "definition": {"fr": "Tiré au hasard.", "en": "Drawn at random."},
            "unit": "per_1000",
            "direction": "fragility_up",
            "domain": names[at % len(names)],
        }
        for at, id in enumerate(ids)
    }
    source = {
        "producer": "benchmark",
        "citation": "drawn at random, seed 17",
        "licence": "none",
        "retrieved": "2026-01-01",
    }
    declared = {
        "id": "benchmark", "title": "One hundred rates by commune", "source": source, "period": "2023",
        "territories": {"column": "code", "level": "COM", "vintage": 2026},
        "columns": {id: id for id in ids}, "indicators": indicators,
    }  # fmt: skip
    dataset.write_text(yaml.safe_dump(declared), encoding="utf-8")
    import_dataset(file, dataset, home=folder / "home", cog=cog)
    return build_release(home=folder / "home")


def read(release: Release, territory: str) -> int:
    """The rows that a diagnosis needs, and nothing done with them."""
    ids = [territory, *release.cog[territory].parents]
    tables = [release.observations(territories=[id], level=id.partition("-")[0]) for id in ids]
    return sum(table.height for table in tables) + release.scores(territories=[territory], peer_set="COM").height


def best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest run."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
