"""The shapes of the API's answers about studies and the crossing, those of ``publishing.crossing_payload``."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from odd17.core.diagnosis.crossing_reading import WhyCode
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.kernel import ObsStatus
from odd17.core.perceptions.tables import Measure

from .diagnosis_schemas import PeerSetOut, ScoreOut
from .figure_schemas import EstimateOut, ReasonOut
from .territory_schemas import TerritoryOut


class QuestionOut(Schema):
    """A question: its wording, what it measures, the domains and items it is about, and whom it was asked of."""

    measure: Measure
    wording: str
    domains: list[str]
    items: dict[str, str]
    base: str | None


class StudyOut(Schema):
    """A study: ``citation`` is to stand beside each of its figures. ``design_effect`` is that of unequal weights."""

    id: str
    title: str
    actor: str
    makers: list[str]
    citation: str
    licence: str
    start: str
    end: str
    period: str
    population: str
    mode: str
    n: int
    weighted: bool
    margins: list[str]
    design_effect: float
    programme: str | None
    number: int | None
    previous: str | None
    panel: bool | None
    questions: list[QuestionOut]
    fictitious: bool
    asked: str
    design: str


class PerceptionOut(Schema):
    """A share of respondents, 0 to 1, with its 95 % interval; null where it is withheld (Q) or nobody answered (O).

    ``change`` is from the study ``since``; of ``change_linked`` people asked both times in a panel.
    """

    study: str
    actor: str
    period: str
    measure: Measure
    domain: str | None
    item: str | None
    territory: str
    level: str
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    df: int | None
    deff: float | None
    n: int | None
    status: ObsStatus
    since: str | None
    change: float | None
    change_se: float | None
    change_low: float | None
    change_high: float | None
    change_linked: int | None


class PerceptionsOut(Schema):
    """What studies tell, and the studies to cite."""

    release: str
    total: int
    start: int
    rows: list[PerceptionOut]
    studies: list[StudyOut]


class PlaceOut(Schema):
    """A place among ``of``; ``low`` to ``high`` hold the middle ``level`` of the draws."""

    value: int
    low: int
    high: int
    of: int
    level: float


class ShiftOut(Schema):
    """A number of places between two ranks, with its 90 % interval."""

    value: int
    low: int
    high: int


class WaveChangeOut(Schema):
    """How a share moved since the ``study`` before, with its 95 % interval."""

    study: str
    value: float
    low: float | None
    high: float | None
    linked: int | None


class ActorViewOut(Schema):
    """What an actor sees of a domain; ``gap`` is the rank by figures less the actor's: above 0, over-perceived."""

    actor: str
    study: str
    period: str
    share: EstimateOut
    rank: PlaceOut | None
    objective: PlaceOut | None
    gap: ShiftOut | None
    quadrant: Quadrant | None
    probabilities: dict[str, float] | None
    reason: ReasonOut | None
    lived: EstimateOut | None
    prioritised: EstimateOut | None
    change: WaveChangeOut | None
    text: str


class ActorGapOut(Schema):
    """Between two actors: above 0 where ``actor`` sees more fragility; null with its reason."""

    actor: str
    other: str
    gap: ShiftOut | None
    reason: ReasonOut | None
    text: str


class ActingOut(Schema):
    """The share of organisations that act in a domain, from a study of organisations."""

    actor: str
    study: str
    period: str
    share: EstimateOut
    intends: EstimateOut | None


class BlindSpotOut(Schema):
    """Fragile, and few act: ``told`` where the probability reaches 0.7."""

    study: str
    few_act: float | None
    probability: float | None
    told: bool | None
    text: str


class WhyOut(Schema):
    """A reason of a place: a code, its numbers, and the sentence that pages show."""

    code: WhyCode
    params: dict[str, Any]
    text: str


class NeighbourOut(Schema):
    """The next domain in the order, and what would swap the two."""

    domain: str
    difference: float
    objective_places: int | None
    actors: list[str]


class PriorityOut(Schema):
    """The place of a domain among the priorities of its territory, what made it and what would change it."""

    place: PlaceOut
    weight: float
    p_first: float
    p_fragile: float | None
    p_seen: float | None
    made_of: list[str]
    left_out: list[str]
    standings: dict[str, float]
    alone: dict[str, int]
    above: NeighbourOut | None
    below: NeighbourOut | None
    reasons: list[WhyOut]
    turns_on: list[str]
    text: str


class CrossedDomainOut(Schema):
    """A domain by its figures, by each actor asked, and by who acts; ``blind_spot`` is null without such a study."""

    domain: str
    name: str
    score: ScoreOut
    views: list[ActorViewOut]
    between: list[ActorGapOut]
    acting: list[ActingOut]
    blind_spot: BlindSpotOut | None
    priority: PriorityOut | None


class CrossingOut(Schema):
    """The crossing of a territory; ``reason`` says why there is nothing to cross."""

    release: str
    fictitious: bool
    territory: TerritoryOut
    peers: PeerSetOut | None
    actors: list[str]
    reason: ReasonOut | None
    domains: list[CrossedDomainOut]
    studies: list[StudyOut]
    citation: str
