"""What is found is filtered and counted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import tantivy

from odd17.core.kernel.search import FacetT, Query

Q = tantivy.Query
Occur = tantivy.Occur

_MOST_VALUES: Final = 400
"""Values of one column that are counted: more than most have; of the others, the fullest are kept."""


def filtered(
    schema: tantivy.Schema,
    text: tantivy.Query | None,
    asked: Query[FacetT],
    fields: Mapping[FacetT, str],
    but: FacetT | None = None,
) -> tantivy.Query:
    """What ``text`` finds under the filters of ``asked``, all ``but`` one; filters leave scores as they are.

    ``fields``: the field that each facet filters by.
    """
    parts = [] if text is None else [(Occur.Must, text)]
    for facet, values in asked.filters.items():
        if facet is not but and values:
            parts.append((Occur.Must, _silent(Q.term_set_query(schema, fields[facet], list(values)))))
    if asked.language is not None:
        parts.append((Occur.Must, _silent(Q.term_query(schema, "language", asked.language))))
    if not parts:
        return Q.all_query()
    return Q.boolean_query(parts) if len(parts) > 1 else parts[0][1]


def counts(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    text: tantivy.Query | None,
    asked: Query[FacetT],
    fields: Mapping[FacetT, str],
    columns: Mapping[FacetT, tuple[str, ...]],
) -> dict[FacetT, Mapping[str, int]]:
    """For each facet of ``columns``, how many have each value of them under the other filters; the most frequent first.

    All facets that do not filter are counted in one pass, each that does in its own.
    """
    free = [facet for facet in columns if not asked.filters.get(facet)]
    found = _counted(searcher, filtered(schema, text, asked, fields), {facet: columns[facet] for facet in free})
    for facet in columns:
        if facet not in free:
            found |= _counted(searcher, filtered(schema, text, asked, fields, but=facet), {facet: columns[facet]})
    return {facet: found[facet] for facet in columns}


def _counted(
    searcher: tantivy.Searcher, query: tantivy.Query, columns: Mapping[FacetT, tuple[str, ...]]
) -> dict[FacetT, Mapping[str, int]]:
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
