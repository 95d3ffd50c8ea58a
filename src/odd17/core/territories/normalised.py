"""Names as people type them: accents, ligatures, case, hyphens and the ways to write "saint" fold into one form."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower-case ASCII, "st" and "ste" written out; anything else parts them.

    >>> words("St-Étienne-de-l’Œuvre")
    ('saint', 'etienne', 'de', 'l', 'oeuvre')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(_SAINTS.get(word, word) for word in _WORD.findall(letters))


def slug(name: str) -> str:
    """The lasting ASCII form of a name in an address.

    >>> slug("Provence-Alpes-Côte d'Azur")
    'provence-alpes-cote-d-azur'
    """
    return "-".join(words(name))
