"""The crossing as plain values: what every page, report, export and API answer shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from odd17.core.kernel import Domain, Estimate, Provenance, Reason, ReasonCode, actors
from odd17.core.perceptions.study import StudyDescription
from odd17.core.territories.territory import Territory

from .crossing_tables import Quadrant
from .reading import PeerSet, Score


@dataclass(frozen=True, slots=True)
class Place:
    """A place among ``of`` and the places that hold the middle ``level`` of the draws; it may lie outside of them."""

    value: int
    low: int
    high: int
    of: int
    level: float = 0.9


@dataclass(frozen=True, slots=True)
class Shift:
    """A number of places between two ranks, with the middle 90 % of the draws."""

    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Change:
    """How a share moved since the ``study`` before, with its 95 % interval; of ``linked`` people, in a panel."""

    study: str
    value: float
    low: float | None
    high: float | None
    linked: int | None


@dataclass(frozen=True, slots=True)
class ActorView:
    """What an actor sees of a domain in a territory, by the newest ``study`` of this actor there.

    ``share`` (0 to 1, 95 %) judge it fragile; ``lived`` and ``prioritised`` are the shares who live that fragility and
    who put the domain among the priorities, None where that was not asked. ``rank`` is among the peers with a share,
    1 where most judge it fragile, and ``objective`` the rank by the figures among the same peers: ``gap`` is the
    second less the first, above 0 where it is over-perceived. ``probabilities`` of the four quadrants are empty where
    there is none. ``reason`` says why a rank, or a gap, is missing.
    """

    actor: str
    study: str
    period: str
    share: Estimate
    rank: Place | None = None
    objective: Place | None = None
    gap: Shift | None = None
    quadrant: Quadrant | None = None
    probabilities: Mapping[Quadrant, float] = field(default_factory=dict)
    reason: Reason | None = None
    lived: Estimate | None = None
    prioritised: Estimate | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class ActorGap:
    """Between two actors: above 0 where ``actor`` sees more fragility than ``other``; None with its ``reason``."""

    actor: str
    other: str
    gap: Shift | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Acting:
    """The share of the organisations of ``actor`` that act in a domain, and that intend to (None: not asked)."""

    actor: str
    study: str
    period: str
    share: Estimate
    intends: Estimate | None


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Whether a domain is fragile and few act there: ``told`` where ``probability`` reaches 0.7.

    ``few_act`` is the probability of being in the half of the peers with the smallest share of organisations that act,
    by ``study``. None where the figures or the shares give no rank.
    """

    study: str
    few_act: float | None
    probability: float | None
    told: bool | None


class WhyCode(StrEnum):
    """The reasons of a place among priorities; ``publishing.crossing_words`` has a sentence for each."""

    BY_FIGURES = "by_figures"  # params rank, of, tied (others at that rank), low, high
    ONE_INDICATOR = "one_indicator"  # params rank, of, tied: its figures are of one indicator, the rank has no interval
    WITHOUT_FIGURES = "without_figures"  # the place is by what is seen alone
    SEEN_BY = "seen_by"  # params actor, period, n, rank, low, high, of
    SEEN_EARLIER = "seen_earlier"  # params actor, period: asked in an earlier year, not counted
    NOT_SEEN = "not_seen"  # nobody asked has a share here: the place is by the figures alone
    BLIND_SPOT = "blind_spot"  # params probability, share, study


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a code and the numbers and identifiers that its sentence needs."""

    code: WhyCode
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The domain next to another in the order of priorities, and what would swap the two.

    ``difference`` is that of their weights, ``objective_places`` by how many places among its peers the figures of the
    domain would have to move to close it (None without figures, or where no move of theirs would do), ``actors`` those
    without whom the two swap.
    """

    domain: str
    difference: float
    objective_places: int | None
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """The place of a domain in its territory, by a ``weight`` of 0 to 1, and what made it.

    ``p_first`` is the probability of being among the first three. ``standings`` (0 to 1) and ``alone`` (places) tell
    of each side by itself: ``objective``, and every actor, also those of ``left_out``, who were asked in an earlier
    year; ``made_of`` are the sides counted.
    """

    place: Place
    weight: float
    p_first: float
    p_fragile: float | None
    p_seen: float | None
    made_of: tuple[str, ...]
    left_out: tuple[str, ...]
    standings: Mapping[str, float]
    alone: Mapping[str, int]
    above: Neighbour | None
    below: Neighbour | None
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class CrossedDomain:
    """A domain of a territory under all its eyes: a row of any page of the crossing.

    ``views`` and ``acting`` hold the actors asked, in their order; ``between`` every pair of those. ``blind_spot`` and
    ``acting`` are None and empty without a study of organisations: *not available*, never a count of case studies.
    ``sources`` are those of the domain's figures.
    """

    territory: Territory
    domain: Domain
    score: Score
    views: tuple[ActorView, ...] = ()
    between: tuple[ActorGap, ...] = ()
    acting: tuple[Acting, ...] = ()
    blind_spot: BlindSpot | None = None
    priority: Priority | None = None
    sources: tuple[Provenance, ...] = ()

    def view(self, actor: str) -> ActorView | None:
        """What an actor sees here; None where that actor was not asked."""
        return next((view for view in self.views if view.actor == actor), None)

    def widest_gap(self, actor: str | None = None) -> int | None:
        """The largest distance in places between the figures and an actor (any of them, without one)."""
        gaps = [abs(view.gap.value) for view in self.views if view.gap is not None and actor in (None, view.actor)]
        return max(gaps, default=None)


