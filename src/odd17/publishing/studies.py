"""Studies as readers cite them: the full mention beside every figure, and how they were made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odd17.core.kernel import Provenance, in_language
from odd17.core.perceptions.study import StudyDescription

from . import format
from .crossing_words import actor_name
from .language import translator


def study_source(study: StudyDescription) -> Provenance:
    """The study as a source: its mention is what is shown word for word beside each figure."""
    return Provenance(
        study.id, study.title, ", ".join(study.makers), study.mention, study.licence, published=study.field.end
    )


def study_sources(studies: Iterable[StudyDescription]) -> list[Provenance]:
    """The studies as sources, in their order."""
    return [study_source(study) for study in studies]


def asked_sentence(study: StudyDescription, language: str) -> str:
    """Who was asked, how many, when and how, in one sentence."""
    return translator(language)(
        "{actor}: {n} respondents ({population}), {mode}, from {start} to {end}.",
        actor=actor_name(study.actor, language),
        n=format.number(study.n, language, decimals=0),
        population=in_language(study.population, language),
        mode=in_language(study.mode, language),
        start=format.day(study.field.start, language),
        end=format.day(study.field.end, language),
    )


def design_sentence(study: StudyDescription, language: str) -> str:
    """How the sample is weighted: what it is raked to, and what unequal weights cost."""
    _ = translator(language)
    if not study.design.weighted:
        return _("Respondents count the same: no weights.")
    facts = {"deff": format.number(study.design.deff, language, decimals=2)}
    if study.design.margins:
        return _(
            "Weights raked to: {margins}. Design effect of the weights: {deff}.",
            margins=", ".join(in_language(name, language) for name in study.design.margins),
            **facts,
        )
    return _("Weighted by its makers. Design effect of the weights: {deff}.", **facts)


def study_payload(study: StudyDescription, language: str) -> dict[str, Any]:
    """A study as plain JSON values, with its sentences."""
    wave = study.wave
    return {
        "id": study.id,
        "title": in_language(study.title, language),
        "actor": study.actor,
        "makers": list(study.makers),
        "citation": study.mention,
        "licence": in_language(study.licence, language),
        "start": study.field.start.isoformat(),
        "end": study.field.end.isoformat(),
        "period": study.period,
        "population": in_language(study.population, language),
        "mode": in_language(study.mode, language),
        "n": study.n,
        "weighted": study.design.weighted,
        "margins": [in_language(name, language) for name in study.design.margins],
        "design_effect": study.design.deff,
        "programme": None if wave is None else wave.programme,
        "number": None if wave is None else wave.number,
        "previous": None if wave is None else wave.previous,
        "panel": None if wave is None else wave.is_panel,
        "questions": [
            {
                "measure": question.measure.value,
                "wording": in_language(question.wording, language),
                "domains": list(question.domains),
                "items": {item: in_language(name, language) for item, name in question.items.items()},
                "base": None if question.base is None else in_language(question.base, language),
            }
            for question in study.questions
        ],
        "fictitious": study.fictitious,
        "asked": asked_sentence(study, language),
        "design": design_sentence(study, language),
    }
