"""The words of a French text that carry meaning, folded: case, accents and endings of number set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+")
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]+")  # apart from their letters, once decomposed
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})


def words_of(text: str) -> frozenset[str]:
    """The words, without those that every text has.

    >>> sorted(words_of("L’école et les écoles de la forêt"))
    ['ecole', 'foret']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    empty = empty_words()
    found = {word for word in _WORD.findall(_ACCENTS.sub("", plain)) if len(word) > 1}
    return frozenset(_singular(word) for word in found if word not in empty)


def as_written(text: str, folded: Iterable[str]) -> tuple[str, ...]:
    """Words of :func:`words_of` as ``text`` writes them; those that it does not have, as they are.

    >>> as_written("L’École et les forêts", ["foret", "ecole", "pre"])
    ('forêts', 'école', 'pre')
    """
    spelt: dict[str, str] = {}
    for token in re.findall(r"\w+", text.casefold()):
        for word in words_of(token):
            spelt.setdefault(word, token)
    return tuple(spelt.get(word, word) for word in folded)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


@cache
def empty_words() -> frozenset[str]:
    """The words that every French or English text has, without accents."""
    text = files("odd17.core.practices").joinpath("empty_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
