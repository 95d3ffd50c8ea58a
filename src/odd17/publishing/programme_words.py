"""Programmes in words: levels, what is known of a measure, moves, and figures that disagree."""

from __future__ import annotations

from typing import Final

from odd17.core.kernel import in_language
from odd17.core.programmes.portfolio import Disagreement, Figure
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.state import Known, Move

from . import format
from .language import language_of, msgid, translator

_KNOWN: Final = {
    Known.LEVEL: msgid("level published"),
    Known.UNPUBLISHED: msgid("level not published"),
    Known.NOT_REVIEWED: msgid("not reviewed yet"),
}
_MOVES: Final = {
    Move.BETTER: msgid("better"),
    Move.WORSE: msgid("worse"),
    Move.SAID: msgid("told for the first time"),
    Move.UNSAID: msgid("no longer told"),
    Move.COUNTED: msgid("reviewed, its level not published"),
}


def level_name(programme: Programme, level: str, language: str) -> str:
    """The name of a level of progress."""
    return in_language(programme.level(level).name, language_of(language))


def known_name(known: Known, language: str) -> str:
    """What is known of a measure's level.

    >>> known_name(Known.UNPUBLISHED, "fr")
    'niveau non publié'
    """
    return translator(language)(_KNOWN[known])


def move_name(move: Move, language: str) -> str:
    """How a measure moved between two days."""
    return translator(language)(_MOVES[move])


def figure_words(figure: Figure, language: str) -> str:
    """A printed figure: its value with its unit, and what the source calls it.

    >>> from odd17.core.programmes.report_2020 import report_figures
    >>> figure_words(report_figures()[1], "en")
    '100 million euros mobilised in 14 years'
    """
    _ = translator(language)
    value = format.number(float(figure.value), language, decimals=0)
    name = in_language(figure.name, language_of(language))
    if figure.unit == "EUR_million":
        return _("{value} million euros {name}", value=value, name=name)
    return _("{value} {name}", value=value, name=name)


def disagreement_words(found: Disagreement, language: str) -> str:
    """Why the figures on a subject cannot all be right."""
    _ = translator(language)
    told = [figure_words(one, language) for one in found.figures]
    if found.same_value:
        return _("One value under two names: {told}.", told=told)
    return _("Two values for one thing: {told}.", told=told)
