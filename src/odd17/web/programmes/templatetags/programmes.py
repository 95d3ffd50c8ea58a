"""Words of programmes."""

from __future__ import annotations

from django import template

from odd17.core.kernel import Text, in_language
from odd17.core.programmes.portfolio import Disagreement, Figure
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.state import Change, MeasureState
from odd17.publishing import programme_words
from odd17.web.pages.language import language

register = template.Library()


@register.filter
def named(text: Text | str) -> str:
    """A name in the page's language, or as it is."""
    return in_language(text, language())


@register.simple_tag
def level_of(programme: Programme, state: MeasureState) -> str:
    """The level of a measure, or what is known of it."""
    if state.level is None:
        return programme_words.known_name(state.known, language())
    return programme_words.level_name(programme, state.level, language())


@register.filter
def level_named(programme: Programme, level: str) -> str:
    """The name of a level."""
    return programme_words.level_name(programme, level, language())


@register.filter
def move_named(change: Change) -> str:
    """How a measure moved."""
    return programme_words.move_name(change.move, language())


@register.filter
def figure_told(figure: Figure) -> str:
    """A printed figure."""
    return programme_words.figure_words(figure, language())


@register.filter
def disagreement_told(found: Disagreement) -> str:
    """Why figures cannot all be right."""
    return programme_words.disagreement_words(found, language())
