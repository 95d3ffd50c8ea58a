"""An index of things told in words, searched by many processes while one writes."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Generic

import tantivy

from odd17.core.kernel.search import (
    PAGE,
    FacetT,
    Found,
    Hit,
    QueryT,
    Suggestions,
)

from .analysis import LANGUAGES, beginning, words
from .asked import Asked, Reading
from .facets import counts, filtered
from .fields import BODY, TITLE
from .highlights import Highlights
from .reader import Opened, Reader
from .synonyms import Synonyms
from .written_index import ItemT, WrittenIndex

Q = tantivy.Query
Occur = tantivy.Occur

_STEP: Final = 1_000.0  # between two ranks of a sort: more than any text scores
_ENOUGH: Final = 10
"""What is found with all words; where fewer have them, some words may lack. Set by benchmarks/search_quality.py."""

_MOST_WIDER: Final = 6
_MOST_SUGGESTED: Final = 6
_WORD: Final = re.compile(r"\w+")


Step = tuple[str, str]


class SearchIndex(WrittenIndex[ItemT], Generic[ItemT, QueryT, FacetT]):
    """The index kept in ``folder``; a kind of things says in a class of its own what it is filtered and sorted by.

    ``synonyms``: what means the same. ``wait``: seconds that a writer waits for another before it gives up with an
    Odd17Error.
    """

    def __init__(
        self, folder: Path, schema: tantivy.Schema, synonyms: Synonyms | None = None, *, wait: float = 30.0
    ) -> None:
        super().__init__(folder, schema, wait=wait)
        self._reader = Reader(self._generations)
        self._synonyms = (synonyms or Synonyms()).table()

    @property
    @abstractmethod
    def _fields(self) -> Mapping[FacetT, str]:
        """The field that each facet filters by."""

    @abstractmethod
    def _columns(self, query: QueryT) -> Mapping[FacetT, tuple[str, ...]]:
        """The columns in which the values of each facet are counted, for ``query``."""

    @abstractmethod
    def _steps(self, query: QueryT) -> Sequence[Step] | None:
        """The field and value that come first, then those that come next; none for the best answer, None for by day."""

    def versions(self) -> Mapping[str, str]:
        """The number of each thing held, and its version: what an update is found by."""
        searcher = self._reader.open().searcher
        pairs = (term.split(" ", 1) for term, _ in searcher.terms_with_prefix("version", "", Q.all_query()))
        return {pair[0]: pair[1] for pair in pairs}

    def search(self, query: QueryT, size: int = PAGE) -> Found[QueryT, FacetT]:
        """What ``query`` finds, ``size`` a page. Any text is searched; raises SearchUnavailable where nothing can be.

        A text without any word that can be searched finds nothing.
        """
        opened = self._reader.open()
        asked = self._read(opened, query)
        text, partly = self._text(opened, asked, query)
        total, hits = self._hits(opened, text, query, size)
        wider = () if total else self._wider(opened, asked, query)
        return Found(
            total=total,
            hits=hits,
            facets=counts(opened.searcher, self._schema, text, query, self._fields, self._columns(query)),
            wider=wider,
            corrected={} if asked is None else asked.corrected,
            partly=partly and total > 0,
        )

    def identifiers(self, query: QueryT, most: int) -> tuple[str, ...]:
        """The numbers of at most ``most`` things that ``query`` finds, in its order: for an export."""
        opened = self._reader.open()
        text, _ = self._text(opened, self._read(opened, query), query)
        ranked = self._ranked(opened, text, replace(query, page=1), most)
        return identifiers_of(opened.searcher, (address for _, address in ranked.hits))

    def suggest(self, prefix: str, language: str | None = None) -> Suggestions:
        """Words that end the last one typed, and what has a title that answers to ``prefix``."""
        opened = self._reader.open()
        languages = LANGUAGES if language is None else (language,)
        reading = Reading(opened.searcher, self._schema, self._synonyms, languages)
        found = reading.titles(prefix)
        if found is None:
            return Suggestions()
        ranked = opened.searcher.search(found, 50)
        marks = Highlights(opened.searcher, self._schema, found)
        documents = [opened.searcher.doc(address) for _, address in ranked.hits]
        hits = tuple(
            Hit(str(item.get_first("id")), float(score), marks.of(item, TITLE))
            for (score, _), item in zip(ranked.hits[:_MOST_SUGGESTED], documents, strict=False)
        )
        return Suggestions(_ended(prefix, documents), hits)

    def _read(self, opened: Opened, query: QueryT) -> Asked | None:
        if not query.text.strip():
            return None
        languages = LANGUAGES if query.language is None else (query.language,)
        return Reading(opened.searcher, self._schema, self._synonyms, languages).read(query.text)

    def _text(self, opened: Opened, asked: Asked | None, query: QueryT) -> tuple[tantivy.Query | None, bool]:
        """What is looked for, and whether words may lack: the most of them with which enough is found."""
        if asked is None:
            return None, False
        most = len(asked.clauses)
        for least in range(most, 0, -1):
            text = asked.query(least) or Q.empty_query()
            if least == 1 or self._count(opened, text, query) >= _ENOUGH:
                return text, least < most
        return asked.query(0) or Q.empty_query(), False

    def _count(self, opened: Opened, text: tantivy.Query | None, query: QueryT) -> int:
        ranked: Any = opened.searcher.search(filtered(self._schema, text, query, self._fields), 1)
        return int(ranked.count)

    def _hits(
        self, opened: Opened, text: tantivy.Query | None, query: QueryT, size: int
    ) -> tuple[int, tuple[Hit, ...]]:
        ranked = self._ranked(opened, text, query, size)
        marks = Highlights(opened.searcher, self._schema, text)
        hits = []
        for score, address in ranked.hits:
            item = opened.searcher.doc(address)
            hits.append(Hit(str(item.get_first("id")), float(score), marks.of(item, TITLE), marks.of(item, BODY)))
        return int(ranked.count), tuple(hits)

    def _ranked(self, opened: Opened, text: tantivy.Query | None, query: QueryT, size: int) -> Any:
        found = filtered(self._schema, text, query, self._fields)
        offset = (query.page - 1) * size
        steps = self._steps(query)
        if steps is None or (text is None and not steps):
            return opened.searcher.search(found, size, offset=offset, order_by_field="day")
        if steps:
            ranks = [
                Q.const_score_query(Q.term_query(self._schema, name, value), _STEP * (len(steps) - at))
                for at, (name, value) in enumerate(steps)
            ]
            found = Q.boolean_query([(Occur.Must, found), (Occur.Should, Q.disjunction_max_query(ranks))])
        return opened.searcher.search(found, size, offset=offset)

    def _wider(self, opened: Opened, asked: Asked | None, query: QueryT) -> tuple[tuple[QueryT, int], ...]:
        """Queries that ask a little less and find something, each with its number; those that ask most first."""
        looser = [query.without(facet) for facet in query.filters]
        if asked is not None:
            typed = query.text.split()
            looser += [
                replace(query, text=" ".join(typed[:at] + typed[at + 1 :]), page=1)
                for at in range(len(typed))
                if 1 < len(typed) <= 6 and words(typed[at])
            ]
            looser.append(replace(query, filters={}, page=1))
            looser.append(replace(query, text="", page=1))
        if query.language is not None:
            looser.append(replace(query, language=None, page=1))
        looser.append(replace(query, text="", filters={}, language=None, page=1))
        found: dict[str, tuple[QueryT, int]] = {}
        for other in looser:
            if other == query or repr(other) in found:
                continue
            text, _ = self._text(opened, self._read(opened, other), other)
            count = self._count(opened, text, other)
            if count:
                found[repr(other)] = (other, count)
        return tuple(sorted(found.values(), key=lambda pair: pair[1])[:_MOST_WIDER])


def identifiers_of(searcher: tantivy.Searcher, addresses: Iterable[tantivy.DocAddress]) -> tuple[str, ...]:
    """The numbers of what stands at these addresses."""
    return tuple(str(searcher.doc(address).get_first("id")) for address in addresses)


def _ended(prefix: str, documents: Iterable[tantivy.Document]) -> tuple[str, ...]:
    """What is typed with its last word whole, as titles write it; the most frequent endings first."""
    before, _, last = prefix.rstrip().rpartition(" ")
    _, wanted = beginning(last)
    if not wanted:
        return ()
    seen: dict[str, int] = {}
    for item in documents:
        title = item.get_first(f"{TITLE}_fr") or item.get_first(f"{TITLE}_en") or ""
        for word in dict.fromkeys(_WORD.findall(title.lower())):
            folded = words(word)
            if len(folded) == 1 and folded[0].startswith(wanted):
                seen[word] = seen.get(word, 0) + 1
    best = sorted(seen, key=lambda word: (-seen[word], word))[:_MOST_SUGGESTED]
    return tuple(dict.fromkeys(f"{before} {word}".strip() for word in best))
