"""Practices shown on other pages as illustrations, and the words of what rules say of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import Domain, proofs
from odd17.core.practices.case import Case
from odd17.core.territories.territory import Territory
from odd17.web.practices.history import CHANGED, MERGED, PUBLISHED, Event
from odd17.web.practices.matching import Reasoned, suggested
from odd17.web.practices.matching_views import practices_address
from odd17.web.practices.models import Practice
from odd17.workflows.match_practices import ground_of
from odd17.workflows.releases import current_release

register = template.Library()

_DOMAINS, _EACH, _MOST = 3, 2, 6


@register.filter
def case_address(case: Case) -> str:
    """The lasting address of a case."""
    return reverse("practice", args=[int(case.id), slugify(case.title)[:80] or "pratique"])


@register.filter
def proof_explained(id: str) -> str:
    """What a kind of proof means."""
    found = next((word for word in proofs() if word.id == id), None)
    return "" if found is None or found.explained is None else found.explained.in_language(get_language() or "fr")


@register.filter
def event_said(event: Event) -> str:
    """What happened to a practice, in a few words."""
    if event.kind == PUBLISHED:
        return _("Made public")
    if event.kind == MERGED:
        return _("Merged with “%(title)s”, which told the same alliance") % {"title": event.other}
    if event.kind == CHANGED and event.parts:
        names = ", ".join(str(_verbose(part)) for part in event.parts)
        return _("Changed: %(parts)s") % {"parts": names}
    return _("Its text was changed") if event.kind == CHANGED else _("Withdrawn for a time")


def _verbose(part: str) -> object:
    if part in ("partners", "impacts"):
        return _("partners") if part == "partners" else _("what changed")
    return Practice._meta.get_field(part).verbose_name


@register.inclusion_tag("practices/parts/here.html")
def practices_here(territory: Territory, readings: list[Any]) -> dict[str, Any]:
    """Practices for the domains of the first ``readings``, two each; where there is none, those told here or like here.

    With the address of the others.
    """
    release, groups = current_release(), []
    for domain in [reading.domain for reading in readings[:_DOMAINS]]:
        found = suggested(release=release, territory=territory, domain=domain, most=_EACH)
        groups.append((domain, practices_address(territory, domain), found))
    near: list[Reasoned] = []
    if not groups:
        places = ground_of(release, territory.id).places
        found = suggested(release=release, territory=territory, most=_MOST)
        near = [item for item in found.cases if places.keys() & set(item.case.territories)]
    return {"groups": groups, "near": near, "all": practices_address(territory, None)}


@register.inclusion_tag("practices/parts/of_domain.html")
def practices_of_domain(domain: Domain) -> dict[str, Any]:
    """Practices of a domain, those of the others left out."""
    found = suggested(release=current_release(), domain=domain, most=_MOST)
    kept = [item for item in found.cases if domain.id in item.case.domains]
    return {"domain": domain, "cases": kept, "unavailable": found.unavailable, "all": practices_address(None, domain)}
