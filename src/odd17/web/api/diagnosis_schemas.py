"""The shapes of scores, diagnoses and rankings in the API's answers."""

from __future__ import annotations

from ninja import Schema

from odd17.core.indicators.indicator import Unit

from .figure_schemas import EstimateOut, FigureOut, ReasonOut, SourceOut
from .territory_schemas import TerritoryOut


class PeerSetOut(Schema):
    """With whom a territory is compared."""

    id: str
    size: int
    text: str


class RankChangeOut(Schema):
    """How a rank moved since a period, among the peers scored in both: below 0 is nearer to rank 1."""

    since: str
    value: int
    low: int
    high: int


class RankOut(Schema):
    """1 = most fragile; ``tied`` others share the rank.

    ``low`` to ``high`` hold the middle ``level`` of the ranks that other weights, scales and means would give;
    ``alone``: a single indicator decides, which none of them moves. ``overlaps`` others have an interval that meets
    this one, and cannot be told apart (null within a class).
    ``population_class`` is set where the peers are the communes of one class only.
    """

    value: int
    of: int
    tied: int
    low: int | None
    high: int | None
    level: float
    alone: bool
    overlaps: int | None
    change: RankChangeOut | None
    peers: str
    population_class: str | None


class ScoreOut(EstimateOut):
    """The index of a domain, a dimension or the whole: 0 to 100, 100 = most fragile of the peers."""

    node: str
    name: str
    rank: RankOut | None
    class_rank: RankOut | None
    available: int
    total: int
    refusal: ReasonOut | None


class DomainOut(Schema):
    """One of the 16 domains; ``status`` says whether its name is attested, inferred or ours."""

    id: str
    dimension: str
    name: str
    slug: str
    status: str


class OtherScoreOut(Schema):
    """Another territory's score for the same domain."""

    territory: str
    name: str
    score: ScoreOut


class DomainReadingOut(Schema):
    """A domain of a territory: its score and the figures behind it."""

    id: str
    dimension: str
    name: str
    status: str
    score: ScoreOut
    figures: list[FigureOut]
    others: list[OtherScoreOut]


class ProfileItemOut(EstimateOut):
    """A line of the profile, which never enters an index; ``stale`` says that a newer figure should exist."""

    key: str
    name: str
    unit: str
    period: str | None
    note: ReasonOut | None
    stale: ReasonOut | None


class DiagnosisOut(Schema):
    """All that odd17 says of one territory in one release."""

    release: str
    territory: TerritoryOut
    parents: list[TerritoryOut]
    peers: PeerSetOut | None
    key_message: list[str]
    fragilities: list[str]
    strengths: list[str]
    profile: list[ProfileItemOut]
    overall: ScoreOut
    dimensions: list[ScoreOut]
    domains: list[DomainReadingOut]
    sources: list[SourceOut]
    citation: str


class SideBySideOut(Schema):
    """Diagnoses in columns; scores may be compared only where ``same_peers``."""

    release: str
    same_peers: bool
    diagnoses: list[DiagnosisOut]


class RankedOut(Schema):
    """A row of a ranking; ``figures`` follow the ranking's ``columns``."""

    territory: TerritoryOut
    score: ScoreOut
    population_class: str | None
    figures: list[EstimateOut]


class RankingColumnOut(Schema):
    """A figure behind the ranking."""

    indicator: str
    name: str
    unit: Unit
    period: str
    not_scored: ReasonOut | None


class RankingOut(Schema):
    """Peers on one domain, the most fragile first; ``rows`` start at ``start`` of the peers' ``size``."""

    release: str
    node: str
    name: str
    peers: PeerSetOut
    scored: int
    start: int
    columns: list[RankingColumnOut]
    rows: list[RankedOut]
    sources: list[SourceOut]
