"""A text in the interface's two languages, or one that is the same in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A name or a definition in French and English.

    >>> Text("Emploi", "Employment").in_language("en")
    'Employment'
    """

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in ``language`` (``fr``, ``en``, or a variant such as ``en-gb``); French for any other."""
        return self.en if language.lower().startswith("en") else self.fr


def in_language(text: Text | str, language: str) -> str:
    """``text`` in ``language``; a plain one is the same in both.

    >>> in_language("CC0-1.0", "en"), in_language(Text("non indiquée", "not stated"), "en")
    ('CC0-1.0', 'not stated')
    """
    return text if isinstance(text, str) else text.in_language(language)


def text_to_plain(text: Text | str) -> str | dict[str, str]:
    """``text`` as a document holds it: a string, or a mapping of ``fr`` and ``en``."""
    return text if isinstance(text, str) else {"fr": text.fr, "en": text.en}


def text_from_plain(value: str | Mapping[str, str]) -> Text | str:
    """The text that a document holds.

    >>> text_from_plain({"fr": "oui", "en": "yes"})
    Text(fr='oui', en='yes')
    """
    return value if isinstance(value, str) else Text(value["fr"], value["en"])
