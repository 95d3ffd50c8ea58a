"""The questionnaires of self-diagnosis that can be answered, checked, added to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire
from odd17.core.kernel import Message, UsageError
from odd17.core.resources.orientation import audiences
from odd17.store.documents import packaged_schema
from odd17.store.places import home as home_of
from odd17.store.questionnaires import Key, add_questionnaire, read_questionnaire
from odd17.store.questionnaires import questionnaires as stored


def questionnaires(home: Path | None = None) -> Mapping[Key, Questionnaire]:
    """Every version by (identifier, version); read again when a version was added."""
    folder = (home_of() if home is None else home) / "questionnaires"
    stamp = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.yml")))
    return _read(home, stamp)


def current_questionnaire(id: str, home: Path | None = None) -> Questionnaire:
    """The last version that can be answered anew; UsageError with the known identifiers where there is none."""
    live = [one for one in questionnaires(home).values() if one.id == id and not one.retired]
    if not live:
        raise UsageError(
            Message(
                "No questionnaire {id!r} can be answered: there are {known}.",
                id=id[:80], known=sorted({one.id for one in questionnaires(home).values() if not one.retired}),
            )
        )  # fmt: skip
    return max(live, key=lambda one: one.version)


def current_questionnaires(home: Path | None = None) -> tuple[Questionnaire, ...]:
    """The last version of each that can be answered, in the order of their audiences."""
    ids = dict.fromkeys(one.id for one in questionnaires(home).values() if not one.retired)
    order = [audience.id for audience in audiences()]
    return tuple(sorted((current_questionnaire(id, home) for id in ids), key=lambda one: order.index(one.audience)))


def check_questionnaire_file(path: Path) -> Questionnaire:
    """The questionnaire in a file; DataError that says what is wrong in it."""
    return read_questionnaire(path)


def add_questionnaire_file(path: Path, home: Path | None = None) -> Questionnaire:
    """Keep a file as the next version; DataError where it is wrong or no next version."""
    return add_questionnaire(path, home)


def questionnaire_schema() -> dict[str, object]:
    """The JSON Schema of questionnaire files, for an editor's completion."""
    return packaged_schema("questionnaire")


@cache
def _read(home: Path | None, stamp: object) -> Mapping[Key, Questionnaire]:
    return stored(home)
