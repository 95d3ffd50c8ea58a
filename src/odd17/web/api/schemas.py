"""The shapes of the API's answers: numbers raw, statuses and reasons as codes, texts in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from odd17.core.diagnosis.card import Distribution, LevelCoverage
from odd17.core.diagnosis.reading import DomainReading
from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Absence, ConfStatus, ObsStatus, Reason, ReasonCode
from odd17.core.territories.levels import Level
from odd17.publishing import wording


class TextOut(Schema):
    """A text in the interface's two languages."""

    fr: str
    en: str


class ProblemOut(Schema):
    """What was wrong with a request, and what to do about it."""

    error: str
    message: str
    remedy: str
    suggestions: list[str] = Field(default_factory=list)


class TerritoryOut(Schema):
    """A territory of the COG; ``area_km2`` and ``density`` are null where the contour is not a true one."""

    id: str
    level: Level
    code: str
    name: str
    slug: str
    parents: list[str]
    other_parents: list[str]
    population: int | None
    area_km2: float | None
    density: float | None
    is_overseas: bool
    has_true_contour: bool


class TerritoryBriefOut(Schema):
    """A territory by identifier and name."""

    id: str
    level: Level
    name: str


class EstimateOut(Schema):
    """A figure: null ``value`` has an ``absence``; zero is a value. Statuses are SDMX codes."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    obs_status: ObsStatus
    conf_status: ConfStatus
    absence: Absence | None


class ReasonOut(Schema):
    """Why something is absent, refused or flagged: a code, its facts, and the sentence that pages show."""

    code: ReasonCode
    params: dict[str, Any]
    sentence: TextOut

    @staticmethod
    def resolve_sentence(reason: Reason) -> dict[str, str]:
        """The sentence in both languages."""
        return {language: wording.sentence(reason, language) for language in ("fr", "en")}


class PeerSetOut(Schema):
    """With whom a territory is compared."""

    id: str
    size: int


class RankOut(Schema):
    """1 = most fragile; ``tied`` others share the rank; ``low`` and ``high`` bound it once known."""

    value: int
    of: int
    tied: int
    low: int | None
    high: int | None
    peers: PeerSetOut


class ScoreOut(Schema):
    """The index of a domain, a dimension or the whole: 0 to 100, 100 = most fragile of the peers."""

    node: str
    estimate: EstimateOut
    rank: RankOut | None
    class_rank: RankOut | None
    available: int
    total: int
    refusal: ReasonOut | None


class ProvenanceOut(Schema):
    """A source: cite it with ``citation``, whole."""

    id: str
    title: str
    producer: str
    citation: str
    licence: str
    url: str | None
    published: date | None
    retrieved: date | None
    sha256: str | None
    note: str | None


class IndicatorOut(Schema):
    """The definition that stands behind a figure."""

    id: str
    name: TextOut
    definition: TextOut
    domain: str | None
    unit: Unit
    decimals: int
    direction: Direction
    direction_status: str
    weight: float
    numerator: str | None
    denominator: str | None
    factor: float
    is_count: bool
    source: ProvenanceOut


class IndicatorBriefOut(Schema):
    """An indicator by identifier and name, with its unit and its source's identifier."""

    id: str
    name: TextOut
    unit: Unit
    direction: Direction
    source: str

    @staticmethod
    def resolve_source(indicator: Any) -> str:
        """The source's identifier."""
        return indicator.source.id


class ComparisonOut(Schema):
    """The same indicator and period in another territory."""

    territory: TerritoryBriefOut
    estimate: EstimateOut


class FigureOut(Schema):
    """An indicator here and elsewhere, with what qualifies it."""

    indicator: IndicatorBriefOut
    period: str
    estimate: EstimateOut
    comparisons: list[ComparisonOut]
    flags: list[ReasonOut]
    not_scored: ReasonOut | None


class DomainOut(Schema):
    """One of the 16 domains; ``status`` says whether its name is attested, inferred or ours."""

    id: str
    dimension: str
    name: TextOut
    slug: str
    status: str


