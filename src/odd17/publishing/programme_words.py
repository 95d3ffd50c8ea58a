"""Programmes in words: levels, what is known of a measure, moves, and figures that disagree."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from odd17.core.kernel import in_language
from odd17.core.programmes.portfolio import Disagreement, Figure, Parts, Step
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.report_2020 import report_pillars
from odd17.core.programmes.reviews import Review
from odd17.core.programmes.state import Change, Known, MeasureState, Move

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


def state_name(programme: Programme, state: MeasureState, language: str) -> str:
    """The level of a measure, or what is known of it."""
    return known_name(state.known, language) if state.level is None else level_name(programme, state.level, language)


def change_words(programme: Programme, change: Change, language: str) -> str:
    """How a measure moved, with both levels where both are known."""
    move = move_name(change.move, language)
    if change.before.level is None or change.after.level is None:
        return move
    return translator(language)(
        "{move}: {before}, then {after}",
        move=move,
        before=level_name(programme, change.before.level, language),
        after=level_name(programme, change.after.level, language),
    )


def review_words(review: Review, reviews: Sequence[Review], language: str) -> str:
    """A review: its day, what it corrects, that it told totals alone, its words.

    >>> from odd17.core.programmes.report_2020 import report_reviews
    >>> review_words(report_reviews()[0], report_reviews(), "en")
    '17 October 2020: totals only, the level of each measure is not known.'
    """
    _ = translator(language)
    day = format.day(review.day, language)
    if review.totals is not None:
        told = _("{day}: totals only, the level of each measure is not known.", day=day)
    elif review.corrects is not None:
        before = next(one.day for one in reviews if one.id == review.corrects)
        told = _("{day}: it corrects that of {before}.", day=day, before=format.day(before, language))
    else:
        told = _("{day}.", day=day)
    return f"{told} {review.note}" if review.note else told


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


def amount_words(figure: Figure, language: str) -> str:
    """A printed figure with its unit.

    >>> from odd17.core.programmes.report_2020 import report_figures
    >>> amount_words(report_figures()[1], "en")
    '100 million euros'
    """
    return _amount(figure.value, figure.unit, language)


def printed_names(figures: Sequence[Figure], language: str) -> str:
    """What the source calls one thing, every name of it."""
    return wording.enumeration([in_language(one.name, language_of(language)) for one in figures], language)


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
