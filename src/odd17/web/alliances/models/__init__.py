"""What an alliance keeps, private to its members."""

from .acts import (
    AllianceDocument,
    ChosenFigures,
    Dialogue,
    DocumentRemoval,
    Evaluation,
    EvaluationAnswer,
    PathStep,
    Promise,
    PromiseEvent,
    Recorded,
)
from .people import Alliance, Invitation, Partner, Person, Reminder, new_token

__all__ = [
    "Alliance",
    "AllianceDocument",
    "ChosenFigures",
    "Dialogue",
    "DocumentRemoval",
    "Evaluation",
    "EvaluationAnswer",
    "Invitation",
    "Partner",
    "PathStep",
    "Person",
    "Promise",
    "PromiseEvent",
    "Recorded",
    "Reminder",
    "new_token",
]
