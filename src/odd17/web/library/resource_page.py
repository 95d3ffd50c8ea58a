"""What the page of a resource shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from odd17.core.kernel import Domain, Word, domains, goals, stages
from odd17.core.resources.library import Licence, ResourceKind, kinds, licences, years_of
from odd17.core.resources.orientation import Audience, audiences

from .kit_page import AxisShown, axes_shown
from .models import Resource

_SCHEMA = {"news": "NewsArticle", "webinar": "LearningResource", "module": "Course", "mooc": "Course"}


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """The words of its classification, its axes, and its description for machines."""

    kind: ResourceKind | None
    licence: Licence | None
    audiences: tuple[Audience, ...]
    domains: tuple[Domain, ...]
    goals: tuple[Word, ...]
    stage: Word | None
    axes: tuple[AxisShown, ...]
    linked: dict[str, Any]


def resource_page(resource: Resource) -> ResourcePage:
    """What is shown of ``resource`` beside its own words."""
    return ResourcePage(
        kind=kind_of(resource),
        licence=licence_of(resource),
        audiences=tuple(item for item in audiences() if item.id in resource.audiences),
        domains=tuple(item for item in domains() if item.id in resource.domains),
        goals=tuple(item for item in goals() if item.id in resource.goals),
        stage=next((item for item in stages() if item.id == resource.stage), None),
        axes=axes_shown(resource),
        linked=json_ld(resource),
    )


def kind_of(resource: Resource) -> ResourceKind | None:
    """Its kind."""
    return next((kind for kind in kinds() if kind.id == resource.kind), None)


def licence_of(resource: Resource) -> Licence | None:
    """Its licence, None where nobody says."""
    return next((licence for licence in licences() if licence.id == resource.licence), None)


def json_ld(resource: Resource) -> dict[str, Any]:
    """The resource in the words of schema.org, for search engines and harvesters; only what is known of it."""
    language = get_language() or "fr"
    kind, licence, years = kind_of(resource), licence_of(resource), years_of(resource.years)
    told = {
        "@context": "https://schema.org",
        "@type": _SCHEMA.get(resource.kind, "CreativeWork"),
        "name": resource.title,
        "url": f"{settings.ADDRESS}{resource.get_absolute_url()}",
        "inLanguage": resource.locale.language_code,
        "genre": None if kind is None else kind.name.in_language(language),
        "description": resource.summary,
        "datePublished": _published(resource) or (str(years[1]) if years else None),
        "dateModified": None if resource.last_published_at is None else resource.last_published_at.isoformat(),
        "license": None if licence is None else licence.address,
        "publisher": {"@type": "Organization", "name": resource.producer} if resource.producer else None,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": resource.collection} if resource.collection else None,
        "about": [item.name.in_language(language) for item in domains() if item.id in resource.domains],
        "audience": [
            {"@type": "Audience", "audienceType": item.name.in_language(language)}
            for item in audiences()
            if item.id in resource.audiences
        ],
        "sameAs": resource.link if resource.link.startswith("http") else None,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{settings.ADDRESS}{reverse('resource_file', args=[resource.pk])}",
        }
        if resource.file_id and resource.pk
        else None,
    }
    return {name: value for name, value in told.items() if value}


def _published(resource: Resource) -> str | None:
    return None if resource.day is None else resource.day.isoformat()
