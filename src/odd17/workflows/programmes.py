"""The programmes that can be read: definition, reviews, printed figures; their files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from odd17.core.kernel import Message, UsageError, in_language
from odd17.core.programmes.portfolio import Amount, Figure
from odd17.core.programmes.programme import Programme, first_effects, full_effects
from odd17.core.programmes.report_2020 import report_figures, report_programme, report_reviews
from odd17.core.programmes.reviews import Review
from odd17.core.programmes.state import State, state_at
from odd17.publishing.exports import state_table
from odd17.publishing.programme_words import state_name

from .export import FileFormat, written


@dataclass(frozen=True, slots=True)
class Followed:
    """A programme with its reviews, in the order of their days; ``figures`` are totals that its source prints."""

    programme: Programme
    reviews: tuple[Review, ...]
    figures: tuple[Figure, ...]
    amounts: tuple[Amount, ...] = ()


def programmes() -> tuple[Followed, ...]:
    """Every programme: that of the report."""
    return (Followed(report_programme(), report_reviews(), report_figures()),)


def programme_named(id: str) -> Followed:
    """The programme of this identifier; UsageError with those there are."""
    for one in programmes():
        if one.programme.id == id:
            return one
    raise UsageError(
        Message(
            "No programme is called {id!r}: there are {known}.",
            id=id[:80], known=[one.programme.id for one in programmes()],
        )
    )  # fmt: skip


def state_payload(followed: Followed, day: date, language: str) -> dict[str, Any]:
    """The state as of ``day`` as plain JSON values: an unknown level is null, and ``known`` says why."""
    state = state_at(followed.programme, followed.reviews, day)
    return {
        "programme": followed.programme.id,
        "title": in_language(followed.programme.title, language),
        "published": followed.programme.published.isoformat(),
        "as_of": day.isoformat(),
        "levels": [
            {"id": one.id, "name": in_language(one.name, language), "needs_reason": one.needs_reason, "done": one.done}
            for one in followed.programme.levels
        ],
        "totals": dict(state.totals),
        "done": state.done,
        "unpublished": state.unpublished,
        "not_reviewed": state.not_reviewed,
        "expected": [measure.number for measure in state.expected],
        "measures": _measures(followed, state, language),
        "reviews": [
            {
                "id": one.id,
                "day": one.day.isoformat(),
                "corrects": one.corrects,
                "note": one.note,
                "mention": one.mention,
                "totals": None if one.totals is None else dict(one.totals),
            }
            for one in state.reviews
        ],
        "mention": followed.programme.mention,
    }


def state_json(followed: Followed, day: date, language: str) -> bytes:
    """The same as a file."""
    return (json.dumps(state_payload(followed, day, language), ensure_ascii=False, indent=2) + "\n").encode()


def state_file(followed: Followed, day: date, format: FileFormat, language: str) -> bytes:
    """One row a measure, with the programme's mention in each."""
    state = state_at(followed.programme, followed.reviews, day)
    return written(state_table(followed.programme, state, language), format)


def _measures(followed: Followed, state: State, language: str) -> list[dict[str, Any]]:
    programme = followed.programme
    names = {one.id: in_language(one.name, language) for one in programme.dimensions}
    streams = {one.id: in_language(one.name, language) for one in programme.workstreams}
    return [
        {
            "number": one.measure.number,
            "label": in_language(one.measure.label, language),
            "dimension": names[one.measure.dimension],
            "workstreams": [streams[id] for id in one.measure.workstreams],
            "responsible": list(one.measure.responsible),
            "known": one.known.value,
            "level": one.level,
            "level_name": state_name(programme, one, language),
            "done": None if one.level is None or state.done is None else programme.level(one.level).done,
            "reason": one.reason,
            "evidence": list(dict.fromkeys((*one.measure.evidence, *one.evidence))),
            "review": None if one.review is None else one.review.day.isoformat(),
            "source": None if one.review is None else one.review.mention or programme.mention,
            "expected": one.expected,
            "first_effects": _iso(first_effects(programme, one.measure)),
            "full_effects": _iso(full_effects(programme, one.measure)),
        }
        for one in state.measures
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
