"""What actors see beside the figures, in templates: the sentences are publishing's."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain, Place, Priority
from odd17.core.perceptions.study import StudyDescription
from odd17.publishing.crossing_words import (
    actor_name,
    places_apart,
    probability,
    quadrant_in_short,
    quadrant_name,
    quadrant_sentence,
    short_reason,
    view_sentence,
)
from odd17.publishing.crossing_words import bounds as bounds_of
from odd17.publishing.priority_words import blind_spot_sentence, priority_sentence, turns_sentences, why_sentence
from odd17.publishing.studies import asked_sentence, design_sentence

from ..language import language

register = template.Library()


@register.filter
def seen(row: CrossedDomain, view: ActorView) -> str:
    """A domain by its figures and by an actor."""
    return view_sentence(row, view, language())


@register.filter
def quadrant(view: ActorView) -> str:
    """Where the domain stands for that actor; empty where it is not told."""
    return quadrant_sentence(view, language()) or ""


@register.filter
def asked(study: StudyDescription) -> str:
    """Who was asked, how many, when and how."""
    return asked_sentence(study, language())


@register.filter
def how_weighted(study: StudyDescription) -> str:
    """How the sample is weighted, and what that costs."""
    return design_sentence(study, language())


@register.filter
def actor_called(actor: str) -> str:
    """The name of an actor."""
    return actor_name(actor, language())


@register.filter
def bounds(place: Place) -> str:
    """The places that hold nine draws in ten."""
    return bounds_of(place, language())


@register.filter
def gap(view: ActorView) -> str:
    """The gap with its interval, or why there is none."""
    return short_reason(view.reason, language()) if view.gap is None else places_apart(view.gap, language())


@register.filter
def likeliest(view: ActorView) -> str:
    """The quadrant in a cell: its name and probability, or why there is none."""
    return quadrant_in_short(view, language()) or short_reason(view.reason, language())


@register.filter
def chances(view: ActorView) -> list[tuple[str, str]]:
    """The name and the probability of each of the four quadrants; none where there is no rank on one side."""
    return [
        (quadrant_name(one, language()), probability(view.probabilities[one], language())) for one in view.probabilities
    ]


@register.filter
def with_chances(rows: Sequence[CrossedDomain], actor: str) -> list[tuple[CrossedDomain, ActorView]]:
    """The rows whose quadrants have probabilities for ``actor``, with what it sees of each."""
    found = ((row, row.view(actor)) for row in rows)
    return [(row, view) for row, view in found if view is not None and view.probabilities]


@register.filter
def seen_by(row: CrossedDomain, actor: str) -> ActorView | None:
    """What an actor sees of a domain."""
    return row.view(actor)


@register.filter
def place_told(priority: Priority) -> str:
    """The place of a priority."""
    return priority_sentence(priority, language())


@register.filter
def reasons_told(priority: Priority) -> list[str]:
    """The reasons of a place."""
    return [why_sentence(why, language()) for why in priority.reasons]


@register.filter
def turns_on(priority: Priority) -> tuple[str, ...]:
    """What a place turns on."""
    return turns_sentences(priority, language())


@register.filter
def blind_spot(row: CrossedDomain) -> str:
    """Whether few act where the domain is fragile; empty where it was not asked."""
    return blind_spot_sentence(row, language()) or ""
