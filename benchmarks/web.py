"""How fast and how heavy the site is, on a release of 35,000 communes × 100 indicators.

    python benchmarks/web.py [--home FOLDER]

Serves the release with ``odd17 serve --workers 2`` and reads territory pages of every level:

- uncached: each territory once, 20 a second, against the limit of 150 ms (95th percentile);
- cached: 100 territories again and again, half of them revalidating by ETag, 200 a second, against 50 ms;
- first load: the page with everything it refers to, gzipped, against 300 KB at region and département level;
- memory: each worker's resident set afterwards, against 300 MB.

The client's share is measured in the same run: the same load on a server that answers two bytes.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import polars as pl
import psutil
from load import Request, floor, run

PORT = 8017
BASE = f"http://127.0.0.1:{PORT}"


def addresses(home: Path, count: int, seed: int) -> list[str]:
    """Paths of ``count`` territories drawn at random, as many of each level as there are to draw from."""
    release = (home / "releases" / "CURRENT").read_text().strip()
    table = pl.read_parquet(home / "releases" / release / "territories.parquet", columns=["id", "level", "slug"])
    chooser = random.Random(seed)
    by_level = [
        [f"/territoires/{row['id']}-{row['slug']}/" for row in rows.iter_rows(named=True)]
        for _, rows in table.group_by("level", maintain_order=True)
        if rows.height > 1
    ]
    for paths in by_level:
        chooser.shuffle(paths)
    drawn: list[str] = []
    while len(drawn) < count and any(by_level):
        drawn += [paths.pop() for paths in by_level if paths]
    return drawn[:count]


def fetch(path: str) -> tuple[bytes, str, int]:
    """Body (decoded), ETag and bytes on the wire of one answer."""
    request = urllib.request.Request(BASE + path, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        wire = answer.read()
        body = gzip.decompress(wire) if answer.headers.get("Content-Encoding") == "gzip" else wire
        return body, answer.headers.get("ETag", ""), len(wire)


def first_load(path: str) -> int:
    """Bytes on the wire of a page and of all that it loads by itself, each once."""
    body, _, total = fetch(path)
    text = body.decode()
    parts = re.findall(r'<(?:link[^>]*rel="(?:stylesheet|icon)"[^>]*|script|img)[^>]*?(?:href|src)="(/[^"]+)"', text)
    return total + sum(fetch(part)[2] for part in sorted(set(parts)))


def workers(server: subprocess.Popen[bytes]) -> dict[int, float]:
    """Resident set in MB of every process under ``server``."""
    family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    return {process.pid: process.memory_info().rss / 1e6 for process in family}


def wait() -> None:
    """Until the site answers; gives up after three minutes."""
    for _ in range(900):
        try:
            fetch("/")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not answer")


def verdict(name: str, value: float, limit: float, unit: str) -> None:
    """One line: the figure beside its limit."""
    print(f"{name:<58}{value:>10.1f} {unit:<3} limit {limit:>6.0f} {unit:<3} {'ok' if value <= limit else 'OVER'}")


def measure(home: Path) -> None:
    """Serve ``home`` and print every figure beside its limit."""
    environment = os.environ | {"ODD17_HOME": str(home), "ODD17_PULL": "off"}
    odd17 = str(Path(sys.executable).with_name("odd17"))
    server = subprocess.Popen([odd17, "serve", "--port", str(PORT), "--workers", "2"], env=environment)
    try:
        wait()
        once = addresses(home, 600, seed=1)
        idle = floor(20, 200)
        cold = run("127.0.0.1", PORT, [Request(path) for path in once], rate=20)
        print(
            f"uncached: {cold.statuses}, median {cold.percentile(50):.1f} ms; alone, p95 {idle.percentile(95):.1f} ms"
        )
        verdict("uncached pages, 20 a second, p95", cold.percentile(95), 150, "ms")

        again = addresses(home, 100, seed=1)
        tags = {path: fetch(path)[1] for path in again}
        chooser = random.Random(2)
        requests = [
            Request(path, (("If-None-Match", tags[path]),) if position % 2 else ())
            for position, path in enumerate(chooser.choices(again, k=4000))
        ]
        idle = floor(200, 1000)
        warm = run("127.0.0.1", PORT, requests, rate=200)
        print(
            f"cached: {warm.statuses}, median {warm.percentile(50):.1f} ms; the client alone, p95 "
            f"{idle.percentile(95):.1f} ms, and {warm.client_cpu_share:.0%} of a core"
        )
        verdict("cached pages, 200 a second, p95", warm.percentile(95), 50, "ms")

        for path in [p for p in again if "/REG-" in p][:3] + [p for p in again if "/DEP-" in p][:3]:
            verdict(f"first load of {path}", first_load(path) / 1000, 300, "KB")
        for pid, size in workers(server).items():
            verdict(f"memory of process {pid}", size, 300, "MB")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Measure ``--home``, or a home made for the occasion by benchmarks/import.py's table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, help="a home that already has the large release")
    home = parser.parse_args().home
    if home is not None:
        measure(home)
        return
    with tempfile.TemporaryDirectory() as folder:
        importing = str(Path(__file__).with_name("import.py"))
        subprocess.run([sys.executable, importing, "--times", "1", "--keep", folder], check=False)
        measure(Path(folder) / "home")


if __name__ == "__main__":
    main()
