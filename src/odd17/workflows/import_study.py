"""Import a study: read its respondents, refuse what cannot be right, estimate, and keep it where releases find it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from odd17.core.kernel import DataError, Message, Provenance
from odd17.core.perceptions.prepared import at_level, needed_columns, prepared, surveyed
from odd17.core.perceptions.study import Study, StudyDescription, described
from odd17.core.perceptions.study_estimates import Previous, design_facts, estimate_study
from odd17.core.perceptions.study_places import nesting
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.store.movements import load_movements
from odd17.store.reading import read_bytes
from odd17.store.respondents import read_respondents_file
from odd17.store.studies import KeptStudy, StudyContents, current_studies, keep_study
from odd17.store.study_file import StudyFile, read_study_file

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is (0: unknown)."""


@dataclass(frozen=True, slots=True)
class StudyFindings:
    """What an import of a study does or would do.

    ``respondents`` counts by ``level`` and ``territory`` (``n``, all who are in the file). ``estimates`` has the
    columns of ``PERCEPTIONS``, as they would be published. ``partial`` are the respondents who ordered some of the
    levers only: no answer.
    """

    description: StudyDescription
    file: str
    respondents: pl.DataFrame
    estimates: pl.DataFrame
    partial: int

    @property
    def statuses(self) -> dict[str, int]:
        """How many estimates have each status."""
        counts = self.estimates["status"].value_counts().sort("status")
        return {str(status): int(count) for status, count in counts.iter_rows()}


@dataclass(frozen=True, slots=True)
class ImportedStudy:
    """What an import did. ``changed`` is False where the same study had been imported the same way before."""

    kept: KeptStudy
    findings: StudyFindings
    changed: bool


def check_study(
    study: Path, file: Path | None = None, *, home: Path, cog: Cog, progress: Progress | None = None
) -> StudyFindings:
    """What an import would do. Nothing is written. Raises DataError for anything that would stop it."""
    return _read(study, file, home, cog, progress or _silent)[0]


def import_study(
    study: Path, file: Path | None = None, *, home: Path, cog: Cog, progress: Progress | None = None
) -> ImportedStudy:
    """Read the respondents in ``file`` (else the file that the study names, beside it) and keep study and estimates.

    Raises DataError where anything is wrong, and Odd17Error where the disk is full: then nothing is written. Importing
    the same study again changes nothing.
    """
    tell = progress or _silent
    findings, contents = _read(study, file, home, cog, tell)
    tell("write", 0, 1)
    kept, changed = keep_study(contents, home)
    tell("write", 1, 1)
    return ImportedStudy(kept, findings, changed)


def _read(path: Path, file: Path | None, home: Path, cog: Cog, tell: Progress) -> tuple[StudyFindings, StudyContents]:
    tell("read", 0, 1)
    declared = read_study_file(path)
    study = declared.study
    if file is None and study.file is None:
        raise DataError(
            "the study names no file of respondents", file=declared.name, remedy="write `file:`, or give it as FILE"
        )
    source = path.parent / str(study.file) if file is None else file
    raw = read_bytes(source)
    wanted = [*needed_columns(study)]
    people = read_respondents_file(raw, source.name, wanted, study.sheet)
    tell("read", 1, 1)
    tell("check", 0, 1)
    ready = prepared(study, people, cog, load_movements(home))
    surveyed(study, ready.frame, people)
    tell("check", 1, 1)
    tell("estimate", 0, 1)
    before = _previous(declared, home)
    table = estimate_study(study, ready.frame, nesting(study.territory, cog), None if before is None else before[1])
    description = described(study, ready.frame.height, design_facts(study, ready.frame))
    tell("estimate", 1, 1)
    counts = [_counted(ready.frame, level) for level in study.territory.estimates]
    provenance = Provenance(
        id=study.id, title=study.title, producer=", ".join(study.makers), citation=study.mention,
        licence=study.licence, published=study.field.end, sha256=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    contents = StudyContents(
        declared.content, source.name, raw, ready.frame, table, description, provenance,
        None if before is None else before[0].snapshot,
    )  # fmt: skip
    return StudyFindings(description, source.name, pl.concat(counts), table, ready.partial), contents


def _previous(declared: StudyFile, home: Path) -> tuple[KeptStudy, Previous] | None:
    """The wave before, where the study names one; DataError where it is not kept."""
    wave = declared.study.wave
    if wave is None or wave.previous is None:
        return None
    kept = {study.id: study for study in current_studies(home)}
    if wave.previous not in kept:
        raise DataError(
            "the previous wave is not kept", file=declared.name, row=declared.line("wave", "previous"),
            column="wave/previous", value=wave.previous,
            remedy=Message("import it first, or leave `previous` out. Kept: {kept}", kept=list(kept))
            if kept
            else "import it first, or leave `previous` out",
        )  # fmt: skip
    before = kept[wave.previous]
    study = _study_of(before)
    if study.actor != declared.study.actor:
        raise DataError(
            "the previous wave asked another actor", file=declared.name, row=declared.line("wave", "previous"),
            column="wave/previous", value=study.actor, remedy="correct the study file",
        )  # fmt: skip
    respondents = pl.read_parquet(before.path / "respondents.parquet")
    return before, Previous(study, respondents, before.estimates.collect())


def _study_of(kept: KeptStudy) -> Study:
    return read_study_file(kept.path / "study.yml").study


def _counted(frame: pl.DataFrame, level: Level) -> pl.DataFrame:
    here = frame.select(territory=at_level(level)).drop_nulls()
    counts = here.group_by("territory").len("n").sort("territory")
    return counts.select(pl.lit(level.value).alias("level"), "territory", pl.col("n").cast(pl.Int64))


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
