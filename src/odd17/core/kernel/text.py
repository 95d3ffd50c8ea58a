"""A text in the interface's two languages."""

from __future__ import annotations

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
