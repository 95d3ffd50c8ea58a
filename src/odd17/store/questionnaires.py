"""Questionnaires of self-diagnosis: those that come with odd17, and the versions that editors add beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from odd17.core.diagnosis.self_diagnosis.questionnaire import (
    Advice,
    Dimension,
    Item,
    Level,
    Option,
    Questionnaire,
    Scale,
    check_questionnaire,
)
from odd17.core.kernel import Text

from .documents import read_document
from .versions import Versions


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire in the file at ``path``; DataError that names the file and what is wrong in it."""
    return check_questionnaire(_questionnaire(read_document(path, "questionnaire")), str(path))


def _questionnaire(document: Mapping[str, Any]) -> Questionnaire:
    return Questionnaire(
        id=document["id"],
        version=document["version"],
        audience=document["audience"],
        title=Text(**document["title"]),
        minutes=document["minutes"],
        dimensions=tuple(_dimension(given) for given in document["dimensions"]),
        scales=tuple(_scale(given) for given in document["scales"]),
        levels=tuple(Level(given["id"], Text(**given["name"]), given["above"]) for given in document["levels"]),
        items=tuple(_item(given) for given in document["items"]),
        retired=document.get("retired", False),
    )


def _dimension(given: Mapping[str, Any]) -> Dimension:
    advice = {
        level: Advice(Text(**told["text"]), tuple(told.get("leads_to", ()))) for level, told in given["advice"].items()
    }
    cases = {name: tuple(values) for name, values in given.get("cases", {}).items()}
    return Dimension(given["id"], Text(**given["name"]), Text(**given["origin"]), advice, cases)


def _scale(given: Mapping[str, Any]) -> Scale:
    best = given.get("out_of", 1)
    options = (
        Option(one["id"], Text(**one["label"]), None if one["points"] is None else one["points"] / best)
        for one in given["options"]
    )
    return Scale(given["id"], tuple(options))


def _item(given: Mapping[str, Any]) -> Item:
    return Item(
        id=given["id"],
        dimension=given["dimension"],
        wording=Text(**given["wording"]),
        scale=given["scale"],
        origin=Text(**given["origin"]),
        only_if={id: tuple(options) for id, options in given.get("only_if", {}).items()},
        weight=given.get("weight", 1.0),
    )


QUESTIONNAIRES: Final = Versions("questionnaires", read_questionnaire)
"""Every version of every questionnaire; what was answered is never changed."""
