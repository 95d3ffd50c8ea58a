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
    Faults,
    Odd17Error,
    ReleaseError,
    UnknownRelease,
    UnknownTerritory,
    UsageError,
)
from .estimate import Estimate
from .fictitious import FICTITIOUS, FICTITIOUS_DATA, is_fictitious
from .message import Message, message_from_plain, message_to_plain, why
from .period import Period
from .provenance import Provenance
from .reason import Reason, ReasonCode
from .status import Absence, ConfStatus, ObsStatus, absence_of
from .text import Text, in_language, text_from_plain, text_to_plain

__all__ = [
    "FICTITIOUS",
    "FICTITIOUS_DATA",
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
    "Faults",
    "Lever",
    "Message",
    "ObsStatus",
    "Odd17Error",
    "Period",
    "Provenance",
    "Reason",
    "ReasonCode",
    "ReleaseError",
    "Text",
    "UnknownRelease",
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
    "is_fictitious",
    "levers",
    "message_from_plain",
    "message_to_plain",
    "partner_kinds",
    "proofs",
    "scales",
    "stages",
    "text_from_plain",
    "text_to_plain",
    "trades",
    "why",
]
