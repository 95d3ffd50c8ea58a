"""What the page of a public practice shows beside what it tells: how complete it is, its history, the ones like it."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import get_language

from odd17.core.practices.completeness import completeness, is_stale
from odd17.publishing.practice_words import piece_name

from .following import pages_version
from .history import history_of
from .matching import similar_cases
from .models import Practice
from .selectors import practice_case


def whole_page(practice: Practice) -> dict[str, Any]:
    """The page of a public practice: what it tells, its history, and the practices like it."""
    key = ("similar", *pages_version(), practice.pk, get_language())
    name = "-".join(map(str, key))
    similar = caches["pages"].get(name)
    if similar is None:
        similar = similar_cases(practice)
        caches["pages"].set(name, similar)
    return {"practice": practice, **_standing(practice), "similar": similar, "history": history_of(practice)}


def _standing(practice: Practice) -> dict[str, Any]:
    """How complete the practice is, what it lacks, and whether nobody has made sure of it for too long."""
    case, language = practice_case(practice), get_language() or "fr"
    told = completeness(case)
    return {
        "completeness": told,
        "missing": [piece_name(piece, language) for piece in told.missing],
        "stale": practice.first_published_at is not None and is_stale(case, timezone.localdate()),
    }
