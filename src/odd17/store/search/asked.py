"""From what is typed to what is looked for: words, phrases in quotes, synonyms, and words one letter away.

Nothing that is typed is an operator: ``AND``, ``(`` and ``*`` are letters and marks like any other, so that no text is
an error. Each word is looked for in titles, in names and in the story, under its stem and those of its inflections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import tantivy

from .analysis import LANGUAGES, beginning, inflections, stem, stemming, words
from .fields import BODY, NAMES, TITLE, WORDS
from .spelling import one_edit
from .synonyms import Expression, stems

Q = tantivy.Query
Occur = tantivy.Occur

WEIGHTS: Final = {TITLE: 1.0, NAMES: 1.2, BODY: 1.0}
"""What a word counts for by where it stands; set by benchmarks/search_quality.py."""

_TIE: Final = 0.3  # of what the other places add to the best one
_SYNONYM: Final = 0.8  # of what the word itself counts
_NEAR: Final = 0.7  # a word one letter away
_PHRASE: Final = 0.2  # words typed side by side that stand side by side
_MOST_WORDS: Final = 24
_MOST_ENDINGS: Final = 20
_NEAREST: Final = 3
_SHORTEST_CORRECTED: Final = 4
_LONGEST_EXPRESSION: Final = 8
_QUOTED: Final = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: ``clauses``, one a word or expression; ``phrases``, those in quotes, which all must be there;
    ``bonus``, what ranks higher without being asked. ``corrected``: see :class:`FoundPractices`.
    """

    clauses: tuple[tantivy.Query, ...] = ()
    phrases: tuple[tantivy.Query, ...] = ()
    bonus: tuple[tantivy.Query, ...] = ()
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def query(self, least: int) -> tantivy.Query | None:
        """Documents with every phrase and at least ``least`` of the words; None where nothing is looked for."""
        parts = [(Occur.Must, phrase) for phrase in self.phrases]
        if self.clauses:
            found = [(Occur.Should, clause) for clause in self.clauses]
            parts.append((Occur.Must, Q.boolean_query(found, minimum_number_should_match=least)))
        if not parts:
            return None
        return Q.boolean_query(parts + [(Occur.Should, extra) for extra in self.bonus])


