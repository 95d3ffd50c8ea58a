"""Questionnaires of self-diagnosis: those that come with odd17, and the versions that editors add beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
from odd17.core.kernel import DataError, Message, Text

from . import places
from .documents import read_document
from .whole_files import write_whole

Key = tuple[str, int]
"""The identifier of a questionnaire and its version."""


def read_questionnaire(path: Path) -> Questionnaire:
    """The questionnaire in the file at ``path``; DataError that names the file and what is wrong in it."""
    return check_questionnaire(_questionnaire(read_document(path, "questionnaire")), str(path))


def questionnaires(home: Path | None = None) -> dict[Key, Questionnaire]:
    """Every version of every questionnaire, the shipped ones first; DataError where two files claim one version."""
    own = (places.home() if home is None else home) / "questionnaires"
    found: dict[Key, Questionnaire] = {}
    for folder in (places.shipped() / "questionnaires", own):
        for path in sorted(folder.glob("*.yml")):
            questionnaire = read_questionnaire(path)
            key = (questionnaire.id, questionnaire.version)
            if key in found:
                raise DataError(
                    Message("version {version} of {id!r} is there twice", version=key[1], id=key[0]), file=str(path),
                    remedy="give the file the next version",
                )  # fmt: skip
            found[key] = questionnaire
    return found


def questionnaire_file(key: Key, home: Path | None = None) -> Path | None:
    """The file of a version; None where there is none."""
    own = (places.home() if home is None else home) / "questionnaires"
    paths = (folder / f"{key[0]}-{key[1]}.yml" for folder in (places.shipped() / "questionnaires", own))
    return next((path for path in paths if path.is_file()), None)


def add_questionnaire(path: Path, home: Path | None = None) -> Questionnaire:
    """Keep the file at ``path`` as a version that can be answered.

    Raises DataError where it is damaged, where its version is there already, and where it is not above the versions
    that are there: what was answered is never changed.
    """
    questionnaire = read_questionnaire(path)
    last = max((version for id, version in questionnaires(home) if id == questionnaire.id), default=0)
    if questionnaire.version <= last:
        raise DataError(
            Message("version {last} of {id!r} is there already", last=last, id=questionnaire.id), file=str(path),
            column="version", value=questionnaire.version, remedy=Message("write `version: {next}`", next=last + 1),
        )  # fmt: skip
    folder = (places.home() if home is None else home) / "questionnaires"
    write_whole(folder / f"{questionnaire.id}-{questionnaire.version}.yml", path.read_bytes(), parents=True)
    return questionnaire


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