@dataclass(frozen=True, slots=True)
class CrossedViews:
    """The crossing of one territory: its 16 domains in the report's order, and the studies behind them by identifier.

    ``peers`` are None for the countries and for a perimeter of one's own, of which nothing is ranked. ``fictitious``:
    the studies are made up, and everything shown says so.
    """

    release: str
    fictitious: bool
    territory: Territory
    peers: PeerSet | None
    domains: tuple[CrossedDomain, ...]
    studies: Mapping[str, StudyDescription]

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors asked of a domain here, in their order."""
        asked = {view.actor for row in self.domains for view in row.views}
        return tuple(actor.id for actor in actors() if actor.id in asked)

    @property
    def reason(self) -> Reason | None:
        """Why there is nothing to cross; None where there is."""
        return None if self.actors else Reason(ReasonCode.NO_STUDY)

    def by_gap(self, actor: str | None = None) -> tuple[CrossedDomain, ...]:
        """Widest gap to the figures first, of one actor or of any; those without one last, in the report's order."""
        return widest_first(self.domains, actor)

    def by_priority(self) -> tuple[CrossedDomain, ...]:
        """First priority first; those without a place last."""
        return tuple(
            sorted(
                self.domains, key=lambda row: (row.priority is None, row.priority.place.value if row.priority else 0)
            )
        )


def widest_first(rows: tuple[CrossedDomain, ...], actor: str | None = None) -> tuple[CrossedDomain, ...]:
    """Rows by the distance between the figures and an actor (any, without one), the widest first, none last."""

    def distance(row: CrossedDomain) -> tuple[bool, int]:
        widest = row.widest_gap(actor)
        return widest is None, -(widest or 0)

    return tuple(sorted(rows, key=distance))


@dataclass(frozen=True, slots=True)
class PeerCrossing:
    """The crossing over a whole peer set: of one domain or of all; ``rows`` by territory and domain, or widest first.

    ``studies`` are those behind the rows, by identifier.
    """

    release: str
    fictitious: bool
    peers: PeerSet
    rows: tuple[CrossedDomain, ...]
    studies: Mapping[str, StudyDescription]

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors asked of any of these domains, in their order."""
        asked = {view.actor for row in self.rows for view in row.views}
        return tuple(actor.id for actor in actors() if actor.id in asked)

    @property
    def reason(self) -> Reason | None:
        """Why there is nothing to cross; None where there is."""
        return None if self.actors else Reason(ReasonCode.NO_STUDY)


def studies_behind(
    rows: tuple[CrossedDomain, ...], studies: Mapping[str, StudyDescription]
) -> dict[str, StudyDescription]:
    """The studies of ``studies`` that any of ``rows`` shows, by identifier."""
    shown = {view.study for row in rows for view in row.views} | {item.study for row in rows for item in row.acting}
    return {id: studies[id] for id in sorted(shown)}