class OtherScoreOut(Schema):
    """Another territory's score for the same domain."""

    territory: TerritoryBriefOut
    score: ScoreOut


class DomainReadingOut(Schema):
    """A domain of a territory: its score and the figures behind it."""

    domain: DomainOut
    score: ScoreOut
    figures: list[FigureOut]
    others: list[OtherScoreOut]

    @staticmethod
    def resolve_others(reading: DomainReading) -> list[dict[str, Any]]:
        """Pairs as objects."""
        return [{"territory": territory, "score": score} for territory, score in reading.others]


class ProfileItemOut(Schema):
    """A line of the profile, which never enters an index."""

    key: str
    estimate: EstimateOut
    unit: str
    period: str | None
    note: ReasonOut | None


class DiagnosisOut(Schema):
    """All that odd17 says of one territory in one release."""

    release: str
    territory: TerritoryOut
    parents: list[TerritoryBriefOut]
    peers: PeerSetOut | None
    profile: list[ProfileItemOut]
    fragilities: list[str]
    strengths: list[str]
    overall: ScoreOut
    dimensions: list[ScoreOut]
    domains: list[DomainReadingOut]


class RankedOut(Schema):
    """A row of a ranking; ``figures`` follow the ranking's ``columns``."""

    territory: TerritoryBriefOut
    score: ScoreOut
    population_class: str | None
    figures: list[EstimateOut]


class RankingColumnOut(Schema):
    """A figure behind the ranking."""

    indicator: IndicatorBriefOut
    period: str
    not_scored: ReasonOut | None


class RankingOut(Schema):
    """Peers on one domain, the most fragile first; ``rows`` start at ``start`` of ``total``."""

    release: str
    node: str
    peers: PeerSetOut
    scored: int
    start: int
    total: int
    columns: list[RankingColumnOut]
    rows: list[RankedOut]

    @staticmethod
    def resolve_total(ranking: Any) -> int:
        """How many rows there are in all."""
        return ranking.table.height


class QuantileOut(Schema):
    """A share of the territories, and the value under which they lie."""

    probability: float
    value: float


class DistributionOut(Schema):
    """``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``."""

    quantiles: list[QuantileOut]
    edges: list[float]
    counts: list[int]

    @staticmethod
    def resolve_quantiles(spread: Distribution) -> list[dict[str, float]]:
        """Quantiles as objects, since JSON's keys are texts."""
        return [{"probability": share, "value": value} for share, value in spread.quantiles.items()]


class CoverageOut(Schema):
    """A level of an indicator: who has a figure, and how the figures are spread."""

    level: Level
    period: str
    periods: list[str]
    present: int
    total: int
    absences: dict[str, int]
    distribution: DistributionOut

    @staticmethod
    def resolve_absences(coverage: LevelCoverage) -> dict[str, int]:
        """Counts by kind of absence."""
        return {kind.value: count for kind, count in coverage.absences.items()}


class CheckOut(Schema):
    """The figure of a country against the weighted mean of its regions."""

    indicator: str
    period: str
    kind: str
    passed: bool
    reference: str
    expected: float
    found: float
    gap: float
    tolerance: float


class IndicatorCardOut(Schema):
    """An indicator with its coverage, distribution and checks."""

    release: str
    indicator: IndicatorOut
    levels: list[CoverageOut]
    checks: list[CheckOut]
    flags: list[ReasonOut]
    not_scored: ReasonOut | None


class SideBySideOut(Schema):
    """Diagnoses in columns; scores may be compared only where ``same_peers``."""

    release: str
    same_peers: bool
    diagnoses: list[DiagnosisOut]


class FileOut(Schema):
    """A file of a release."""

    level: Level
    format: str
    address: str


class ReleaseOut(Schema):
    """A release: its address prefix keeps answering after newer ones."""

    id: str
    created: str
    current: bool
    prefix: str
    counts: dict[str, Any]
    digest: str


class ReleaseDetailOut(ReleaseOut):
    """A release with its inputs, versions and files."""

    frame: str
    inputs: list[dict[str, Any]]
    versions: dict[str, Any]
    files: list[FileOut]
