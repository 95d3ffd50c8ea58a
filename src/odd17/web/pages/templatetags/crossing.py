"""What actors see beside the figures, in templates: the sentences are publishing's."""

from __future__ import annotations

from django import template

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain
from odd17.core.perceptions.study import StudyDescription
from odd17.publishing.crossing_words import quadrant_sentence, view_sentence
from odd17.publishing.studies import asked_sentence

from .odd17 import language

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
