"""The vocabularies of resources, as choices of forms."""

from __future__ import annotations

from odd17.core.resources.library import kinds, licences
from odd17.core.resources.orientation import audiences
from odd17.web.practices.fields import DOMAINS, GOALS, STAGES, WordField, WordsField, choices

__all__ = ["AUDIENCES", "DOMAINS", "GOALS", "KINDS", "LICENCES", "STAGES", "WordField", "WordsField"]

KINDS, LICENCES, AUDIENCES = choices(kinds), choices(licences), choices(audiences)
