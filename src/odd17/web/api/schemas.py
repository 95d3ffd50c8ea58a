"""The shapes of the API's answers, those of ``publishing.payload``: numbers raw, reasons as code and sentence."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Absence, ConfStatus, ObsStatus, ReasonCode
from odd17.core.territories.levels import Level


class ProblemOut(Schema):
    """What was wrong with a request, and what to do about it."""

    error: str
    message: str
    remedy: str
    suggestions: list[str] = Field(default_factory=list)


class EstimateOut(Schema):
    """A figure: a null ``value`` has an ``absence``; zero is a value. Statuses are SDMX codes."""

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
    text: str


class TerritoryOut(Schema):
    """A territory of the COG; ``area_km2`` is null where the contour is not a true one. ``path`` is its page."""

    id: str
    level: Level
    code: str
    name: str
    parents: list[str]
    other_parents: list[str]
    population: int | None
    area_km2: float | None
    is_overseas: bool
    has_true_contour: bool
    path: str


class FormerOut(Schema):
    """A commune that is none any more, or only a part (delegated, associated) of the one that holds it."""

    code: str
    name: str


class FoundOut(TerritoryOut):
    """An answer to a search; ``former`` is the commune of before that was found, where not the territory itself."""

    former: FormerOut | None = None


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


class SourceOut(Schema):
    """A source: cite it with ``citation``, whole."""

    id: str
    title: str
    producer: str
    citation: str
    licence: str
    url: str | None
    published: str | None
    retrieved: str | None
    sha256: str | None
    note: str | None


class IndicatorOut(Schema):
    """The definition that stands behind a figure; ``source`` is the identifier of one."""

    id: str
    name: str
    definition: str
    unit: Unit
    direction: Direction
    direction_status: str
    domain: str | None
    source: str


class NamedFigureOut(EstimateOut):
    """The same indicator and period in another territory."""

    territory: str
    name: str
    path: str


class OlderOut(EstimateOut):
    """The same indicator of the same territory in another period."""

    period: str


class CoursePointOut(EstimateOut):
    """The figure in a period; ``others`` in the order of the course's, ``median`` over ``median_of`` peers.

    ``breaks``: the series begins anew with it, and is not compared with what lies before.
    """

    period: str
    breaks: bool
    flags: list[ReasonOut]
    others: list[EstimateOut]
    median: float | None
    median_of: int | None


class CourseOtherOut(Schema):
    """A territory beside which a figure is set over time."""

    id: str
    name: str


class ChangeOut(Schema):
    """The difference of the figures of two periods."""

    since: str
    until: str
    value: float


class SlopeOut(Schema):
    """The change a year over ``n`` periods (Theil–Sen), between ``low`` and ``high`` with probability ``level``."""

    value: float
    low: float
    high: float
    level: float
    n: int


class CourseOut(Schema):
    """A figure over its periods, since the last break for ``change`` and ``slope``.

    Without a slope, ``hindrance`` says why: ``too_few`` periods, or ``overlapping`` ones. ``text`` says all of it.
    """

    points: list[CoursePointOut]
    others: list[CourseOtherOut]
    change: ChangeOut | None
    slope: SlopeOut | None
    hindrance: str | None
    text: list[str]


class FigureOut(EstimateOut):
    """An indicator here and elsewhere, with what qualifies it."""

    indicator: IndicatorOut
    period: str
    comparisons: list[NamedFigureOut]
    flags: list[ReasonOut]
    not_scored: ReasonOut | None
    history: list[OlderOut]
    course: CourseOut | None


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


class CoverageOut(Schema):
    """A level of an indicator: ``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``."""

    level: Level
    period: str
    periods: list[str]
    present: int
    total: int
    absences: dict[str, int]
    quantiles: dict[str, float]
    edges: list[float]
    counts: list[int]
    highest: list[NamedFigureOut]
    lowest: list[NamedFigureOut]


class IndicatorCardOut(Schema):
    """An indicator with its coverage and distribution by level."""

    release: str
    indicator: IndicatorOut
    not_scored: ReasonOut | None
    flags: list[ReasonOut]
    levels: list[CoverageOut]
    source: SourceOut


class TwinVariableOut(Schema):
    """A line of the profile that twins are sought by; its logarithm is compared where ``logged``."""

    key: str
    weight: float
    logged: bool


class TwinGapOut(Schema):
    """How a twin differs in one variable: both values, and the difference in standard deviations of the level."""

    key: str
    here: float
    there: float
    deviations: float


class TwinOut(Schema):
    """A territory near in profile: its distance in standard deviations, and why, the nearest variable first."""

    territory: TerritoryOut
    distance: float
    gaps: list[TwinGapOut]


class TwinsOut(Schema):
    """The nearest in profile, among ``compared`` others of the level; ``lacking`` variables were not compared."""

    release: str
    territory: TerritoryOut
    compared: int
    variables: list[TwinVariableOut]
    lacking: list[str]
    twins: list[TwinOut]


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
