"""The study file of a made-up study, as those who make real ones write theirs."""

from __future__ import annotations

from typing import Any, Final

from odd17.core.kernel import Text, actors, families, levers, partner_kinds, text_to_plain

from .fictitious import AGES, NO, UNKNOWN, WHOLE, YES, Asked, FictitiousStudy
from .tables import Measure

RESPONDENTS: Final = "respondents.csv"
"""The name of the file of respondents, beside the study file."""

MENTION: Final = "Données fictives\u202f: étude de démonstration tirée au sort par odd17, personne n’a été interrogé"

_WORDINGS: Final = {
    Measure.FRAGILE: Text(
        fr="Dans votre région, ce domaine vous paraît-il fragile\u202f?",
        en="Does this domain seem fragile in your region?",
    ),
    Measure.LIVED: Text(
        fr="Vivez-vous vous-même cette fragilité\u202f?", en="Do you live through this fragility yourself?"
    ),
    Measure.PRIORITY: Text(
        fr="Ce domaine est-il une priorité pour votre région\u202f?", en="Is this domain a priority for your region?"
    ),
    Measure.TRUST: Text(
        fr="Faites-vous confiance à ces acteurs pour y répondre\u202f?",
        en="Do you trust these actors to respond to it?",
    ),
    Measure.READY: Text(
        fr="Êtes-vous prêt à agir avec d’autres acteurs\u202f?", en="Are you ready to act with other actors?"
    ),
    Measure.ACTS: Text(
        fr="Votre organisation agit-elle dans ce domaine\u202f?", en="Does your organisation act in this domain?"
    ),
    Measure.INTENDS: Text(fr="A-t-elle l’intention d’y agir\u202f?", en="Does it intend to act in it?"),
    Measure.PARTNER: Text(fr="Avec quels partenaires agit-elle\u202f?", en="With which partners does it act?"),
    Measure.PARTNERSHIP: Text(fr="Quels partenariats a-t-elle\u202f?", en="Which partnerships does it have?"),
}
_MARGIN_NAMES: Final = {"age": {"fr": "âge", "en": "age"}}
_LEVERS: Final = Text(
    fr="Par quel levier faut-il commencer, puis continuer\u202f?", en="With which lever should one begin, then go on?"
)


def study_document(study: FictitiousStudy) -> dict[str, Any]:
    """The study file of ``study`` as plain values, to be written as YAML; it says that the study is fictitious."""
    name = next(actor.name for actor in actors() if actor.id == study.actor)
    wave: dict[str, Any] = {"programme": f"demo-{study.actor}", "number": study.number}
    if study.previous is not None:
        wave["previous"] = study.previous
    if study.is_panel:
        wave |= {"design": "panel", "respondent": "respondent"}
    document: dict[str, Any] = {
        "id": study.id,
        "title": {
            "fr": f"{name.fr}, {study.start.year} (données fictives)",
            "en": f"{name.en}, {study.start.year} (fictitious data)",
        },
        "actor": study.actor,
        "makers": ["odd17"],
        "mention": f"{MENTION}\u202f; {name.fr}, {study.start.year}",
        "licence": {"fr": "sans objet\u202f: données fictives", "en": "none: fictitious data"},
        "fictitious": True,
        "field": {"start": study.start.isoformat(), "end": study.end.isoformat()},
        "population": {"fr": f"{name.fr} des régions métropolitaines", "en": f"{name.en} of the metropolitan regions"},
        "mode": {"fr": "tirage au sort par un programme", "en": "drawn by a program"},
        "file": RESPONDENTS,
        "territory": {"column": "region", "level": "REG", "vintage": 2026, "estimates": ["REG", WHOLE]},
        "wave": wave,
    }
    if study.actor == "citizens":
        document |= {"design": {"strata": "region"}, "margins": _margins(study), "margin_names": _MARGIN_NAMES}
    else:
        document |= {"design": {"weights": "weight", "strata": "region"}}
    measures = dict.fromkeys(asked.measure for asked in study.questions)
    questions = [
        _question(measure, [asked for asked in study.questions if asked.measure is measure]) for measure in measures
    ]
    columns = {lever.id: f"rank_{lever.id}" for lever in levers()}
    questions.append({"measure": "lever", "wording": text_to_plain(_LEVERS), "ranking": {"columns": columns}})
    return document | {"questions": questions}


def _margins(study: FictitiousStudy) -> dict[str, dict[str, int]]:
    people = sum(study.populations.values())
    ages = {age: round(share * people) for age, share in AGES.items()}
    last = next(reversed(ages))
    ages[last] += people - sum(ages.values())  # margins agree to the last inhabitant
    return {"region": dict(study.populations), "age": ages}


def _question(measure: Measure, asked: list[Asked]) -> dict[str, Any]:
    question: dict[str, Any] = {
        "measure": measure.value,
        "wording": text_to_plain(_WORDINGS[measure]),
        "yes": [YES],
        "no": [NO],
        "dont_know": [UNKNOWN],
    }
    if asked[0].domain is not None:
        return question | {"columns": {str(each.domain): each.column for each in asked}}
    if asked[0].item is None:
        return question | {"column": asked[0].column}
    question["items"] = {str(each.item): each.column for each in asked}
    names = {word.id: word.name for word in (*partner_kinds(), *families())}
    labels = {str(each.item): text_to_plain(names[str(each.item)]) for each in asked if each.item in names}
    return question | ({"labels": labels} if labels else {})
