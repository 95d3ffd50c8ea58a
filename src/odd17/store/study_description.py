"""What is shown of studies, as JSON: ``description.json`` of a kept study, ``studies.json`` of a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from odd17.core.kernel import Text, text_from_plain, text_to_plain
from odd17.core.perceptions.study import AskedQuestion, DesignFacts, Field, StudyDescription, Wave
from odd17.core.perceptions.tables import Measure


def study_to_json(study: StudyDescription) -> dict[str, Any]:
    """``study`` as plain values: dates in ISO, texts as ``fr`` and ``en``."""
    wave = study.wave
    return {
        "id": study.id,
        "title": text_to_plain(study.title),
        "actor": study.actor,
        "makers": list(study.makers),
        "mention": study.mention,
        "licence": text_to_plain(study.licence),
        "field": {"start": study.field.start.isoformat(), "end": study.field.end.isoformat()},
        "period": study.period,
        "population": text_to_plain(study.population),
        "mode": text_to_plain(study.mode),
        "n": study.n,
        "design": {
            "weighted": study.design.weighted,
            "strata": study.design.strata,
            "units": study.design.units,
            "margins": [text_to_plain(name) for name in study.design.margins],
            "deff": study.design.deff,
        },
        "questions": [
            {
                "measure": question.measure.value,
                "wording": text_to_plain(question.wording),
                "domains": list(question.domains),
                "items": {item: text_to_plain(name) for item, name in question.items.items()},
                "base": None if question.base is None else text_to_plain(question.base),
            }
            for question in study.questions
        ],
        "wave": None
        if wave is None
        else {
            "programme": wave.programme,
            "number": wave.number,
            "previous": wave.previous,
            "design": "panel" if wave.is_panel else "independent",
        },
        "fictitious": study.fictitious,
    }


def study_from_json(document: Mapping[str, Any]) -> StudyDescription:
    """The study that plain values describe, as ``study_to_json`` writes them."""
    wave, design = document["wave"], document["design"]
    return StudyDescription(
        id=document["id"],
        title=Text(**document["title"]),
        actor=document["actor"],
        makers=tuple(document["makers"]),
        mention=document["mention"],
        licence=text_from_plain(document["licence"]),
        field=Field(date.fromisoformat(document["field"]["start"]), date.fromisoformat(document["field"]["end"])),
        population=Text(**document["population"]),
        mode=Text(**document["mode"]),
        n=document["n"],
        design=DesignFacts(
            design["weighted"],
            design["strata"],
            design["units"],
            tuple(text_from_plain(name) for name in design["margins"]),
            design["deff"],
        ),
        questions=tuple(
            AskedQuestion(
                measure=Measure(question["measure"]),
                wording=Text(**question["wording"]),
                domains=tuple(question["domains"]),
                items={item: Text(**name) for item, name in question["items"].items()},
                base=None if question["base"] is None else Text(**question["base"]),
            )
            for question in document["questions"]
        ),
        wave=None
        if wave is None
        else Wave(wave["programme"], wave["number"], wave["previous"], wave["design"] == "panel"),
        fictitious=document["fictitious"],
    )
