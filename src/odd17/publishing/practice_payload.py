"""A practice as the API gives it: words as identifiers, with their names in the language asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from odd17.core.kernel import (
    Word,
    alliance_types,
    domains,
    families,
    goals,
    impacts,
    levers,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from odd17.core.practices.case import Case
from odd17.core.practices.completeness import completeness, is_stale

Payload = dict[str, Any]

_PARTS: Final = ("need", "alliance", "steps", "results", "learnt")


def practice_payload(case: Case, language: str, *, called: Callable[[str], str], path: str, today: date) -> Payload:
    """All that a case tells; ``called`` names a territory, ``path`` is the page, ``today`` decides what is stale."""
    kind = next((item for item in alliance_types() if item.id == case.alliance_type), None)
    whole = completeness(case)
    return {
        "id": case.id,
        "title": case.title,
        "language": case.language,
        "summary": case.summary,
        "story": {part: getattr(case.story, part) for part in _PARTS},
        "partners": [
            {
                "name": item.name,
                "kind": _word(partner_kinds(), item.kind, language),
                "role": item.role,
                "siren": item.siren,
                "doubtful": item.doubtful,
            }
            for item in case.partners
        ],
        "domains": _words(domains(), case.domains, language),
        "goals": _words(goals(), case.goals, language),
        "territories": [{"id": id, "name": called(id)} for id in case.territories],
        "scale": _word(scales(), case.scale, language),
        "alliance_type": _word(alliance_types(), case.alliance_type, language),
        "family": None if kind is None else _word(families(), kind.family, language),
        "trade": _word(trades(), case.trade, language),
        "stage": _word(stages(), case.stage, language),
        "lever": _word(levers(), case.lever, language),
        "begun": _day(case.begun),
        "ended": _day(case.ended),
        "means": {kind: case.means.get(kind, "") for kind in ("money", "time", "skills")},
        "impacts": [
            {
                "impact": _word(impacts(), item.impact, language),
                "claim": item.claim,
                "proof": _word(proofs(), item.proof, language),
            }
            for item in case.impacts
        ],
        "sources": list(case.sources),
        "contact": case.contact,
        "licence": case.licence,
        "cited": case.cited,
        "published": _day(case.published),
        "checked": _day(case.checked),
        "stale": is_stale(case, today),
        "complete": {"present": whole.present, "total": whole.total, "missing": [item.value for item in whole.missing]},
        "path": path,
    }


def _word(words: Iterable[Any], id: str | None, language: str) -> Payload | None:
    found: Word | None = next((word for word in words if word.id == id), None)
    if found is None:
        return None if not id else {"id": id, "name": id}
    return {"id": id, "name": found.name.in_language(language)}


def _words(words: Iterable[Any], ids: Iterable[str], language: str) -> list[Payload]:
    known = list(words)
    return [word for id in ids if (word := _word(known, id, language)) is not None]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
