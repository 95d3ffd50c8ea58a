"""What every index holds of a thing told in words: its texts, cut in its language, and what tells it apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import tantivy

from .analysis import LANGUAGES, plain, stemming

FORMAT: Final = 3
"""Changes with the shape of documents or with how words are cut: an index of another format is built again."""

TITLE, BODY, NAMES, WORDS = "title", "body", "names", "words"
"""Texts: each but the words has a field a language (``title_fr``); the words are whole, of both languages."""

Fields = dict[str, list[Any]]


def schema(counted: Iterable[str], matched: Iterable[str] = (), numbers: Iterable[str] = ()) -> tantivy.Schema:
    """The fields of an index: ``counted`` columns can be counted, ``matched`` ones and ``numbers`` only asked for."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "version", "language", *matched):
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        builder.add_text_field(f"{TITLE}_{language}", stored=True, tokenizer_name=language)
        builder.add_text_field(f"{BODY}_{language}", stored=True, tokenizer_name=language)
        builder.add_text_field(f"{NAMES}_{language}", tokenizer_name=language)
    builder.add_text_field(WORDS, tokenizer_name="plain", index_option="basic")
    for name in counted:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    for name in numbers:
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Teach ``index`` how words are cut."""
    for language in LANGUAGES:
        index.register_tokenizer(language, stemming(language))
    index.register_tokenizer("plain", plain())


def spoken(language: str) -> str:
    """The language that a text is cut in: its own, French where there is no other."""
    return language if language in LANGUAGES else LANGUAGES[0]


def told(
    *, id: str, version: str, language: str, title: str, body: Iterable[str], names: Iterable[str], day: date | None
) -> Fields:
    """The fields that every document has; ``body`` is what is told, part by part, ``names`` who and what it names."""
    language = spoken(language)
    text, named = "\n".join(_once_told(body)), " . ".join(names)
    return {
        "id": [id],
        "version": [f"{id} {version}"],
        "language": [language],
        f"{TITLE}_{language}": [title],
        f"{BODY}_{language}": [text],
        f"{NAMES}_{language}": [named],
        WORDS: [f"{title}\n{text}\n{named}"],
        "day": [(day or date.min).toordinal()],
    }


def without_empty(fields: Fields) -> Fields:
    """Only the fields that have something."""
    return {name: values for name, values in fields.items() if values and values != [""]}


def once(values: Iterable[Any]) -> list[str]:
    """Each value once, as text, without the empty ones."""
    return list(dict.fromkeys(str(value) for value in values if value))


def _once_told(parts: Iterable[str]) -> list[str]:
    """What is told, without the summaries that are the beginning of what follows."""
    kept = [part for part in parts if part]
    return [
        part
        for at, part in enumerate(kept)
        if not any(other.startswith(part.removesuffix("…").rstrip()) for other in kept[at + 1 :])
    ]
