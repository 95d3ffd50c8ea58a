"""Territories of the code officiel géographique: levels, hierarchy, search by name, and changes between vintages."""

from .carry import REPORT, Carried, Outcome, carry
from .centres import CENTRES, Centres
from .cog import CURRENT_VINTAGE, Cog
from .former import FormerCommune, FormerCommunes
from .former_areas import FormerArea, FormerAreas
from .levels import Level, split_id, territory_id
from .merge import Measure
from .movements import NO_MOVEMENTS, Movements, Passage
from .municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS
from .normalised import slug
from .own import OwnTerritory, with_own
from .tables import EPCI_SPANS, FORMER_COMMUNES, MEMBERSHIPS, OWN_MEMBERSHIPS, POPULATIONS, TERRITORIES
from .territory import Territory

__all__ = [
    "CENTRES",
    "CURRENT_VINTAGE",
    "EPCI_SPANS",
    "FORMER_COMMUNES",
    "MEMBERSHIPS",
    "MUNICIPAL_ARRONDISSEMENTS",
    "NO_MOVEMENTS",
    "OWN_MEMBERSHIPS",
    "POPULATIONS",
    "REPORT",
    "TERRITORIES",
    "Carried",
    "Centres",
    "Cog",
    "FormerArea",
    "FormerAreas",
    "FormerCommune",
    "FormerCommunes",
    "Level",
    "Measure",
    "Movements",
    "Outcome",
    "OwnTerritory",
    "Passage",
    "Territory",
    "carry",
    "slug",
    "split_id",
    "territory_id",
    "with_own",
]
