"""The questionnaires of self-diagnosis that can be answered, checked, added to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire
from odd17.core.kernel import DataError, Message, UsageError
from odd17.core.resources.orientation import audiences
from odd17.store.documents import packaged_schema
from odd17.store.questionnaires import QUESTIONNAIRES
from odd17.store.versions import Key


def questionnaires(home: Path | None = None) -> Mapping[Key, Questionnaire]:
    """Every version by (identifier, version); read again when a version was added."""
    return _read(home, questionnaires_version(home))


def questionnaires_version(home: Path | None = None) -> tuple[tuple[str, int], ...]:
    """What changes when a version is added: names of the files that editors added, and when they were written."""
    return QUESTIONNAIRES.stamp(home)


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
    return QUESTIONNAIRES.read(path)


def add_questionnaire_file(path: Path, home: Path | None = None) -> Questionnaire:
    """Keep a file as the next version; DataError where it is wrong or no next version."""
    return QUESTIONNAIRES.add(path, home)


def add_questionnaire_sent(content: bytes, name: str, home: Path | None = None) -> Questionnaire:
    """Keep a file that was sent, called ``name``, as the next version; DataError, which names it, as above."""
    with TemporaryDirectory(prefix="odd17-") as folder:
        path = Path(folder) / "questionnaire.yml"
        path.write_bytes(content)
        try:
            return QUESTIONNAIRES.add(path, home)
        except DataError as error:
            raise DataError(
                error.message, file=name, row=error.row, column=error.column, value=error.value, remedy=error.remedy
            ) from error


def questionnaire_text(id: str, version: int, home: Path | None = None) -> bytes | None:
    """The file of a version, to write the next one from; None where there is none."""
    if (id, version) not in questionnaires(home):
        return None
    path = QUESTIONNAIRES.file((id, version), home)
    return None if path is None else path.read_bytes()


def questionnaire_schema() -> dict[str, object]:
    """The JSON Schema of questionnaire files, for an editor's completion."""
    return packaged_schema("questionnaire")


@cache
def _read(home: Path | None, stamp: object) -> Mapping[Key, Questionnaire]:
    return QUESTIONNAIRES.all(home)
