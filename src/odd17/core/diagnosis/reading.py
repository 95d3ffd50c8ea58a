"""A territory's diagnosis as plain values: what every page, report, export and API answer shows."""

from __future__ import annotations

from dataclasses import dataclass

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Domain, Estimate, Message, Provenance, Reason, UsageError
from odd17.core.territories.territory import Territory

from .course import Course


@dataclass(frozen=True, slots=True)
class PeerSet:
    """With whom a territory is compared. ``id`` is one of the keys of ``odd17.core.diagnosis.peers``.

    ``population_class`` is that of the communes compared, where they are of one class only.
    """

    id: str
    size: int
    population_class: str | None = None


@dataclass(frozen=True, slots=True)
class RankChange:
    """How a rank moved since a period, among the peers with a score in both: below 0 is nearer to rank 1.

    ``low`` to ``high`` hold what the rank's own choices, drawn again the same way in both periods, make of the move.
    """

    since: str
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among peers: 1 = most fragile; ``tied`` others share it.

    ``low`` to ``high`` hold the middle ``level`` of the places it takes when weights, scale and mean are drawn again;
    None where that was not done. ``alone``: a single indicator decides, so that none of those choices could move it.
    ``overlaps`` other peers have an interval that meets this one: they cannot be told apart. ``change`` says how the
    rank moved, where that is known.
    """

    value: int
    of: int
    tied: int
    peers: PeerSet
    low: int | None = None
    high: int | None = None
    level: float = 0.9
    alone: bool = False
    overlaps: int | None = None
    change: RankChange | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same indicator in another territory (a parent, the country, or a chosen one)."""

    territory: Territory
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator here and elsewhere. ``flags`` qualify it; ``not_scored`` says what keeps it out of the score."""

    indicator: Indicator
    period: str
    estimate: Estimate
    comparisons: tuple[Comparison, ...] = ()
    flags: tuple[Reason, ...] = ()
    not_scored: Reason | None = None
    history: tuple[tuple[str, Estimate], ...] = ()  # older periods in which there is a value, oldest first
    course: Course | None = None  # where two periods or more have a value


@dataclass(frozen=True, slots=True)
class Score:
    """The index of a node (domain, dimension or ``overall``): 0 to 100, 100 = most fragile among peers.

    ``estimate.value`` is None where it is refused, and ``refusal`` says why. ``class_rank`` is the rank among communes
    of the same population class. ``available`` of ``total`` inputs are present.
    """

    node: str
    estimate: Estimate
    rank: Rank | None
    class_rank: Rank | None
    available: int
    total: int
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True)
class DomainReading:
    """One of the 16 domains of a territory: its score and the figures behind it."""

    domain: Domain
    score: Score
    figures: tuple[Figure, ...]
    others: tuple[tuple[Territory, Score], ...] = ()  # the scores of parents and chosen territories of the same level


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """A line of the profile, which never enters an index. ``key`` is population, area, density, communes, …

    ``note`` qualifies it or says why it is absent; ``stale`` says that a newer figure should exist.
    """

    key: str
    estimate: Estimate
    unit: str
    period: str | None = None
    note: Reason | None = None
    source: Provenance | None = None
    stale: Reason | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that odd17 says of one territory in one release.

    ``domains`` always has the 16, in the report's order. ``fragilities`` and ``strengths`` are the ids of the domains
    in the most and the least fragile third of the peers, the most marked first.
    """

    release: str
    territory: Territory
    parents: tuple[Territory, ...]
    peers: PeerSet | None
    profile: tuple[ProfileItem, ...]
    domains: tuple[DomainReading, ...]
    dimensions: tuple[Score, ...]
    overall: Score
    fragilities: tuple[str, ...]
    strengths: tuple[str, ...]


def course_of(diagnosis: Diagnosis, indicator_id: str) -> tuple[Figure, Course]:
    """A figure and its course over time; raises UsageError where it is not shown, or known of one period only."""
    for reading in diagnosis.domains:
        for figure in reading.figures:
            if figure.indicator.id == indicator_id and figure.course is not None:
                return figure, figure.course
    raise UsageError(
        Message(
            "{indicator!r} has no figure of two periods for {territory}.",
            indicator=indicator_id[:80],
            territory=diagnosis.territory.id,
        )
    )
