"""What is found in the order of its distance from a territory, page by page, whatever their number.

Only the territories that something found stands in are measured, once a search; what is nearer than the page is left
out by one clause, and the page itself is ranked territory by territory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import Any, Final

import tantivy

Q = tantivy.Query
Occur = tantivy.Occur

_STEP: Final = 1_000.0  # between two distances: more than any text scores
_MOST_PLACES: Final = 60_000  # more than there are territories
_AT_ONCE: Final = 200
_NEAREST_TENTH: Final = 1  # decimals of a kilometre: nearer than that is as near


@dataclass(frozen=True, slots=True)
class Ranked:
    """Addresses with their score, the first first, and how many there are in all."""

    hits: list[tuple[Any, tantivy.DocAddress]]
    count: int


class Nearest:
    """What ``found`` finds, the nearest first; ``column`` has the territories that each thing names.

    ``kilometres`` tells how far each of some territories is; of several that a thing names, the nearest counts. What
    is as far goes by its score, and what stands nowhere known comes last.
    """

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        found: tantivy.Query,
        column: str,
        kilometres: Callable[[Sequence[str]], list[float]],
    ) -> None:
        self._searcher, self._schema, self._found, self._column = searcher, schema, found, column
        answer = searcher.aggregate(found, {column: {"terms": {"field": column, "size": _MOST_PLACES}}})
        counted = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[column]["buckets"]}
        apart = zip(kilometres(list(counted)), counted, strict=True)
        known = sorted((round(far, _NEAREST_TENTH), id) for far, id in apart if isfinite(far))
        self._rings = [[id for _, id in ring] for _, ring in groupby(known, key=lambda pair: pair[0])]
        self._held = [sum(counted[id] for id in ring) for ring in self._rings]

    def page(self, offset: int, size: int) -> Ranked:
        """``size`` of them from the ``offset``-th."""
        hits: list[tuple[Any, tantivy.DocAddress]] = []
        while len(hits) < size:
            wanted = min(size - len(hits), _AT_ONCE)
            more = self._some(offset + len(hits), wanted)
            hits += more
            if len(more) < wanted:
                break
        return Ranked(hits, self._count(self._found))

    def _some(self, offset: int, size: int) -> list[tuple[Any, tantivy.DocAddress]]:
        # a thing in several rings is counted in each: a ring holds at most what is counted
        passed = held = 0
        while passed < len(self._rings) and held + self._held[passed] <= offset:
            held += self._held[passed]
            passed += 1
        nearer = self._in(self._rings[:passed])
        before = self._count(self._among(self._found, nearer)) if passed else 0
        end, wanted = passed, offset + size - before
        left = self._without(nearer) if passed else self._found
        while end < len(self._rings):
            while end < len(self._rings) and sum(self._held[passed:end]) < wanted:
                end += 1
            if self._count(self._among(left, self._in(self._rings[passed:end]))) >= offset + size - before:
                break
            wanted *= 2
        rings = self._rings[passed:end]
        ranks = [Q.const_score_query(self._in([ring]), _STEP * (len(rings) - at)) for at, ring in enumerate(rings)]
        ranked = (
            Q.boolean_query([(Occur.Must, left), (Occur.Should, Q.disjunction_max_query(ranks))]) if ranks else left
        )
        answer: Any = self._searcher.search(ranked, size, offset=offset - before)
        return list(answer.hits)

    def _in(self, rings: Sequence[Sequence[str]]) -> tantivy.Query:
        return Q.term_set_query(self._schema, self._column, [id for ring in rings for id in ring])

    def _among(self, found: tantivy.Query, places: tantivy.Query) -> tantivy.Query:
        return Q.boolean_query([(Occur.Must, found), (Occur.Must, places)])

    def _without(self, places: tantivy.Query) -> tantivy.Query:
        return Q.boolean_query([(Occur.Must, self._found), (Occur.MustNot, places)])

    def _count(self, query: tantivy.Query) -> int:
        answer: Any = self._searcher.search(query, 1)
        return int(answer.count)
