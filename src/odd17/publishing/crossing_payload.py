"""The crossing and what studies tell as plain JSON values; keys are always there, what is unknown is null."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import polars as pl

from odd17.core.diagnosis.crossing_reading import (
    ActorView,
    CrossedDomain,
    CrossedViews,
    Neighbour,
    Place,
    Priority,
    Shift,
)
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.kernel import Estimate, Reason
from odd17.core.perceptions.tables import PERCEPTIONS

from . import crossing_words, priority_words, wording
from .payload import estimate_payload, score_payload, territory_payload
from .studies import study_payload, study_sources

Payload = dict[str, Any]


def crossing_payload(views: CrossedViews, language: str) -> Payload:
    """The crossing of a territory: its 16 domains in the report's order, and the studies behind them."""
    title = wording.territory_name(views.territory, language)
    sources = study_sources(views.studies.values())
    return {
        "release": views.release,
        "fictitious": views.fictitious,
        "territory": territory_payload(views.territory, language),
        "peers": None
        if views.peers is None
        else {"id": views.peers.id, "size": views.peers.size, "text": wording.peer_set(views.peers, language)},
        "actors": list(views.actors),
        "reason": _reason(views.reason, language),
        "domains": [_domain(row, language) for row in views.domains],
        "studies": [study_payload(study, language) for study in views.studies.values()],
        "citation": wording.how_to_cite(title, views.release, sources, language),
    }


def perception_payload(rows: pl.DataFrame) -> list[Payload]:
    """Rows of what studies tell, as they are (columns ``PERCEPTIONS``): shares from 0 to 1, SDMX statuses."""
    return rows.select(list(PERCEPTIONS)).to_dicts()


def _domain(row: CrossedDomain, language: str) -> Payload:
    return {
        "domain": row.domain.id,
        "name": row.domain.name.in_language(language),
        "score": score_payload(row.score, language),
        "views": [_view(row, view, language) for view in row.views],
        "between": [
            {
                "actor": gap.actor,
                "other": gap.other,
                "gap": _shift(gap.gap),
                "reason": _reason(gap.reason, language),
                "text": crossing_words.actor_gap_sentence(gap, language),
            }
            for gap in row.between
        ],
        "acting": [
            {
                "actor": acting.actor,
                "study": acting.study,
                "period": acting.period,
                "share": estimate_payload(acting.share),
                "intends": _estimate(acting.intends),
            }
            for acting in row.acting
        ],
        "blind_spot": None
        if row.blind_spot is None
        else {**asdict(row.blind_spot), "text": priority_words.blind_spot_sentence(row, language)},
        "priority": None if row.priority is None else _priority(row.priority, language),
    }


def _view(row: CrossedDomain, view: ActorView, language: str) -> Payload:
    four = {
        quadrant.value: view.probabilities.get(quadrant)
        for quadrant in Quadrant
        if quadrant is not Quadrant.CANNOT_TELL
    }
    return {
        "actor": view.actor,
        "study": view.study,
        "period": view.period,
        "share": estimate_payload(view.share),
        "rank": _place(view.rank),
        "objective": _place(view.objective),
        "gap": _shift(view.gap),
        "quadrant": None if view.quadrant is None else view.quadrant.value,
        "probabilities": four if view.probabilities else None,
        "reason": _reason(view.reason, language),
        "lived": _estimate(view.lived),
        "prioritised": _estimate(view.prioritised),
        "change": None if view.change is None else asdict(view.change),
        "text": crossing_words.view_sentence(row, view, language),
    }


def _priority(priority: Priority, language: str) -> Payload:
    return {
        "place": _place(priority.place),
        "weight": priority.weight,
        "p_first": priority.p_first,
        "p_fragile": priority.p_fragile,
        "p_seen": priority.p_seen,
        "made_of": list(priority.made_of),
        "left_out": list(priority.left_out),
        "standings": dict(priority.standings),
        "alone": dict(priority.alone),
        "above": _neighbour(priority.above),
        "below": _neighbour(priority.below),
        "reasons": [
            {"code": why.code.value, "params": dict(why.params), "text": priority_words.why_sentence(why, language)}
            for why in priority.reasons
        ],
        "turns_on": list(priority_words.turns_sentences(priority, language)),
        "text": priority_words.priority_sentence(priority, language),
    }


def _neighbour(neighbour: Neighbour | None) -> Payload | None:
    return None if neighbour is None else asdict(neighbour) | {"actors": list(neighbour.actors)}


def _place(place: Place | None) -> Payload | None:
    return None if place is None else asdict(place)


def _shift(shift: Shift | None) -> Payload | None:
    return None if shift is None else asdict(shift)


def _estimate(shown: Estimate | None) -> Payload | None:
    return None if shown is None else estimate_payload(shown)


def _reason(reason: Reason | None, language: str) -> Payload | None:
    if reason is None:
        return None
    text = crossing_words.reason_sentence(reason, language)
    return {"code": reason.code.value, "params": dict(reason.params), "text": text}
