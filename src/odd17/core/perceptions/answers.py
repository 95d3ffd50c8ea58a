"""From the cells of a respondents' file to answers: true, false, or none, for each thing that a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import polars as pl

from odd17.core.kernel import DataError, Message

from .study import About, Base, Multiple, Question

YES = ("1", "true", "vrai", "oui", "yes")
NO = ("0", "false", "faux", "non", "no")
_NUMBER = r"^[+-]?\d+(?:[.,]\d+)?$"
_NO_OPINION = re.compile(
    r"ne sai[ts] pas|^\(?nsp|sans opinion|sans r[ée]ponse|refus|non r[ée]ponse|^nr$|don.?t know|no answer|^n/?a$", re.I
)


@dataclass(frozen=True)
class Respondents:
    """A respondents' file: every cell as text, null where it is empty. ``rows`` are the rows of the file.

    ``labels`` are those that the file gives to the codes of a column, ``missing`` the codes it declares missing.
    """

    frame: pl.DataFrame
    rows: pl.Series
    file: str
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def codes(self, column: str, told: Iterable[str]) -> set[str]:
        """The codes that are meant: each is told as itself, or by its label."""
        labels = self.labels.get(column, {})
        found: set[str] = set()
        for one in told:
            alike = [code for code, label in labels.items() if label == one]
            found.update(alike if alike and one not in labels else [one])
        return found

    def values(self, column: str) -> list[str]:
        """The values of a column, each once."""
        return sorted(self.frame[column].drop_nulls().unique().to_list())

    def shown(self, column: str) -> pl.Series:
        """A column with labels in place of codes where the file has them."""
        labels = self.labels.get(column)
        return self.frame[column].replace(labels) if labels else self.frame[column]

    def wrong(self, message: str, column: str, value: str, *, remedy: str) -> DataError:
        """What is wrong with a value of a column, at the first row that has it."""
        row = int(self.rows.filter(self.frame[column] == value)[0])
        return DataError(message, file=self.file, row=row, column=column, value=value, remedy=remedy)


def answers(question: Question, people: Respondents) -> dict[About, pl.Series]:
    """For each thing that the question is about, who said yes (true), no (false) or gave no answer (null).

    DataError for a code that neither the study file nor the respondents' file explains.
    """
    if question.multiple is None:
        _check_told(question, people, list(question.columns.values()))
        found = {about: _of_column(question, people, column) for about, column in question.columns.items()}
    else:
        found = _of_several(question, question.multiple, people)
    return found if question.base is None else _of_base(found, question.base, people)


def in_base(base: Base, people: Respondents) -> pl.Series:
    """Who was asked. DataError for an answer that nobody gave."""
    asked = pl.Series([True]).new_from_index(0, people.frame.height)
    for column, told in base.where.items():
        codes = people.codes(column, told)
        known = [*people.values(column), *people.labels.get(column, {})]
        for code in sorted(codes):
            if code not in known:
                raise _unmet(people, column, code, [*known, *people.labels.get(column, {}).values()])
        asked = asked & people.frame[column].is_in(list(codes)).fill_null(False)
    return asked


def _of_base(found: dict[About, pl.Series], base: Base, people: Respondents) -> dict[About, pl.Series]:
    asked = in_base(base, people)
    nobody = pl.Series([None], dtype=pl.Boolean).new_from_index(0, people.frame.height)
    return {about: values.zip_with(asked, nobody) for about, values in found.items()}


def _check_told(question: Question, people: Respondents, columns: Sequence[str]) -> None:
    """DataError for an answer that the study file tells and that no column has, where it seems ill-written."""
    met: set[str] = set()
    for column in columns:
        met.update(people.values(column), people.labels.get(column, {}), people.labels.get(column, {}).values())
    told = {*question.yes, *question.no, *question.dont_know, *question.skipped}
    unmet_yes = question.yes and not met & set(question.yes)
    for code in question.yes if unmet_yes else sorted(told - met):
        near = get_close_matches(code, sorted(met - told), n=1, cutoff=0.8)
        if (near and not re.match(_NUMBER, code)) or unmet_yes:
            raise _unmet(people, columns[0], code, sorted(met - told))


def _unmet(people: Respondents, column: str, code: str, known: Sequence[str]) -> DataError:
    near = get_close_matches(code, list(known), n=1)
    hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
    return DataError(
        "nobody gave this answer", file=people.file, column=column, value=code,
        remedy=Message("{hint}Write answers in the study file as they stand in the file of respondents", hint=hint),
    )  # fmt: skip


def _of_column(question: Question, people: Respondents, column: str) -> pl.Series:
    meanings = dict(_meanings(question, people, column))
    return people.frame[column].replace_strict(meanings, default=None, return_dtype=pl.Boolean)


def _meanings(question: Question, people: Respondents, column: str) -> Iterator[tuple[str, bool | None]]:
    """What each value of a column means."""
    labels, values = people.labels.get(column, {}), people.values(column)
    yes, no = people.codes(column, question.yes), people.codes(column, question.no)
    unsaid, skipped = people.codes(column, question.dont_know), people.codes(column, question.skipped)
    for value in values:
        label = labels.get(value, value)
        if value in yes:
            yield value, True
        elif value in no:
            yield value, False
        elif value in unsaid:
            yield value, False if question.counts_dont_know else None
        elif value in skipped or value in people.missing.get(column, ()):
            yield value, None
        elif not question.yes and (label.lower() in YES or label.lower() in NO):
            yield value, label.lower() in YES
        elif not question.yes or question.no or (value not in labels and (labels or re.match(_NUMBER, value))):
            raise people.wrong(
                "a code that nothing explains", column, value,
                remedy="give it under `yes`, `no`, `dont_know` or `skipped` of the question, or label it in the file",
            )  # fmt: skip
        elif _NO_OPINION.search(label):
            raise people.wrong(
                Message("{label!r} would count as a no", label=label), column, value,
                remedy="give it under `dont_know` or `skipped` of the question, or under `no` if it is one",
            )  # fmt: skip
        else:
            yield value, False


def _of_several(question: Question, given: Multiple, people: Respondents) -> dict[About, pl.Series]:
    """Answers parted in a cell: each thing that it does not name was not chosen, once anything else is said."""
    cells = people.frame[given.column]
    parts = pl.DataFrame({"row": range(len(cells)), "cell": cells}).with_columns(
        pl.col("cell").str.split(given.separator)
    )
    parts = parts.explode("cell").with_columns(pl.col("cell").str.strip_chars()).filter(pl.col("cell") != "")
    silent, unsaid = {*question.skipped, *people.missing.get(given.column, ())}, set(question.dont_know)
    known = {*given.codes, *question.yes, *question.no, *silent, *unsaid}
    strange = parts.filter(~pl.col("cell").is_in(list(known)))
    if not strange.is_empty():
        at, value = strange.row(0)
        near = get_close_matches(value, sorted(known), n=1)
        hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
        raise DataError(
            "a code that nothing explains", file=people.file, row=int(people.rows[at]), column=given.column,
            value=value, remedy=Message("{hint}Give it under `codes` of the question, or under `no`", hint=hint),
        )  # fmt: skip
    none = silent if question.counts_dont_know else silent | unsaid
    said = set(parts.filter(~pl.col("cell").is_in(list(none)))["row"].to_list())
    answered = pl.Series([at in said for at in range(len(cells))])
    found: dict[About, pl.Series] = {}
    for about in dict.fromkeys(given.codes.values()):
        codes = [code for code, target in given.codes.items() if target == about]
        chosen = set(parts.filter(pl.col("cell").is_in(codes))["row"].to_list())
        values = pl.Series([at in chosen for at in range(len(cells))], dtype=pl.Boolean)
        nobody = pl.Series([None], dtype=pl.Boolean).new_from_index(0, len(cells))
        found[about] = values.zip_with(answered, nobody)
    return found
