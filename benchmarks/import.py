"""Import a commune file of 35,000 rows × 100 columns, and build its release, beside a bare Polars read of it.

Run: ``python benchmarks/import.py``. Each measure is a process of its own, so that its peak memory is its own; figures
are the best of three. Limits: import and release in 15 s and 1,536 MB on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from odd17.core.kernel import domains
from odd17.core.territories import Level
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset

COLUMNS = 100
DOMAINS = [domain.id for domain in domains()]  # all of them: each has ranks to bound, and so have the dimensions
SECONDS, MEGABYTES = 15, 1536
CORES = 2

DATASET = """\
id: benchmark
title: One hundred rates by commune
source: {producer: benchmark, citation: "drawn at random, seed 17", licence: none, published: 2026-01-01}
territories: {column: codgeo, level: COM, vintage: 2026}
period: 2023
missing: {nd: O, s: [Q, C]}
"""


def write_files(folder: Path) -> None:
    """A file in French conventions: ``;``, decimal commas, a few marks of missing."""
    rng = np.random.default_rng(17)
    codes = load_shipped_cog().at(Level.COMMUNE)
    columns: dict[str, pl.Series] = {"codgeo": pl.Series([code.removeprefix("COM-") for code in codes])}
    dataset = [DATASET, "columns:\n"]
    definitions = ["indicators:\n"]
    for at in range(COLUMNS):
        text = pl.Series(np.round(rng.random(len(codes)) * 100, 2)).cast(pl.String).str.replace(".", ",", literal=True)
        marked = pl.Series(rng.random(len(codes)))
        columns[f"tx_{at}"] = (
            pl.DataFrame({"text": text, "marked": marked})
            .select(pl.when(pl.col("marked") < 0.005).then(pl.lit("s")).when(pl.col("marked") < 0.01).then(pl.lit("nd"))
                    .otherwise("text").alias("x"))["x"]
        )  # fmt: skip
        dataset.append(f"  tx_{at}: rate_{at}\n")
        definitions.append(
            f"  rate_{at}:\n    name: {{fr: Taux {at}, en: Rate {at}}}\n"
            f"    definition: {{fr: Taux {at}, en: Rate {at}}}\n    unit: percent\n    direction: fragility_up\n"
            f"    domain: {DOMAINS[at % len(DOMAINS)]}\n"
        )
    pl.DataFrame(columns).write_csv(folder / "communes.csv", separator=";")
    (folder / "communes.yml").write_text("".join(dataset + definitions), encoding="utf-8")


def step(name: str, folder: Path) -> dict[str, float]:
    """One measure, in this process: seconds and peak memory."""
    cog = load_shipped_cog()
    start, used = time.perf_counter(), time.process_time()
    if name == "polars":
        rows = pl.read_csv(folder / "communes.csv", separator=";", infer_schema=False).height
    elif name == "import":
        done = import_dataset(folder / "communes.csv", folder / "communes.yml", home=folder / "home", cog=cog)
        rows = done.snapshot.observations
    else:
        rows = build_release(home=folder / "home").manifest["counts"]["observations"]
    seconds = time.perf_counter() - start
    used = time.process_time() - used
    return {
        "seconds": seconds,
        "cpu": used,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": rows,
    }


def measured(name: str, folder: Path, times: int) -> dict[str, float]:
    """The best of several runs, each in a process held to two cores; peak memory is the worst."""
    results = []
    for _ in range(times):
        subprocess.run(
            ["rm", "-rf", str(folder / "home" / ("datasets" if name == "import" else "releases"))], check=True
        )
        command = [sys.executable, __file__, "--step", name, "--folder", str(folder)]
        environment = os.environ | {"POLARS_MAX_THREADS": str(CORES)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode:
            raise SystemExit(f"{name} failed:\n{done.stderr}")
        results.append(json.loads(done.stdout.splitlines()[-1]))
    best = min(results, key=lambda item: item["seconds"])
    return best | {"megabytes": max(item["megabytes"] for item in results)}


def main() -> None:
    """Print the table; exit 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder in which to leave the files and the home")
    asked = parser.parse_args()
    if asked.step:
        sys.stdout.write(json.dumps(step(asked.step, asked.folder)) + "\n")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        write_files(folder)
        size = (folder / "communes.csv").stat().st_size / 2**20
        results = {name: measured(name, folder, asked.times) for name in ("polars", "import", "release")}
    base = results["polars"]["seconds"]
    out = sys.stdout.write
    out(f"35,000 rows × {COLUMNS} columns, {size:.0f} MB of CSV, {CORES} cores\n")
    out(f"{'':22}{'seconds':>9}{'× polars':>10}{'CPU s':>8}{'peak MB':>9}{'rows':>12}\n")
    for name, label in (("polars", "bare Polars read"), ("import", "odd17 import"), ("release", "odd17 release build")):
        one = results[name]
        out(f"{label:22}{one['seconds']:9.2f}{one['seconds'] / base:10.1f}{one['cpu']:8.2f}")
        out(f"{one['megabytes']:9.0f}{one['rows']:12,.0f}\n")
    seconds = results["import"]["seconds"] + results["release"]["seconds"]
    peak = max(results["import"]["megabytes"], results["release"]["megabytes"])
    out(f"import and release: {seconds:.2f} s (limit {SECONDS}), peak {peak:.0f} MB (limit {MEGABYTES})\n")
    if seconds > SECONDS or peak > MEGABYTES:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
