"""Territories of the code officiel géographique: levels, hierarchy, search by name, and changes between vintages."""

from .cog import CURRENT_VINTAGE, Cog
from .levels import Level, split_id, territory_id
from .municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS
from .normalised import slug
from .tables import EPCI_SPANS, MEMBERSHIPS, TERRITORIES
from .territory import Territory

__all__ = [
    "CURRENT_VINTAGE",
    "EPCI_SPANS",
    "MEMBERSHIPS",
    "MUNICIPAL_ARRONDISSEMENTS",
    "TERRITORIES",
    "Cog",
    "Level",
    "Territory",
    "slug",
    "split_id",
    "territory_id",
]
