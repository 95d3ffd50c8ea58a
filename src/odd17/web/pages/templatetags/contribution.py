"""Figures before, during and after in templates: the words are publishing's."""

from __future__ import annotations

from django import template

from odd17.core.alliances.contribution import Dated, Phase, Reading, Stretch
from odd17.core.territories.territory import Territory
from odd17.publishing import contribution_words, wording

from ..contribution import ChoiceGroup, Shown
from ..language import language

register = template.Library()


@register.simple_tag
def no_proof() -> str:
    """What all of it is not."""
    return contribution_words.warning(language())


@register.filter
def phase_name(phase: Phase) -> str:
    """The name of a phase."""
    return contribution_words.phase_name(phase, language())


@register.filter
def plain_word(reading: Reading) -> str | None:
    """Why there is nothing to compare; None where there is."""
    return contribution_words.plain_word(reading, language())


@register.filter
def changed(stretch: Stretch, reading: Reading) -> str:
    """The change of a phase, or why there is none."""
    return contribution_words.change_words(stretch, reading, language())


@register.filter
def twins_changed(stretch: Stretch, reading: Reading) -> str:
    """The change of the twins over the same periods."""
    return contribution_words.twins_words(stretch, reading, language())


@register.filter
def among_twins(stretch: Stretch) -> str:
    """Where the change stands among the twins'."""
    return contribution_words.standing_words(stretch, language())


@register.filter
def note(dated: Dated) -> str:
    """What qualifies the figure of a period."""
    return contribution_words.period_note(dated, language())


@register.filter
def twins_middle(dated: Dated, reading: Reading) -> str:
    """The middle of the twins in a period, with how many have a figure where not all do; a word where none has."""
    return contribution_words.twins_middle(dated, reading, language())


@register.filter
def twins_range(dated: Dated, reading: Reading) -> str | None:
    """From the lowest to the highest of the twins; None where fewer than two have a figure."""
    return contribution_words.twins_range(dated, reading, language())


@register.filter
def source_line(reading: Reading) -> str:
    """The source, its licence and the release."""
    return wording.citation(reading.indicator.source, reading.release, language())


@register.filter
def some_compare(groups: list[ChoiceGroup]) -> bool:
    """Whether one of the indicators has several periods here."""
    return any(one.periods > 1 for group in groups for one in group.choices)


@register.filter
def twins_named(shown: list[Shown]) -> list[Territory]:
    """The twins beside which all of it is read."""
    return list(shown[0].reading.twins) if shown else []
