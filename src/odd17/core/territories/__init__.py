"""Territories of the code officiel géographique: levels, hierarchy, search by name, and changes between vintages."""

from .carry import REPORT, Carried, Outcome, carry
from .cog import CURRENT_VINTAGE, Cog
from .levels import Level, split_id, territory_id
from .merge import Measure
from .movements import NO_MOVEMENTS, Movements, Passage
from .municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS
from .normalised import slug
from .tables import EPCI_SPANS, MEMBERSHIPS, POPULATIONS, TERRITORIES
from .territory import Territory

__all__ = [
    "CURRENT_VINTAGE",
    "EPCI_SPANS",
    "MEMBERSHIPS",
    "MUNICIPAL_ARRONDISSEMENTS",
    "NO_MOVEMENTS",
    "POPULATIONS",
    "REPORT",
    "TERRITORIES",
    "Carried",
    "Cog",
    "Level",
    "Measure",
    "Movements",
    "Outcome",
    "Passage",
    "Territory",
    "carry",
    "slug",
    "split_id",
    "territory_id",
]
