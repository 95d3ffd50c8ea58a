"""The shapes of territories and of those near in profile in the API's answers."""

from __future__ import annotations

from ninja import Schema

from odd17.core.territories.levels import Level


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
