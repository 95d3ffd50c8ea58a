"""The words of something found, in pieces: those that match, and those between. No HTML."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import tantivy

from .fields import BODY, TITLE

Pieces = tuple[tuple[str, bool], ...]

_EXCERPT: Final = 240  # characters
_TITLE: Final = 1_000  # all of it
_SHORT_REST: Final = 4  # a full stop, a bracket: no need to say that there is more


class Highlights:
    """Marks where ``query`` matches, in documents of any of the languages."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query | None) -> None:
        self._searcher, self._schema, self._query = searcher, schema, query
        self._generators: dict[str, tantivy.SnippetGenerator] = {}

    def of(self, document: tantivy.Document, name: str) -> Pieces:
        """The title, or what of the body matches best; its beginning where nothing does."""
        for language in ("fr", "en"):
            field_name = f"{name}_{language}"
            text = document.get_first(field_name)
            if text:
                marked = self._marked(document, field_name, text)
                return marked or ((_beginning(text) if name == BODY else text, False),)
        return ()

    def _marked(self, document: tantivy.Document, field_name: str, text: str) -> Pieces:
        if self._query is None:
            return ()
        whole = field_name.startswith(TITLE)
        if field_name not in self._generators:
            made = tantivy.SnippetGenerator.create(self._searcher, self._query, self._schema, field_name)
            made.set_max_num_chars(_TITLE if whole else _EXCERPT)
            self._generators[field_name] = made
        snippet = self._generators[field_name].snippet_from_doc(document)
        place = snippet.fragment_range()
        if not (spans := [(item.start, item.end) for item in snippet.highlighted()]):
            return ()
        source = text.encode()
        if whole:  # the engine drops what stands before the first word and after the last
            return _cut(source, [(place.start + start, place.start + end) for start, end in spans])
        pieces = list(_cut(source[place.start : place.end], spans))
        if source[: place.start].strip():
            pieces.insert(0, ("…", False))
        rest = source[place.end :].decode(errors="replace").rstrip()
        return (*pieces, (rest if len(rest) < _SHORT_REST else "…", False)) if rest else tuple(pieces)


def _cut(text: bytes, spans: list[tuple[int, int]]) -> Pieces:
    """``text`` cut at ``spans``, which are in bytes of UTF-8, in order and apart."""
    marks = [0, *(end for span in spans for end in span), len(text)]
    parts = [text[start:end].decode(errors="replace") for start, end in pairwise(marks)]
    return tuple((part, at % 2 == 1) for at, part in enumerate(parts) if part)


def _beginning(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    return text[:_EXCERPT].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
