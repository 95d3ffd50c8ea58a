"""Programmes in words: levels, what is known of a measure, moves, and figures that disagree."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from odd17.core.kernel import in_language
from odd17.core.programmes.portfolio import Disagreement, Figure, Parts, Step
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.report_2020 import report_pillars
from odd17.core.programmes.state import Known, Move

from . import format, wording
from .language import language_of, msgid, translator

_KNOWN: Final = {
    Known.LEVEL: msgid("level published"),
    Known.UNPUBLISHED: msgid("level not published"),
    Known.NOT_REVIEWED: msgid("not reviewed yet"),
}
_STEPS: Final = {Step.ASKED: msgid("asked"), Step.PROMISED: msgid("promised"), Step.PAID: msgid("paid")}
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


def step_name(step: Step, language: str) -> str:
    """How far an amount has come, as a file of amounts says it.

    >>> step_name(Step.PAID, "fr")
    'versé'
    """
    return translator(language)(_STEPS[step])


def pillar_name(id: str, language: str) -> str:
    """The name of a pillar of the report's; its identifier where it is none."""
    found = next((one for one in report_pillars() if one.id == id), None)
    return id if found is None else in_language(found.name, language_of(language))


def parts_words(found: Parts, language: str) -> str:
    """What printed parts add up to, and which printed total that is.

    >>> from odd17.core.programmes.portfolio import parts_of
    >>> from odd17.core.programmes.report_2020 import report_figures
    >>> parts_words(parts_of(report_figures())[0], "en")[:49]
    'The 5 parts that are printed add up to 100 millio'
    """
    _ = translator(language)
    facts = {
        "count": len(found.parts),
        "value": _amount(found.value, found.unit, language),
        "parts": wording.enumeration([figure_words(one, language) for one in found.parts], language),
        "same": wording.enumeration([figure_words(one, language) for one in found.same], language),
        "other": wording.enumeration([figure_words(one, language) for one in found.other], language),
    }
    if not found.same:
        return _("The {count} parts that are printed add up to {value}, none of the printed totals ({parts}).", **facts)
    if not found.other:
        return _("The {count} parts that are printed add up to {value}: “{same}” ({parts}).", **facts)
    return _(
        "The {count} parts that are printed add up to {value}: this is “{same}”, and not “{other}” ({parts}).", **facts
    )


def figure_words(figure: Figure, language: str) -> str:
    """A printed figure: its value with its unit, and what the source calls it.

    >>> from odd17.core.programmes.report_2020 import report_figures
    >>> figure_words(report_figures()[1], "en")
    '100 million euros mobilised in 14 years'
    """
    _ = translator(language)
    name = in_language(figure.name, language_of(language))
    return _("{value} {name}", value=_amount(figure.value, figure.unit, language), name=name)


def disagreement_words(found: Disagreement, language: str) -> str:
    """Why the figures on a subject cannot all be right."""
    _ = translator(language)
    told = wording.enumeration([figure_words(one, language) for one in found.figures], language)
    if found.same_value:
        return _("One value under two names: {told}.", told=told)
    return _("Two values for one thing: {told}.", told=told)


def _amount(value: Decimal, unit: str, language: str) -> str:
    _ = translator(language)
    number = format.number(float(value), language, decimals=0)
    return _("{value} million euros", value=number) if unit == "EUR_million" else number
