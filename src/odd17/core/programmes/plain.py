"""Programmes, reviews and amounts as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from odd17.core.kernel import Text

from .portfolio import Amount, Step
from .programme import Dimension, Horizon, Level, Measure, Programme, Workstream, check_programme
from .reviews import Mark


def programme_to_plain(programme: Programme) -> dict[str, Any]:
    """``programme`` as JSON values; `programme_from_plain` gives it back.

    >>> from odd17.core.programmes.report_2020 import report_programme
    >>> programme_from_plain(programme_to_plain(report_programme())) == report_programme()
    True
    """
    return {
        "id": programme.id,
        "title": _text(programme.title),
        "published": programme.published.isoformat(),
        "dimensions": [
            {"id": one.id, "name": _text(one.name), "horizon": _months(one.horizon)} for one in programme.dimensions
        ],
        "levels": [
            {"id": one.id, "name": _text(one.name), "needs_reason": one.needs_reason, "done": one.done}
            for one in programme.levels
        ],
        "workstreams": [{"id": one.id, "name": _text(one.name)} for one in programme.workstreams],
        "measures": [
            {
                "number": one.number,
                "label": _text(one.label),
                "dimension": one.dimension,
                "workstreams": list(one.workstreams),
                "horizon": _months(one.horizon),
                "responsible": list(one.responsible),
                "evidence": list(one.evidence),
            }
            for one in programme.measures
        ],
        "mention": programme.mention,
    }


def programme_from_plain(told: Mapping[str, Any]) -> Programme:
    """The programme that `programme_to_plain` wrote; DataError where it does not hold together."""
    return check_programme(
        Programme(
            told["id"],
            _worded(told["title"]),
            date.fromisoformat(told["published"]),
            tuple(Dimension(one["id"], _worded(one["name"]), _horizon(one["horizon"])) for one in told["dimensions"]),
            tuple(
                Level(one["id"], _worded(one["name"]), one["needs_reason"], one.get("done", False))
                for one in told["levels"]  # "done" is not there in what was kept before levels could mean it
            ),
            tuple(
                Measure(
                    one["number"],
                    _worded(one["label"]),
                    one["dimension"],
                    tuple(one["workstreams"]),
                    _horizon(one["horizon"]),
                    tuple(one["responsible"]),
                    tuple(one["evidence"]),
                )
                for one in told["measures"]
            ),
            tuple(Workstream(one["id"], _worded(one["name"])) for one in told["workstreams"]),
            told["mention"],
        )
    )


def marks_to_plain(marks: Mapping[int, Mark]) -> list[dict[str, Any]]:
    """What a review says, a measure an entry."""
    return [
        {"number": number, "level": mark.level, "reason": mark.reason, "evidence": list(mark.evidence)}
        for number, mark in sorted(marks.items())
    ]


def marks_from_plain(told: list[dict[str, Any]]) -> dict[int, Mark]:
    """The marks that `marks_to_plain` wrote.

    >>> marks_from_plain(marks_to_plain({3: Mark("late", "rain")}))
    {3: Mark(level='late', reason='rain', evidence=())}
    """
    return {one["number"]: Mark(one["level"], one["reason"], tuple(one["evidence"])) for one in told}


def amount_to_plain(amount: Amount) -> dict[str, Any]:
    """An amount; its value is text, so that no cent is lost."""
    return {
        "value": str(amount.value),
        "currency": amount.currency,
        "year": amount.year,
        "step": amount.step.value,
        "funder": amount.funder,
        "device": amount.device,
        "source": amount.source,
        "territory": amount.territory,
        "pillar": amount.pillar,
        "effects": list(amount.effects),
    }


def amount_from_plain(told: Mapping[str, Any]) -> Amount:
    """The amount that `amount_to_plain` wrote."""
    parts = {"value": Decimal(told["value"]), "step": Step(told["step"]), "effects": tuple(told["effects"])}
    return Amount(**{**told, **parts})


def _text(text: Text | str) -> str | dict[str, str]:
    return text if isinstance(text, str) else {"fr": text.fr, "en": text.en}


def _worded(told: str | Mapping[str, str]) -> Text | str:
    return told if isinstance(told, str) else Text(**told)


def _months(horizon: Horizon | None) -> list[int] | None:
    return None if horizon is None else [horizon.first, horizon.full]


def _horizon(told: list[int] | None) -> Horizon | None:
    return None if told is None else Horizon(*told)
