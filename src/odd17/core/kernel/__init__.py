"""Words and types that every room of odd17 shares; it imports nothing else of the project."""

from .actors import Actor, Lever, actors, levers
from .alliances import (
    AllianceType,
    Family,
    Word,
    alliance_types,
    families,
    goals,
    impacts,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from .domains import Dimension, Domain, dimensions, domain, domains
from .errors import (
    AmbiguousTerritory,
    DataError,
    Odd17Error,
    ReleaseError,
    ReleaseTrouble,
    UnknownTerritory,
    UsageError,
)
from .estimate import Estimate
from .period import Period
from .provenance import Provenance
from .reason import Reason, ReasonCode
from .status import Absence, ConfStatus, ObsStatus, absence_of
from .text import Text, in_language, text_from_plain, text_to_plain

__all__ = [
    "Absence",
    "Actor",
    "AllianceType",
    "AmbiguousTerritory",
    "ConfStatus",
    "DataError",
    "Dimension",
    "Domain",
    "Estimate",
    "Family",
    "Lever",
    "ObsStatus",
    "Odd17Error",
    "Period",
    "Provenance",
    "Reason",
    "ReasonCode",
    "ReleaseError",
    "ReleaseTrouble",
    "Text",
    "UnknownTerritory",
    "UsageError",
    "Word",
    "absence_of",
    "actors",
    "alliance_types",
    "dimensions",
    "domain",
    "domains",
    "families",
    "goals",
    "impacts",
    "in_language",
    "levers",
    "partner_kinds",
    "proofs",
    "scales",
    "stages",
    "text_from_plain",
    "text_to_plain",
    "trades",
]
