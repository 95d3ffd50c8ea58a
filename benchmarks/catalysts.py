"""How fast the pages of the directory of catalysts are, over made-up entries from a seed.

    python benchmarks/catalysts.py [--home FOLDER] [--entries 5000]

The entries go into a database of their own, beside the release of the home (which is only read). Each page is asked
for, in one process, many times with other words, filters and places: its median and 95th percentile, beside the limit
of 150 ms. The first page after a change reads every entry again: its time is printed apart. Exit 1 where a limit is
passed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_brought import BroughtCatalyst
from odd17.core.resources.catalyst_words import languages
from odd17.core.resources.catalysts import Catalyst, Kind
from odd17.core.territories import Cog, Level
from odd17.store.territories import load_shipped_cog

SEED, P95_MS, TIMES = 20_261_125, 150.0, 40
_SYLLABLES = ("ba", "co", "di", "fo", "lie", "mon", "na", "per", "ro", "sta", "tri", "ver", "eau", "ment", "cri", "plu")
_LEVELS = (Level.COMMUNE, Level.COMMUNE, Level.EPCI, Level.EPCI, Level.DEPARTEMENT, Level.REGION)


class Made:
    """Made-up entries and questions, always the same."""

    def __init__(self, cog: Cog) -> None:
        self.chance = random.Random(SEED)
        self.words = ["".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(3_000)]
        self.places = {level: cog.at(level) for level in set(_LEVELS)}

    def entries(self, count: int) -> Iterator[BroughtCatalyst]:
        """``count`` entries, confirmed today, of one to three territories of any level; one in fifty is everywhere."""
        today = date.today()  # noqa: DTZ011 - as the site counts days
        for number in range(count):
            there = {self.place() for _ in range(self.chance.randint(1, 3))}
            catalyst = Catalyst(
                str(number),
                f"Structure {' '.join(self.chance.choices(self.words, k=2))} {number}",
                self.chance.choice(tuple(Kind)),
                trades=self.some(trades()),
                domains=self.some(domains()),
                territories=("FR",) if number % 50 == 0 else tuple(there),
                services=self.some(services()),
                languages=self.some(languages()),
                summary=" ".join(self.chance.choices(self.words, k=25)),
                confirmed=today,
            )
            yield BroughtCatalyst(catalyst, "Nobody", f"nobody{number}@example.org", today)

    def place(self) -> str:
        return self.chance.choice(self.places[self.chance.choice(_LEVELS)])

    def some(self, words: tuple[Any, ...]) -> tuple[str, ...]:
        return tuple(word.id for word in self.chance.sample(words, self.chance.randint(1, 3)))

    def pages(self) -> dict[str, list[str]]:
        """The addresses to ask for, by what they are."""
        asked = [self.chance.choice(trades()).slug for _ in range(TIMES)]
        words = [self.chance.choice(self.words)[:4] for _ in range(TIMES)]
        places = [self.place() for _ in range(TIMES)]
        found: dict[str, list[dict[str, object]]] = {
            "list": [{"page": page} for page in range(1, TIMES + 1)],
            "words": [{"q": word} for word in words],
            "trade": [{"metier": trade, "page": page} for page, trade in enumerate(asked, 1)],
            "near": [{"territoire": place} for place in places],
            "coverage of a region": [
                {"territoire": region} for region in self.chance.choices(self.places[Level.REGION], k=TIMES)
            ],
            "all at once": [
                {"q": word, "metier": trade, "territoire": place}
                for word, trade, place in zip(words, asked, places, strict=True)
            ],
        }
        pages = {name: [f"/catalyseurs/?{urlencode(one)}" for one in queries] for name, queries in found.items()}
        pages["API"] = [f"/api/v1/catalysts?{urlencode({'near': place})}" for place in places]
        pages["API coverage"] = [f"/api/v1/catalysts/coverage?{urlencode({'near': place})}" for place in places]
        return pages


def main() -> None:
    """Print the figures; exit 1 where the limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("ODD17_HOME") or "var"))
    parser.add_argument("--entries", type=int, default=5_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "releases").symlink_to((asked.home / "releases").resolve(), target_is_directory=True)
        os.environ |= {"ODD17_HOME": folder, "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"}
        sys.exit(0 if measure(asked.entries) else 1)


def measure(entries: int) -> bool:
    """Whether every page is within the limit."""
    from django.test import Client  # noqa: PLC0415 - the site's settings read the home
    from django.test.utils import override_settings  # noqa: PLC0415 - likewise

    from odd17.web.config.preparation import prepare, run  # noqa: PLC0415 - likewise

    prepare()
    from odd17.web.catalysts.version import directory_changed  # noqa: PLC0415 - it reads models

    made = Made(load_shipped_cog())
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        run(
            "catalysts_import",
            brought=list(made.entries(entries)),
            origin="benchmark",
            language="fr",
            dry_run=False,
            done=lambda done: print(f"{done.created:,} entries"),
        )
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    timed(client, "/catalyseurs/")  # what the process does once: the release is read, the maps are drawn
    timed(client, "/catalyseurs/?territoire=REG-11")
    directory_changed()
    print(f"first page after a change: {timed(client, '/catalyseurs/'):.0f} ms")
    good = True
    for name, addresses in made.pages().items():
        timed(client, addresses[0])
        taken = [timed(client, address) for address in addresses]
        late = statistics.quantiles(taken, n=20)[18]
        good = good and late <= P95_MS
        print(
            f"{name:22} p50 {statistics.median(taken):6.1f} ms  p95 {late:6.1f} ms  "
            f"{'within' if late <= P95_MS else 'OVER'} {P95_MS:.0f} ms"
        )
    return good


def timed(client: Any, address: str) -> float:
    """Milliseconds of one page."""
    begun = time.perf_counter()
    answer = client.get(address)
    taken = 1e3 * (time.perf_counter() - begun)
    if answer.status_code not in (200, 422):
        raise SystemExit(f"{address}: {answer.status_code}")
    return taken


if __name__ == "__main__":
    main()
