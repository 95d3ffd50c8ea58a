"""How well search finds: nDCG@10 over 42 real queries, ours beside SQLite FTS5 and plain BM25, in one run.

The collection is 700 local initiatives (``data/cas-alternatiba-limousin`` of the reference material, which is not
shipped: without it nothing is measured). ``search_judgements.yml`` has the queries and, for each, the rows of that file
that answer: 3 exactly, 2 well, 1 in part. They were graded by reading the first twenty of each of the three systems,
pooled, and again what ours newly found once tuned; what was never read counts as not answering, for all three alike.
The weights of ours were set on these same queries: on others it may do less well.

    python benchmarks/search_quality.py [FILE]      # --pool prints what is to be read
"""

from __future__ import annotations

import json
import math
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import yaml

from odd17.core.practices.case import Case
from odd17.core.practices.query import PracticeQuery
from odd17.store.search import PracticeIndex, load_synonyms

HERE = Path(__file__).resolve().parent
JUDGEMENTS = HERE / "search_judgements.yml"
DEPTH, POOLED = 10, 20

Search = Callable[[str, int], list[int]]


def collection(arguments: list[str]) -> Path:
    given = [Path(item) for item in arguments if not item.startswith("-")]
    shared = Path(os.environ.get("ODD17_SHARED", HERE.parents[1] / "shared"))
    return given[0] if given else shared / "data" / "cas-alternatiba-limousin" / "elements-pwa.json"


def texts(path: Path) -> list[tuple[str, str]]:
    """Title, and all that is said: description and tags."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [(row["nom"] or "", f"{row.get('description') or ''}\n{row.get('tags') or ''}") for row in rows]


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def ours(documents: list[tuple[str, str]], folder: Path) -> Search:
    index = PracticeIndex(folder, synonyms=load_synonyms())
    index.replace_all(
        Case(id=str(row), title=title or "-", summary=body) for row, (title, body) in enumerate(documents)
    )
    return lambda query, size: [int(hit.id) for hit in index.search(PracticeQuery(query), size).hits]


def fts5(documents: list[tuple[str, str]]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    base.executemany(
        "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)",
        [(row + 1, title, body) for row, (title, body) in enumerate(documents)],
    )

    def search(query: str, size: int) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in words(query))
        found = base.execute("SELECT rowid - 1 FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT ?", (asked, size))
        return [row for (row,) in found]

    return search


def bm25(documents: list[tuple[str, str]], k1: float = 1.2, b: float = 0.75) -> Search:
    """Robertson and Zaragoza (2009), over all words of a document alike."""
    bags = [Counter(words(f"{title} {body}")) for title, body in documents]
    lengths = [bag.total() for bag in bags]
    mean = statistics.fmean(lengths)
    frequency = Counter(word for bag in bags for word in bag)

    def search(query: str, size: int) -> list[int]:
        scores: dict[int, float] = {}
        for word in words(query):
            weight = math.log(1 + (len(bags) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            for row, bag in enumerate(bags):
                if count := bag[word]:
                    norm = k1 * (1 - b + b * lengths[row] / mean)
                    scores[row] = scores.get(row, 0.0) + weight * count * (k1 + 1) / (count + norm)
        return sorted(scores, key=lambda row: (-scores[row], row))[:size]

    return search


def ndcg(found: list[int], grades: dict[int, int], depth: int = DEPTH) -> float:
    """Järvelin and Kekäläinen (2002), gains 2^grade - 1."""

    def gained(values: list[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:depth]))

    best = gained(sorted(grades.values(), reverse=True))
    return gained([grades.get(row, 0) for row in found]) / best if best else 0.0


def main() -> None:
    path = collection(sys.argv[1:])
    if not path.is_file():
        print("skipped: the 700 initiatives are not there (set ODD17_SHARED, or give the file)")
        return
    documents = texts(path)
    judged: dict[str, dict[int, int]] = yaml.safe_load(JUDGEMENTS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        systems = {"ours": ours(documents, Path(folder)), "FTS5": fts5(documents), "BM25": bm25(documents)}
        if "--pool" in sys.argv:
            for query in judged:
                pool = {row for search in systems.values() for row in search(query, POOLED)}
                print(f"\n## {query}")
                for row in sorted(pool):
                    title, body = documents[row]
                    print(f"{row}: {title[:70]} | {' '.join(body.split())[:160]}")
            return
        scores = {
            name: [ndcg(search(query, DEPTH), grades) for query, grades in judged.items()]
            for name, search in systems.items()
        }
        for place, query in enumerate(judged):
            print(f"{query[:42]:44}" + "  ".join(f"{name} {values[place]:.3f}" for name, values in scores.items()))
    print(f"{len(judged)} queries, {sum(map(len, judged.values()))} judgements; nDCG@{DEPTH}:")
    for name, values in scores.items():
        print(f"  {name:5} {statistics.fmean(values):.3f}")


if __name__ == "__main__":
    main()
