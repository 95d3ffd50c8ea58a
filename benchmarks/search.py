"""Speed of the search of practices beside SQLite FTS5 in the same run, on made-up cases from a seeded generator.

python benchmarks/search.py             # 100,000 cases against their goals, then the growth to 1,000,000
python benchmarks/search.py 5000        # another number, without the growth
python benchmarks/search.py --matching [50000]  # needs matched with cases: all of them, and those that the index chose
python benchmarks/search.py --page HOME # the page of results over 5,000 cases, in a home that has a release
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

from odd17.core.kernel import alliance_types, domains, goals, partner_kinds, proofs, scales, stages, trades
from odd17.core.practices.case import Case, Impact, Partner, Story
from odd17.core.practices.matching import best, match, said_in
from odd17.core.practices.need import Need
from odd17.core.practices.query import Facet, PracticeQuery, Sort
from odd17.store.search import Place, PracticeIndex, load_synonyms
from odd17.store.territories import load_shipped_cog

SEED, COUNT, MOST, QUERIES = 20_261_125, 100_000, 1_000_000, 400
P50_MS, P99_MS, SIZE, REBUILD_S, PAGE_MS = 5.0, 25.0, 1.5, 30.0, 60.0
_SYLLABLES = [
    "ba",
    "co",
    "di",
    "fo",
    "gu",
    "lie",
    "mon",
    "na",
    "per",
    "ro",
    "sta",
    "tri",
    "ver",
    "zo",
    "eau",
    "ition",
    "ment",
    "able",
    "cri",
    "plu",
    "sor",
    "ten",
    "val",
    "jar",
]


class Made:
    """Made-up cases: Zipfian words, communes of the COG, words of the vocabularies drawn by lot."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        self.words = list(
            dict.fromkeys(
                "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))) for _ in range(40_000)
            )
        )
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))  # summed once, not a case
        table = load_shipped_cog().table
        self.places = {
            id: Place(name, tuple(parents)) for id, name, parents in table.select("id", "name", "parents").iter_rows()
        }
        self.communes = [id for id in self.places if id.startswith("COM-")]

    def cases(self, count: int) -> Iterator[Case]:
        chance = random.Random(SEED + 1)
        words = {name: [item.id for item in made()] for name, made in _VOCABULARIES.items()}
        pool = [" ".join(chance.choices(self.words, cum_weights=self.weights, k=25)) for _ in range(20_000)]
        for number in range(count):
            said = [chance.choice(pool) for _ in range(5)]
            yield Case(
                id=str(number),
                title=" ".join(chance.choices(self.words, cum_weights=self.weights, k=6)),
                summary=said[0],
                story=Story(*said[1:4], "", said[4]),
                partners=tuple(
                    Partner(f"{chance.choice(self.words)} {at}", chance.choice(words["kinds"])) for at in range(3)
                ),
                domains=tuple(chance.sample(words["domains"], 2)),
                goals=tuple(chance.sample(words["goals"], 2)),
                territories=(chance.choice(self.communes),),
                scale=chance.choice(words["scales"]),
                alliance_type=chance.choice(words["types"]),
                trade=chance.choice(words["trades"]),
                stage=chance.choice(words["stages"]),
                begun=date(chance.randint(2000, 2026), 1, 1),
                impacts=(Impact("trust", chance.choice(self.words), chance.choice(words["proofs"])),),
            )

    def queries(self) -> list[PracticeQuery]:
        """One to three words, of any frequency; every other with filters; some with a typo, a quote, another order."""
        chance = random.Random(SEED + 2)
        asked = []
        for number in range(QUERIES):
            typed = [
                chance.choice(self.words[: chance.choice((50, 500, 5_000, 20_000))])
                for _ in range(chance.randint(1, 3))
            ]
            if number % 10 == 1:
                typed[0] = typed[0][:2] + typed[0][3:]
            text = f'"{" ".join(typed)}"' if number % 20 == 5 else " ".join(typed)
            filters = {}
            if number % 2:
                filters[Facet.DOMAIN] = (chance.choice(list(domains())).id,)
            if number % 4 == 1:
                filters[Facet.TERRITORY] = (chance.choice(("REG-75", "DEP-87", "DEP-35", "REG-53")),)
            if number % 8 == 1:
                filters[Facet.PROOF] = ("measured", "evaluated")
            asked.append(PracticeQuery(text, filters, sort=Sort.PROOF if number % 25 == 3 else Sort.RELEVANCE))
        return [*asked, PracticeQuery()]


