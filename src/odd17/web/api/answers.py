"""What every address of the API declares: the language asked for, its answer, and the errors it may give instead."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import Field

Payload = dict[str, Any]
Language = Annotated[Literal["fr", "en"], Query(description="Language of names and sentences.")]


class ProblemOut(Schema):
    """What was wrong with a request, and what to do about it."""

    error: str
    message: str
    remedy: str
    suggestions: list[str] = Field(default_factory=list)


_ERRORS = {400: ProblemOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut, 503: ProblemOut}


def answers(shape: object) -> dict[int, object]:
    """The responses of an address that answers in ``shape``."""
    return {200: shape, **_ERRORS}
