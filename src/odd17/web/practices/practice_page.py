"""What the page of a practice shows of what it tells, a preview's as well."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from odd17.core.kernel import Word, alliance_types, domains, families, goals, levers, scales, stages, trades
from odd17.core.territories.territory import Territory
from odd17.workflows.releases import current_release

from .models import Practice


def practice_page(practice: Practice) -> dict[str, Any]:
    """The practice with the words of its classification, its territories, and its description for machines."""
    kind = _word(alliance_types(), practice.alliance_type)
    return {
        "domains": [item for item in domains() if item.id in practice.domains],
        "goals": [item for item in goals() if item.id in practice.goals],
        "territories": territories_of(practice),
        "alliance_type": kind,
        "family": None if kind is None else _word(families(), kind.family),
        "trade": _word(trades(), practice.trade),
        "stage": _word(stages(), practice.stage),
        "scale": _word(scales(), practice.scale),
        "lever": _word(levers(), practice.lever),
        "linked": json_ld(practice),
    }


def territories_of(practice: Practice) -> list[Territory]:
    """Its territories, those that the current geography knows."""
    cog = current_release().cog
    return [cog[id] for id in practice.territories if id in cog]


def json_ld(practice: Practice) -> dict[str, Any]:
    """The practice in the words of schema.org, for search engines and harvesters."""
    language = get_language() or "fr"
    named = [item.name.in_language(language) for item in domains() if item.id in practice.domains]
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": practice.title,
        "description": practice.summary,
        "url": f"{settings.ADDRESS}{practice.get_absolute_url()}",
        "inLanguage": practice.locale.language_code,
        "datePublished": _iso(practice.first_published_at),
        "dateModified": _iso(practice.last_published_at),
        "license": practice.licence,
        "about": named,
        "spatialCoverage": [{"@type": "Place", "name": item.name} for item in territories_of(practice)],
        "contributor": [{"@type": "Organization", "name": item.name} for item in practice.partners.all()],
    }


def _word(words: tuple[Any, ...], id: str) -> Word | None:
    return next((word for word in words if word.id == id), None)


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