_VOCABULARIES: dict[str, Callable[[], tuple[object, ...]]] = {
    "domains": domains, "goals": goals, "kinds": partner_kinds, "types": alliance_types, "trades": trades,
    "stages": stages, "scales": scales, "proofs": proofs,
}  # fmt: skip


def told(case: Case) -> str:
    story = case.story
    partners = " ".join(item.name for item in case.partners)
    return f"{case.summary} {story.need} {story.alliance} {story.steps} {story.learnt} {partners}"


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def times(run: Callable[[PracticeQuery], object], queries: list[PracticeQuery]) -> tuple[float, float]:
    """Median and 99th percentile, in ms, each query once after a first round."""
    for query in queries[:20]:
        run(query)
    taken = []
    for query in queries:
        begun = time.perf_counter()
        run(query)
        taken.append(1e3 * (time.perf_counter() - begun))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def fts5(path: Path, cases: Iterator[Case]) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    base.execute("CREATE TABLE f(id INTEGER PRIMARY KEY, domain TEXT, proof TEXT, type TEXT, stage TEXT, year INT)")
    for case in cases:
        base.execute("INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", (int(case.id), case.title, told(case)))
        base.execute(
            "INSERT INTO f VALUES (?, ?, ?, ?, ?, ?)",
            (int(case.id), case.domains[0], case.impacts[0].proof, case.alliance_type, case.stage, case.begun.year),  # type: ignore[union-attr]  # made with one
        )
    base.commit()
    return base


def ask_fts5(base: sqlite3.Connection, query: PracticeQuery) -> None:
    """Its words, the best twenty, and the counts of five filters of one value a practice: less than ours does."""
    asked = " ".join(f'"{word}"' for word in query.text.replace('"', "").split())
    where, values = ("t MATCH ?", [asked]) if asked else ("1", [])
    if Facet.DOMAIN in query.filters:
        where, values = f"{where} AND f.domain = ?", [*values, query.filters[Facet.DOMAIN][0]]
    joined = f"FROM t JOIN f ON f.id = t.rowid WHERE {where}"  # made of our own words
    order = "ORDER BY bm25(t)" if asked else "ORDER BY year DESC"
    base.execute(f"SELECT f.id {joined} {order} LIMIT 20", values).fetchall()
    for name in ("domain", "proof", "type", "stage", "year"):
        base.execute(f"SELECT f.{name}, count(*) {joined} GROUP BY 1", values).fetchall()


