"""What is known of an alliance, as the first answers of a proposal of a practice."""

from __future__ import annotations

from .models import Alliance
from .workspace_page import territory_of


def drafted_practice(alliance: Alliance) -> dict[str, dict[str, object]]:
    """The answers by step of the form; nothing that one partner said apart."""
    partners: dict[str, object] = {}
    where = territory_of(alliance)
    here = list(alliance.partners.filter(left=None))
    for place, partner in enumerate(here):
        partners |= {f"name_{place}": partner.name, f"kind_{place}": partner.kind, f"siren_{place}": partner.siren}
    return {
        "practice": {
            "title": alliance.title,
            "territories": alliance.territory if where is None else f"{where.id} {where.name}",
            "domains": list(alliance.domains),
            "begun": alliance.begun.isoformat(),
        },
        "partners": {**partners, "rows": max(len(here), 2), "alliance_type": alliance.alliance_type},
        "story": {"need": alliance.need},
    }
