"""odd17: an open observatory and workshop for alliances (SDG 17)."""

from __future__ import annotations

from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.denominate import Denominate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.impute import Impute
from odd17.core.indicators.index import Index, replay
from odd17.core.indicators.normalise import Normalise
from odd17.core.indicators.observation_matrix import observation_matrix
from odd17.core.indicators.recombined import recombined
from odd17.core.indicators.screen import Screen
from odd17.core.indicators.treat import Treat
from odd17.core.indicators.weight import Noise
from odd17.core.perceptions.survey import ReplicateSurvey, Survey
from odd17.core.territories.carried import carried
from odd17.core.territories.movements import Movements

__all__ = [
    "Aggregate",
    "Denominate",
    "Frame",
    "Impute",
    "Index",
    "Movements",
    "Noise",
    "Normalise",
    "ReplicateSurvey",
    "Screen",
    "Survey",
    "Treat",
    "carried",
    "observation_matrix",
    "recombined",
    "replay",
]