def measure(made: Made, count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = sum(len(f"{case.title} {told(case)}".encode()) for case in made.cases(count))
        begun = time.perf_counter()
        for _ in made.cases(count):
            pass
        making = time.perf_counter() - begun
        index = PracticeIndex(folder / "index", made.places.get, load_synonyms())
        begun = time.perf_counter()
        index.replace_all(made.cases(count))
        built = time.perf_counter() - begun - making
        held = size_of(folder / "index")
        queries = made.queries()
        middle, late = times(index.search, queries)
        (one,) = made.cases(1)
        begun = time.perf_counter()
        index.put(one)
        put = 1e3 * (time.perf_counter() - begun)
        print(f"{count:,} cases, {text / 1e6:.0f} MB of text; {len(queries)} queries with all their counts")
        print(
            f"  ours: p50 {middle:.1f} ms, p99 {late:.1f} ms; index {held / text:.2f} × the text; "
            f"built in {built:.1f} s; one put {put:.0f} ms"
        )
        begun = time.perf_counter()
        base = fts5(folder / "fts5", made.cases(count))
        other = time.perf_counter() - begun - making
        middle5, late5 = times(lambda query: ask_fts5(base, query), queries)
        base.close()
        print(
            f"  FTS5: p50 {middle5:.1f} ms, p99 {late5:.1f} ms; {size_of(folder) / text - held / text:.2f} × the text; "
            f"built in {other:.1f} s"
        )
        if count == COUNT:
            for what, value, limit in (
                ("p50", middle, P50_MS),
                ("p99", late, P99_MS),
                ("size", held / text, SIZE),
                ("rebuild", built, REBUILD_S),
            ):
                print(f"  {what} {value:.2f} {'within' if value <= limit else 'OVER'} {limit}")


def matching(count: int) -> None:
    made, day = Made(), date(2026, 11, 25)
    needs = [
        Need((chance.choice(list(domains())).id,), " ".join(chance.choices(made.words[:5_000], k=3)))
        for chance in [random.Random(SEED + 3)]
        for _ in range(40)
    ]
    cases = list(made.cases(count))
    said = {case.id: said_in(case) for case in cases}
    by_number = {case.id: case for case in cases}
    with tempfile.TemporaryDirectory() as name:
        index = PracticeIndex(Path(name), made.places.get, load_synonyms())
        index.replace_all(iter(cases))

        def chosen(need: Need) -> object:
            found = index.preselect(need, day, 20)
            return best(need, [by_number[id] for id in found.ids], found, day, 20)

        for what, run in (
            ("all cases", lambda need: match(need, cases, day, 20, said)),
            ("the index’s choice", chosen),
        ):
            taken = []
            for need in needs:
                begun = time.perf_counter()
                run(need)
                taken.append(1e3 * (time.perf_counter() - begun))
            late = statistics.quantiles(taken, n=20)[18]
            print(f"matching with {count:,} cases, {what}: median {statistics.median(taken):.1f} ms, p95 {late:.1f} ms")
        assert all(match(need, cases, day, 20, said) == chosen(need) for need in needs[:5])


def page(home: str) -> None:
    os.environ |= {"ODD17_HOME": home, "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"}
    from django.test import Client  # noqa: PLC0415 - the site's settings read the home

    from odd17.web.config.preparation import prepare, run  # noqa: PLC0415 - likewise

    prepare()
    made = Made()
    run(
        "practices_import",
        cases=made.cases(5_000),
        origin="benchmark",
        publish=True,
        dry_run=False,
        done=lambda _: None,
    )
    run("practices_index", whole=True, done=lambda count: print(f"{count:,} practices"))
    client = Client(SERVER_NAME="localhost")
    addresses = []
    for query in made.queries():
        pairs = "&".join(f"{facet.value}={value}" for facet, values in query.filters.items() for value in values)
        addresses.append(f"/pratiques/?q={query.text.replace(' ', '+')}&{pairs}")
    taken = []
    for address in [*addresses[:20], *addresses]:
        begun = time.perf_counter()
        assert client.get(address).status_code == 200, address
        taken.append(1e3 * (time.perf_counter() - begun))
    late = statistics.quantiles(taken[20:], n=20)[18]
    print(f"page of results: median {statistics.median(taken[20:]):.1f} ms, p95 {late:.1f} ms,"
          f" {'within' if late <= PAGE_MS else 'OVER'} {PAGE_MS:.0f} ms")  # fmt: skip


def main() -> None:
    if "--page" in sys.argv:
        page(sys.argv[-1])
        return
    if "--matching" in sys.argv:
        matching(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 50_000)
        return
    made = Made()
    for count in [int(item) for item in sys.argv[1:]] or [5_000, COUNT, MOST]:
        measure(made, count)


if __name__ == "__main__":
    main()
