"""What is known of an alliance, as the first answers of a proposal of a practice."""

from __future__ import annotations

from odd17.core.alliances.path import stage_at

from .models import Alliance
from .selectors import path_of


def drafted_practice(alliance: Alliance) -> dict[str, dict[str, object]]:
    """The answers by step of the form; nothing that one partner said apart."""
    partners: dict[str, object] = {}
    here = list(alliance.partners.filter(left=None))
    for place, partner in enumerate(here):
        partners |= {f"name_{place}": partner.name, f"kind_{place}": partner.kind, f"siren_{place}": partner.siren}
    return {
        "practice": {
            "title": alliance.title,
            "territories": alliance.territory,
            "domains": list(alliance.domains),
            "goals": list(alliance.goals),
            "begun": alliance.begun.isoformat(),
            "alliance_type": alliance.alliance_type,
            "stage": stage_at(path_of(alliance)).id,
        },
        "partners": {**partners, "rows": max(len(here), 2)},
        "story": {"need": alliance.need},
    }
