"""What found practices are filtered and counted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tantivy

from odd17.core.practices.query import Facet, PracticeQuery

from .document import ASKED, COUNTED, NEAR_PLACES

Q = tantivy.Query
Occur = tantivy.Occur

_MOST_VALUES: Final = 400
"""Values of one column that are counted: more than any has but that of near places, whose fullest are kept."""


def filtered(
    schema: tantivy.Schema, text: tantivy.Query | None, asked: PracticeQuery, but: Facet | None = None
) -> tantivy.Query:
    """What ``text`` finds under the filters of ``asked``, all ``but`` one; filters leave scores as they are."""
    parts = [] if text is None else [(Occur.Must, text)]
    for facet, values in asked.filters.items():
        if facet is not but and values:
            parts.append((Occur.Must, _silent(Q.term_set_query(schema, ASKED[facet], list(values)))))
    if asked.language is not None:
        parts.append((Occur.Must, _silent(Q.term_query(schema, "language", asked.language))))
    if not parts:
        return Q.all_query()
    return Q.boolean_query(parts) if len(parts) > 1 else parts[0][1]


def counts(
    searcher: tantivy.Searcher, schema: tantivy.Schema, text: tantivy.Query | None, asked: PracticeQuery
) -> dict[Facet, Mapping[str, int]]:
    """For each facet, how many practices have each value under the other filters; the most frequent first.

    All facets that do not filter are counted in one pass, each that does in its own. EPCIs and communes are counted
    where a département or a part of one is asked for.
    """
    free = [facet for facet in Facet if not asked.filters.get(facet)]
    found = _counted(searcher, filtered(schema, text, asked), {facet: COUNTED[facet] for facet in free})
    for facet in Facet:
        if facet in free:
            continue
        columns = COUNTED[facet]
        if facet is Facet.TERRITORY and not all(value.startswith("REG-") for value in asked.filters[facet]):
            columns = (*columns, NEAR_PLACES)
        found |= _counted(searcher, filtered(schema, text, asked, but=facet), {facet: columns})
    return {facet: found[facet] for facet in Facet}


def _counted(
    searcher: tantivy.Searcher, query: tantivy.Query, columns: Mapping[Facet, tuple[str, ...]]
) -> dict[Facet, Mapping[str, int]]:
    wanted = {name: _terms(name) for names in columns.values() for name in names}
    if not wanted:
        return {}
    answer = searcher.aggregate(query, wanted)
    return {
        facet: {bucket["key"]: int(bucket["doc_count"]) for name in names for bucket in answer[name]["buckets"]}
        for facet, names in columns.items()
    }


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _MOST_VALUES}}


def _silent(query: tantivy.Query) -> tantivy.Query:
    return Q.const_score_query(query, 0.0)
