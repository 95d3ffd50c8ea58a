"""The words that are one letter away from another."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

_LETTERS: Final = ascii_lowercase
_LONGEST: Final = 24  # a longer word is no slip of the finger


def one_edit(word: str) -> Iterator[str]:
    """Every folded word that differs from ``word`` by a letter missing, added, changed, or two exchanged.

    >>> "ecole" in set(one_edit("ecle")), "ecole" in set(one_edit("ecoel")), "ecole" in set(one_edit("ecole"))
    (True, True, False)
    """
    if len(word) > _LONGEST:
        return
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in parts:
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS if letter != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)
