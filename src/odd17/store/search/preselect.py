"""The practices that may be among the best for a need, chosen by the index: matching then scores only these.

Each part of the score of :mod:`odd17.core.practices.matching` is a clause with a constant score, so that the engine
adds up the same score for every practice at once. It adds with seven digits; scores that differ by less are taken for
one, and then the smaller number goes first, as in matching.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import tantivy

from odd17.core.kernel import alliance_types
from odd17.core.practices.matching import (
    FRESH_MONTHS,
    NEAR_DOMAIN,
    SAME_FAMILY,
    WEIGHTS,
    Candidates,
    Part,
    considered,
    fresh,
    rarity_of,
    strengths,
    weight_of_all,
)
from odd17.core.practices.need import Need, domains_considered, family_of, near_domains
from odd17.core.practices.words import words_of

from .document import OWN_PLACES, month_of, number_of

Q = tantivy.Query
Occur = tantivy.Occur
Hit = tuple[float, tantivy.DocAddress]

_SAME: Final = 2e-6
"""Two scores nearer than this are one: the engine's have seven digits."""

_MONTHS_AHEAD: Final = 1_200
_LARGEST: Final = 2**62


class Preselection:
    """Chooses for ``need`` on ``day``, leaving out the practice ``but``; ``room`` is how many are read at once."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        need: Need,
        day: date,
        but: str | None = None,
        room: int = 200,
    ) -> None:
        self._searcher, self._schema, self._need, self._day, self._room = searcher, schema, need, day, room
        self._but = [] if but is None else [(Occur.MustNot, Q.term_query(schema, "id", but))]

    def candidates(self, most: int) -> Candidates:
        """Those among which the best ``most`` are."""
        asked, widened = domains_considered(self._need, lambda some: self._count(self._kept(some)))
        kept = self._kept(asked)
        counts = {
            word: self._count(_both(kept, Q.term_query(self._schema, "said", word)))
            for word in words_of(self._need.words)
        }
        rarity = rarity_of(counts, self._count(kept)) if counts else {}
        scored = Q.boolean_query([(Occur.Must, kept), *((Occur.Should, part) for part in self._parts(rarity))])
        addresses = self._best(scored, considered(most))
        ids = tuple(str(self._searcher.doc(address).get_first("id")) for address in addresses)
        return Candidates(ids, rarity, widened)

    def _kept(self, asked: frozenset[str] | None) -> tantivy.Query:
        found = Q.all_query() if asked is None else Q.term_set_query(self._schema, "domain", sorted(asked))
        return Q.boolean_query([(Occur.Must, Q.const_score_query(found, 0.0)), *self._but])

    def _parts(self, rarity: dict[str, float]) -> Iterator[tantivy.Query]:
        """One clause a part of the score, worth what the part adds to it."""
        need, whole = self._need, weight_of_all(self._need)

        def worth(part: Part, fit: float, *found: tantivy.Query) -> list[tantivy.Query]:
            return [Q.const_score_query(query, WEIGHTS[part] * fit / whole) for query in found]

        if need.domains:
            near = self._any("domain", near_domains(need.domains))
            same = self._any("domain", need.domains)
            yield _first(worth(Part.DOMAIN, 1.0, same) + worth(Part.DOMAIN, NEAR_DOMAIN, near))
        if need.ground is not None:
            alike: dict[float, list[str]] = defaultdict(list)
            for id, (likeness, _how) in need.ground.places.items():
                alike[likeness].append(id)
            yield _first(
                clause
                for likeness, ids in alike.items()
                for clause in worth(Part.TERRITORY, likeness, self._any(OWN_PLACES, ids))
            )
        said = sum(rarity.values())
        for word, rare in rarity.items():
            yield from worth(Part.WORDS, rare / said, Q.term_query(self._schema, "said", word))
        for kind in need.partners:
            yield from worth(Part.PARTNERS, 1 / len(need.partners), Q.term_query(self._schema, "partner", kind))
        if need.alliance_type:
            family = family_of(need.alliance_type)
            like = [item.id for item in alliance_types() if family is not None and item.family == family]
            yield _first(
                worth(Part.TYPE, 1.0, Q.term_query(self._schema, "type", need.alliance_type))
                + worth(Part.TYPE, SAME_FAMILY, *([self._any("type", like)] if like else []))
            )
        if need.stage:
            yield from worth(Part.STAGE, 1.0, Q.term_query(self._schema, "stage", need.stage))
        for strength in strengths().values():
            clause = Q.term_query(self._schema, "strength", str(strength))
            yield from worth(Part.PROOF, strength / len(strengths()), clause)
        yield from self._fresh(whole)

    def _fresh(self, whole: float) -> Iterator[tantivy.Query]:
        now = month_of(self._day)
        for month in range(now - FRESH_MONTHS + 1, now):
            last = date((month - 1) // 12, (month - 1) % 12 + 1, 1)
            score = WEIGHTS[Part.FRESHNESS] * fresh(last, self._day) / whole
            yield Q.const_score_query(Q.term_query(self._schema, "fresh", month), score)
        lately = _between(self._schema, "fresh", now, now + _MONTHS_AHEAD)
        yield Q.const_score_query(lately, WEIGHTS[Part.FRESHNESS] / whole)

    def _any(self, name: str, values: Iterable[str]) -> tantivy.Query:
        asked = sorted(values)
        if len(asked) == 1:  # looked up, where a set walks every word of the field
            return Q.term_query(self._schema, name, asked[0])
        return Q.term_set_query(self._schema, name, asked)

    def _best(self, query: tantivy.Query, wanted: int) -> list[tantivy.DocAddress]:
        """The addresses of the ``wanted`` best, and of those as good as the last of them that there is room for."""
        room = max(self._room, 2 * wanted)
        found = self._search(query, room)
        if len(found) < room or found[-1][0] < found[wanted - 1][0] - _SAME:
            least = found[wanted - 1][0] - _SAME if len(found) >= wanted else 0.0
            return [address for score, address in found if score >= least]
        least = found[wanted - 1][0] - _SAME
        above = [address for score, address in found if score > found[wanted - 1][0] + _SAME]
        return [*above, *self._smallest(query, least, above, wanted - len(above), room)]

    def _smallest(
        self, query: tantivy.Query, least: float, above: list[tantivy.DocAddress], wanted: int, room: int
    ) -> list[tantivy.DocAddress]:
        """Of the many with the score ``least``, at least ``wanted`` with the smallest numbers; ``above`` score more."""
        more = {(address.segment_ord, address.doc) for address in above}
        low, high = 0, self._largest()
        while True:
            middle = (low + high) // 2
            upto = _both(query, Q.const_score_query(_between(self._schema, "number", 0, middle), 0.0))
            good = [address for score, address in self._search(upto, room) if score >= least]
            tied = [address for address in good if (address.segment_ord, address.doc) not in more]
            if len(tied) < wanted and low < high:
                low = middle + 1
            elif len(good) == room and low < high:
                high = middle
            else:
                return tied

    def _largest(self) -> int:
        last: Any = self._searcher.search(Q.all_query(), 1, order_by_field="number")
        return number_of(str(self._searcher.doc(last.hits[0][1]).get_first("id")))

    def _search(self, query: tantivy.Query, most: int) -> list[Hit]:
        answer: Any = self._searcher.search(query, most, count=False)
        return [(float(score), address) for score, address in answer.hits]

    def _count(self, query: tantivy.Query) -> int:
        answer: Any = self._searcher.search(query, 1)
        return int(answer.count)


def _both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    return Q.boolean_query([(Occur.Must, one), (Occur.Must, other)])


def _first(ways: Iterable[tantivy.Query]) -> tantivy.Query:
    """What is worth most of several ways."""
    return Q.disjunction_max_query(list(ways))


def _between(schema: tantivy.Schema, name: str, least: int, most: int) -> tantivy.Query:
    return Q.range_query(schema, name, tantivy.FieldType.Integer, least, most)
