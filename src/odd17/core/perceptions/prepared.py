"""Respondents as estimates need them: answers true, false or none, numbers as numbers, territories as identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.movements import Movements

from .answers import Respondents, answers
from .identifiers import refuse_identifiers
from .ranked_answers import ranks
from .study import About, Question, Study
from .study_places import places
from .survey import Survey
from .tables import Measure

WEIGHT = "weight|"
RESPONDENT = "respondent|"
RANK = "rank|"
_MOST_OF_ALL = 0.5  # of the weight of everybody, that one respondent may have
_BEYOND = 1.1  # of the people of the country, that weights may sum to


@dataclass(frozen=True)
class Prepared:
    """``frame`` has one row a respondent: columns of the design under their own names, and those named here.

    ``partial`` is how many ordered some of the levers only, and count as no answer.
    """

    frame: pl.DataFrame
    partial: int


def at_level(level: Level) -> str:
    """The column of the territories of a level."""
    return f"at|{level.value}"


def answer_column(measure: Measure, about: About) -> str:
    """The column of the answers about one thing."""
    return f"{measure.value}|{about.domain or ''}|{about.item or ''}"


def prepared(study: Study, people: Respondents, cog: Cog, movements: Movements) -> Prepared:
    """The respondents of a study, checked. Raises DataError that names file, row and column for anything wrong."""
    refuse_absent_columns(study, people)
    refuse_identifiers(people, design_columns(study))
    columns: dict[str, pl.Series] = {}
    design = study.design
    for name in filter(None, (design.strata, *design.psu, *design.margins)):
        columns[name] = people.shown(name)
    for name in filter(None, (design.weights, design.fpc)):
        columns[name] = _numbers(name, people)
    if design.weights is None:
        columns[WEIGHT] = pl.Series([1.0]).new_from_index(0, people.frame.height)
    else:
        _check_weights(columns[design.weights], people, cog)
    if study.respondent is not None:
        columns[RESPONDENT] = people.frame[study.respondent]
    for level, ids in places(study.territory, people, cog, movements).items():
        columns[at_level(level)] = ids
    partial = 0
    for question in study.questions:
        if question.ranking is not None:
            found = ranks(question, question.ranking, people)
            columns |= {f"{RANK}{item}": values for item, values in found.by_item.items()}
            partial += found.partial
            continue
        for about, said in answers(question, people).items():
            if said.null_count() == len(said):
                raise DataError("nobody answered", file=people.file, column=_column_of(question, about))
            columns[answer_column(question.measure, about)] = said
    return Prepared(pl.DataFrame([values.alias(name) for name, values in columns.items()]), partial)


def surveyed(study: Study, frame: pl.DataFrame, people: Respondents | None = None) -> Survey:
    """The survey that a study's design makes of its respondents, raked and trimmed as it says.

    Errors of the design name the file and its rows where ``people`` are given.
    """
    design = study.design
    try:
        survey = Survey(
            frame, design.weights or WEIGHT, design.strata, list(design.psu) or None, design.fpc, design.lonely_psu
        )
        if design.margins:
            survey = survey.rake(design.margins, design.bounds)
        return survey if design.trim is None else survey.trim(*design.trim)
    except DataError as error:
        if people is None:
            raise
        row = None if error.row is None else int(people.rows[error.row - 1])
        raise DataError(
            error.message, file=people.file, row=row, column=error.column, value=error.value, remedy=error.remedy
        ) from error


def needed_columns(study: Study) -> dict[str, tuple[str | int, ...]]:
    """Every column that the study names, and where its file names it."""
    found: dict[str, tuple[str | int, ...]] = {}

    def need(column: str | None, *path: str | int) -> None:
        if column is not None:
            found.setdefault(column, path)

    design = study.design
    need(design.weights, "design", "weights")
    need(design.strata, "design", "strata")
    need(design.fpc, "design", "fpc")
    for at, name in enumerate(design.psu):
        need(name, "design", "psu", at)
    for name in design.margins:
        need(name, "margins", name)
    need(study.territory.column, "territory", "column")
    need(study.respondent, "wave", "respondent")
    for at, question in enumerate(study.questions):
        for name in _columns(question):
            need(name, "questions", at)
        for name in () if question.base is None else question.base.where:
            need(name, "questions", at, "base", "where", name)
    return found


def design_columns(study: Study) -> tuple[str, ...]:
    """The columns that may hold a value for each respondent."""
    design = study.design
    names = (design.weights, design.fpc, design.strata, *design.psu, study.territory.column, study.respondent)
    return tuple(name for name in names if name is not None)


def refuse_absent_columns(study: Study, people: Respondents) -> None:
    """Raise DataError, with the near name, for a column that the study names and the file does not have."""
    for name, path in needed_columns(study).items():
        if name not in people.frame.columns:
            near = get_close_matches(name, people.frame.columns, n=1)
            hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
            raise DataError(
                "the file has no such column", file=people.file, column=name,
                remedy=Message(
                    "{hint}Correct `{key}` in the study file. The file has {columns}",
                    hint=hint, key="/".join(map(str, path)), columns=people.frame.columns[:12],
                ),
            )  # fmt: skip


def _columns(question: Question) -> Sequence[str]:
    ranking = question.ranking
    if ranking is not None:
        return [*ranking.by_item.values(), *ranking.places]
    return list(question.columns.values()) if question.multiple is None else [question.multiple.column]


def _column_of(question: Question, about: About) -> str:
    return question.columns[about] if question.multiple is None else question.multiple.column


def _numbers(name: str, people: Respondents) -> pl.Series:
    """A column of text as numbers: thin spaces and a decimal comma are read, anything else names its row."""
    text = people.frame[name].str.replace_all(r"[\s\u202f\u00a0]", "").str.replace(",", ".", literal=True)
    values = text.cast(pl.Float64, strict=False)
    wrong = people.frame[name].filter(values.is_null() & text.is_not_null())
    if len(wrong):
        raise people.wrong("not a number", name, str(wrong[0]), remedy="correct the cell")
    return values


def _check_weights(weights: pl.Series, people: Respondents, cog: Cog) -> None:
    """Weights that are there, none negative, and that sum to something plausible."""
    name = weights.name or ""
    for rows, message in (
        (people.rows.filter(weights.is_null() | weights.is_nan()), "a respondent without a weight"),
        (people.rows.filter(weights.fill_null(0) < 0), "a negative weight"),
    ):
        if len(rows):
            at = int(people.rows.index_of(rows[0]) or 0)
            raise DataError(
                message, file=people.file, row=int(rows[0]), column=name, value=people.frame[name][at],
                remedy="give each respondent a weight, zero for those who do not count",
            )  # fmt: skip
    values = weights.to_numpy()
    total, largest, counted = float(values.sum()), float(values.max()), int(np.count_nonzero(values))
    inhabitants = cog["FR"].population if "FR" in cog else None
    most = _BEYOND * inhabitants if inhabitants else np.inf
    if not counted / 2 <= total <= max(most, _BEYOND * counted):
        raise DataError(
            "the weights sum to nothing plausible", file=people.file, column=name, value=total,
            remedy="give weights that sum to the number of respondents, or to the people they stand for",
        )  # fmt: skip
    if counted > 10 and largest > _MOST_OF_ALL * total:
        raise DataError(
            "one respondent weighs more than all others together", file=people.file,
            row=int(people.rows[int(values.argmax())]), column=name, value=largest,
            remedy="correct the weight: it may be a code of missing",
        )  # fmt: skip
