"""A name as a person types it, fit to be printed on a certificate."""

from __future__ import annotations

import unicodedata
from typing import Final

from odd17.core.kernel import DataError, Message

LONGEST = 100
"""Characters of the longest name."""

_SCRIPTS: Final = ("LATIN ", "GREEK ", "CYRILLIC ", "COMBINING ")
_BETWEEN: Final = " -‐'’ʻʼ.,·ªº"


def printed_name(typed: str) -> str:
    """The name, its spaces brought to one; DataError where it is empty, too long, or no name that can be printed.

    Letters are Latin, Greek or Cyrillic: those of the typeface.

    >>> printed_name("  Zoé   d’Arc-Ślązak ")
    'Zoé d’Arc-Ślązak'
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(name) > LONGEST:
        raise DataError(Message("a name has {most} characters at most", most=LONGEST), value=len(name))
    for character in name:
        if character not in _BETWEEN and not unicodedata.name(character, "").startswith(_SCRIPTS):
            raise DataError(
                "this cannot stand in a printed name",
                value=character,
                remedy="write it in Latin, Greek or Cyrillic letters",
            )
    if not any(character.isalpha() for character in name):
        raise DataError("a name has letters", value=name)
    return name
