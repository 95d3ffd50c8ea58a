"""The levers of alliances in words, and how far those asked agree on them."""

from __future__ import annotations

from odd17.core.diagnosis.actor_views import Agreement
from odd17.core.kernel import levers

from . import format, wording
from .crossing_words import who
from .language import language_of, translator


def lever_name(lever: str, language: str) -> str:
    """The name of a lever.

    >>> lever_name("management", "fr")
    'Management'
    """
    return next(known.name for known in levers() if known.id == lever).in_language(language_of(language))


def agreement_sentence(agreement: Agreement, language: str) -> str:
    """How far groups agree on the levers."""
    return translator(language)(
        "Agreement on the levers between {groups}, asked in {year}: Kendall’s W of {w} (0: none, 1: the same order).",
        groups=wording.enumeration([who(actor, language) for actor in agreement.actors], language),
        year=str(agreement.year),
        w=format.number(agreement.w, language, decimals=2),
    )
