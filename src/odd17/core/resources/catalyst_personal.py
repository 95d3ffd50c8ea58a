"""What in a public text would give somebody's address or number: entries are written to through the platform."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)\s?\d{2,3}\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.\-\u00a0\u202f]?\d{2}){4}(?!\d)"
)


def personal_in(text: str) -> str | None:
    """The first e-mail address or telephone number in ``text``, None where there is none.

    >>> personal_in("Écrire à prenom.nom@exemple.fr"), personal_in("Tél. +33 (0)1 23 45 67 89"), personal_in("38 000 €")
    ('prenom.nom@exemple.fr', '+33 (0)1 23 45 67 89', None)
    """
    found = _ADDRESS.search(text) or _NUMBER.search(text)
    return None if found is None else found[0]
