"""Words of what partners said of their alliance: how far apart they are, and what to discuss."""

from __future__ import annotations

from typing import Final

from odd17.core.alliances.counted import MEMBERS, USES, CountedView
from odd17.core.alliances.discussion import Ask, Prompt
from odd17.core.alliances.engagements import Fate, Means
from odd17.core.alliances.evaluation import ImpactView
from odd17.core.kernel import impacts

from . import format
from .language import msgid, translator

_FATES: Final = {
    Fate.AWAITED: msgid("awaited"),
    Fate.LATE: msgid("late"),
    Fate.KEPT: msgid("kept"),
    Fate.CHANGED: msgid("changed by agreement"),
    Fate.ENDED: msgid("given up"),
}
_MEANS: Final = {
    Means.HUMAN: msgid("human means"),
    Means.FINANCIAL: msgid("financial means"),
    Means.RELATIONAL: msgid("relational means"),
}


def impact_name(id: str, language: str) -> str:
    """The name of an impact."""
    return next(word.name.in_language(language) for word in impacts() if word.id == id)


def plain_number(value: float, language: str) -> str:
    """A number as somebody told it, with no more decimals than it has (three at most).

    >>> plain_number(40.0, "fr"), plain_number(12.5, "fr")
    ('40', '12,5')
    """
    decimals = next((places for places in range(3) if round(value, places) == value), 3)
    return format.number(value, language, decimals=decimals)


def signed(value: float, language: str) -> str:
    """A change, with its sign.

    >>> signed(-1.5, "fr"), signed(0, "fr")
    ('−1,5', '0')
    """
    shown = round(value, 3)
    sign = "" if shown == 0 else "+" if shown > 0 else "−"
    return sign + plain_number(abs(shown), language)


def impact_sentence(view: ImpactView, language: str) -> str:
    """Whether partners agree on an impact, and what changed since the round before."""
    _ = translator(language)
    told = (
        _("You agree, or nearly.")
        if view.agreed
        else _("You differ: from {low} to {high}.", low=view.low, high=view.high)
    )
    if view.change is None:
        return told
    return f"{told} {_('Since the round before: {change}.', change=signed(view.change, language))}"


def fate_name(fate: Fate, language: str) -> str:
    """What has become of an engagement."""
    return translator(language)(_FATES[fate])


def means_name(means: Means, language: str) -> str:
    """What kind of means an engagement brings."""
    return translator(language)(_MEANS[means])


def item_name(view: CountedView, language: str) -> str:
    """What is counted, with its unit where it has one."""
    return _called(view.item, view.unit, language)


def count_sentence(view: CountedView, language: str) -> str:
    """Whether partners count the same, and what changed since the round before."""
    _ = translator(language)
    if len(view.values) == 1:
        told = _("One partner counts it: {value}.", value=plain_number(view.low, language))
    elif view.agreed:
        told = _("You count the same: {value}.", value=plain_number(view.low, language))
    else:
        low, high = plain_number(view.low, language), plain_number(view.high, language)
        told = _("You count otherwise: from {low} to {high}.", low=low, high=high)
    if view.change is None:
        return told
    return f"{told} {_('Since the round before: {change}.', change=signed(view.change, language))}"


def prompt_sentence(prompt: Prompt, language: str) -> str:
    """What to ask of a point of the discussion."""
    _ = translator(language)
    about = (
        _called(prompt.about, prompt.unit, language) if prompt.ask is Ask.COUNT else impact_name(prompt.about, language)
    )
    low, high = plain_number(prompt.low, language), plain_number(prompt.high, language)
    if prompt.ask is Ask.DIFFER:
        return _(
            "{about}: from {low} to {high}. Each says what they saw, without answering; then which proof would settle "
            "it, and who could bring it.",
            about=about, low=low, high=high,
        )  # fmt: skip
    if prompt.ask is Ask.COUNT:
        return _(
            "{about}: from {low} to {high}. Do you count the same things, on the same day?",
            about=about, low=low, high=high,
        )  # fmt: skip
    if prompt.ask is Ask.FELL:
        return _("{about}: lower than in the round before. What happened, and can it be mended?", about=about)
    if prompt.ask is Ask.PROVE:
        return _("{about}: you agree, and nobody has more than words. What would show it?", about=about)
    return _("{about}: you agree that it works. What makes it work, and what would break it?", about=about)


def closing_sentences(language: str) -> tuple[str, ...]:
    """What ends every discussion."""
    _ = translator(language)
    return (_("Decide one thing to change before the next round, and record it as a dialogue."),)


def _called(item: str, unit: str | None, language: str) -> str:
    """Members and uses have no unit; an indicator that somebody calls so has one, were it empty."""
    _ = translator(language)
    if unit is None:
        return {MEMBERS: _("Members"), USES: _("Those who use it")}[item]
    return f"{item} ({unit})" if unit else item