class Reading:
    """Reads what is typed against what an index holds, in ``languages``."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        synonyms: Mapping[Expression, tuple[Expression, ...]],
        languages: Sequence[str],
    ) -> None:
        self._searcher, self._schema, self._synonyms, self._languages = searcher, schema, synonyms, languages
        self._corrected: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> Asked:
        """What ``text`` looks for."""
        self._corrected = {}
        quoted = [next((part for part in found if part), "") for found in _QUOTED.findall(text)]
        phrases = [part for part in quoted if words(part)]
        typed = list(words(_QUOTED.sub(" ", text)))[:_MOST_WORDS]
        clauses = [self._expression(run, others) for run, others in self._runs(list(dict.fromkeys(typed)))]
        bonus = self._side_by_side(typed) if len(typed) > 1 else []
        musts = [self._quoted(phrase) or Q.empty_query() for phrase in phrases]
        return Asked(tuple(clauses), tuple(musts), tuple(bonus), dict(self._corrected))

    def titles(self, prefix: str) -> tantivy.Query | None:
        """Documents whose title has every word of ``prefix``, the last one as its beginning."""
        typed, ending = beginning(prefix)
        if not ending:
            return None
        whole = [self._terms(word, {TITLE: 1.0}) for word in typed[:_MOST_WORDS]]
        ends = [self._terms(word, {TITLE: 1.0}) for word in dict.fromkeys((ending, *self.endings(ending)))]
        last = Q.disjunction_max_query([found for found in ends if found is not None] or [Q.empty_query()])
        clauses = [(Occur.Must, Q.empty_query() if clause is None else clause) for clause in whole]
        return Q.boolean_query([*clauses, (Occur.Must, last)])

    def endings(self, start: str) -> list[str]:
        """The words of the index that begin so, the most frequent first."""
        found = self._searcher.terms_with_prefix(WORDS, start)
        return [word for word, _ in sorted(found, key=lambda item: (-item[1], item[0]))[:_MOST_ENDINGS]]

    def _runs(self, typed: list[str]) -> Iterator[tuple[list[str], tuple[Expression, ...]]]:
        """The words one by one, or together where they make an expression that has synonyms."""
        at = 0
        while at < len(typed):
            for length in range(min(_LONGEST_EXPRESSION, len(typed) - at), 0, -1):
                run = typed[at : at + length]
                others = self._synonyms.get(stems(run), ())
                if others or length == 1:
                    yield run, others
                    at += length
                    break

    def _expression(self, run: list[str], others: tuple[Expression, ...]) -> tantivy.Query:
        own = [found for word in run if (found := self._word(word)) is not None]
        if len(own) > 1:
            itself = Q.boolean_query([(Occur.Must, found) for found in own])
        else:
            itself = own[0] if own else Q.empty_query()
        near = [
            Q.boost_query(found, _SYNONYM)
            for other in others
            if (found := self._phrase(other) if len(other) > 1 else self._terms(other[0])) is not None
        ]
        return Q.disjunction_max_query([itself, *near], 0.1) if near else itself

    def _word(self, word: str) -> tantivy.Query | None:
        found = self._terms(word)
        if found is not None:
            return found
        near = self._near(word)
        if near:
            self._corrected[word] = tuple(near)
        ways = [way for other in near if (way := self._terms(other)) is not None]
        return Q.boost_query(Q.disjunction_max_query(ways), _NEAR) if ways else None

    def _near(self, word: str) -> list[str]:
        """Words of the index that ``word`` may mean, where the index has not this one."""
        if len(word) < _SHORTEST_CORRECTED:
            return self.endings(word)[:_NEAREST]
        counted = [(self._searcher.doc_freq(WORDS, other), other) for other in one_edit(word)]
        # who types seldom misses the first letter
        found = sorted(((other[0] != word[0], -count, other) for count, other in counted if count))
        return [other for _, _, other in found[:_NEAREST]] or self.endings(word)[:_NEAREST]

    def _terms(self, word: str, weights: Mapping[str, float] = WEIGHTS) -> tantivy.Query | None:
        """``word`` under each of its stems, in each field that has it; None where none has."""
        ways = []
        for name, weight in weights.items():
            for language in self._languages:
                field_name = f"{name}_{language}"
                for form in inflections(word, language):
                    if self._searcher.doc_freq(field_name, form):
                        ways.append(Q.boost_query(Q.term_query(self._schema, field_name, form), weight))
        if not ways:
            return None
        return ways[0] if len(ways) == 1 else Q.disjunction_max_query(ways, _TIE)

    def _phrase(self, expression: Expression | list[str]) -> tantivy.Query | None:
        """The words side by side, but for a few between them: the empty words left out stand there."""
        stemmed = {
            language: [(at, stem(word, language)) for at, word in enumerate(expression)] for language in LANGUAGES
        }
        return self._in_a_row(stemmed, slop=len(expression) - 1)

    def _quoted(self, text: str) -> tantivy.Query | None:
        """The words of a phrase in quotes, exactly as far from one another as they stand there."""
        cut = {language: stemming(language).pre_tokenize(text).tokens[:_MOST_WORDS] for language in LANGUAGES}
        return self._in_a_row(
            {language: [(token.position, token.text) for token in tokens] for language, tokens in cut.items()}, slop=0
        )

    def _in_a_row(self, stemmed: Mapping[str, list[tuple[int, str]]], slop: int) -> tantivy.Query | None:
        ways = []
        for name, weight in WEIGHTS.items():
            for language in self._languages:
                field_name, run = f"{name}_{language}", stemmed[language]
                if not all(self._searcher.doc_freq(field_name, form) for _, form in run):
                    continue
                if len(run) == 1:  # one word is no phrase to the engine
                    found = Q.term_query(self._schema, field_name, run[0][1])
                else:
                    first = run[0][0]
                    found = Q.phrase_query(self._schema, field_name, [(at - first, form) for at, form in run], slop)
                ways.append(Q.boost_query(found, weight))
        return Q.disjunction_max_query(ways, _TIE) if ways else None

    def _side_by_side(self, typed: list[str]) -> list[tantivy.Query]:
        pairs = [list(pair) for pair in pairwise(typed) if pair[0] != pair[1]]
        return [Q.boost_query(found, _PHRASE) for pair in pairs if (found := self._phrase(pair)) is not None]
