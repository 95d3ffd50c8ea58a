"""The words of the interface in French and English: gettext catalogues, and a translator that callers hand on.

Message identifiers are English. ``scripts/messages.py`` extracts them from the sources, by reading the calls to ``_``,
``_.plural`` and ``msgid``, and compiles the catalogues; a test holds catalogues and sources together.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("fr", "en")
"""The languages of the interface; the first is the one that other languages fall back to."""


class Translator:
    """Messages in one language; it holds nothing else, so one may be shared.

    >>> _ = translator("fr")
    >>> _("not available")
    'non disponible'
    """

    def __init__(self, language: str, catalogue: GNUTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, message: str, /, **facts: object) -> str:
        """``message`` in this language, its ``{fields}`` filled with ``facts``; KeyError where one is missing."""
        text = self._catalogue.gettext(message)
        return text.format(**facts) if facts else text

    def plural(self, singular: str, plural: str, number: int, /, **facts: object) -> str:
        """The form that ``number`` asks for, its ``{fields}`` filled with ``facts``."""
        text = self._catalogue.ngettext(singular, plural, number)
        return text.format(**facts) if facts else text


def language_of(tag: str) -> str:
    """The interface language that serves the language tag ``tag``: English for ``en`` and its variants, else French.

    >>> language_of("en-GB"), language_of("fr"), language_of("de")
    ('en', 'fr', 'fr')
    """
    return "en" if tag.lower().startswith("en") else "fr"


def translator(language: str) -> Translator:
    """The translator into ``language`` (see `language_of`)."""
    return _load(language_of(language))


def msgid(message: str) -> str:
    """``message`` itself: marks a text that is stored now and translated later.

    >>> msgid("not available")
    'not available'
    """
    return message


@cache
def _load(language: str) -> Translator:
    path = files("odd17.publishing").joinpath("locale", language, "LC_MESSAGES", "odd17.mo")
    with path.open("rb") as stream:
        return Translator(language, GNUTranslations(stream))
