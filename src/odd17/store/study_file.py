"""Study files (``study.yml``): read, checked with near names for wrong keys, and turned into a ``Study``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from odd17.core.kernel import DataError, Message, Text, text_from_plain, why
from odd17.core.perceptions.study import Field, Study, StudyDesign, StudyTerritory, Wave
from odd17.core.territories.cog import CURRENT_VINTAGE
from odd17.core.territories.levels import Level

from .documents import check_document
from .strict_yaml import line_of, read_strict_yaml
from .study_document import StudyDocument, near_or_known
from .study_questions import read_questions
from .unknown_keys import explained, refuse_unknown_keys

MAX_BYTES = 2**20
"""The largest study file that is read."""


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A study file as written (``content``), and what it declares."""

    name: str
    content: bytes
    study: Study
    node: yaml.Node

    def line(self, *path: str | int) -> int:
        """The line of the key at ``path``."""
        return line_of(self.node, path)


def read_study_file(path: Path) -> StudyFile:
    """The study file at ``path``.

    Raises DataError that names the file, the line and the key, with the near name of a key that does not exist.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError(
            Message("the file cannot be read ({why})", why=why(error)),
            file=path.name,
            remedy="check its name and place",
        ) from error
    return parse_study(content, path.name)


def parse_study(content: bytes, name: str) -> StudyFile:
    """The study that ``content`` (YAML) declares; ``name`` is how errors call the file."""
    if len(content) > MAX_BYTES:
        raise DataError("larger than a study file can be", file=name, remedy="give the study file, not the answers")
    document, node = read_strict_yaml(content, name)
    refuse_unknown_keys(document, "study", file=name, node=node)
    try:
        check_document(document, "study", file=name, node=node)
    except DataError as error:
        raise explained(error, document, "study") from error
    return StudyFile(name, content, _Reader(document, node, name).study(), node)


@dataclass(frozen=True, slots=True)
class _Reader(StudyDocument):
    def study(self) -> Study:
        document = self.document
        field = Field(date.fromisoformat(document["field"]["start"]), date.fromisoformat(document["field"]["end"]))
        if field.end < field.start:
            raise self.wrong("the field ends before it starts", "field", "end", value=field.end.isoformat())
        wave, respondent = self.wave()
        return Study(
            id=document["id"],
            title=Text(**document["title"]),
            actor=document["actor"],
            makers=tuple(document["makers"]),
            mention=document["mention"],
            licence=text_from_plain(document["licence"]),
            field=field,
            population=Text(**document["population"]),
            mode=Text(**document["mode"]),
            territory=self.territory(),
            questions=read_questions(self),
            design=self.design(),
            file=document.get("file"),
            sheet=document.get("sheet"),
            wave=wave,
            respondent=respondent,
            fictitious=document.get("fictitious", False),
        )

    def design(self) -> StudyDesign:
        given = self.document.get("design", {})
        bounds, trim = given.get("bounds"), given.get("trim")
        margins = {
            column: {label: float(total) for label, total in totals.items()}
            for column, totals in self.document.get("margins", {}).items()
        }
        names = self.document.get("margin_names", {})
        for column in names:
            if column not in margins:
                raise self.wrong(
                    "a name is given to no margin", "margin_names", column,
                    value=column, remedy=near_or_known(column, margins),
                )  # fmt: skip
        if bounds is not None and not margins:
            raise self.wrong("bounds are of raking, and there are no margins", "design", "bounds")
        if bounds is not None and not 0 <= bounds[0] < 1 < bounds[1]:
            raise self.wrong("bounds stand on either side of 1", "design", "bounds", value=bounds)
        if trim is not None and not trim[0] < trim[1]:
            raise self.wrong("the least weight comes first", "design", "trim", value=trim)
        return StudyDesign(
            weights=given.get("weights"),
            strata=given.get("strata"),
            psu=tuple(given.get("psu", ())),
            fpc=given.get("fpc"),
            lonely_psu=given.get("lonely_psu", "fail"),
            margins=margins,
            margin_names={column: Text(**name) for column, name in names.items()},
            bounds=None if bounds is None else (float(bounds[0]), float(bounds[1])),
            trim=None if trim is None else (float(trim[0]), float(trim[1])),
        )

    def territory(self) -> StudyTerritory:
        given = self.document["territory"]
        level, column = Level(given["level"]), given.get("column")
        if column is None and not level.is_single:
            raise self.wrong(
                "no column says where respondents are", "territory", "level", value=level.value,
                remedy="give `column`, or the level FRM or FR where all count as one territory",
            )  # fmt: skip
        if column is not None and "vintage" not in given:
            raise self.wrong(
                "the codes have no vintage", "territory",
                remedy=Message("write `vintage: {vintage}`, or the year of the codes", vintage=CURRENT_VINTAGE),
            )  # fmt: skip
        estimates = tuple(Level(item) for item in given.get("estimates", (level.value,)))
        order = list(Level)
        finer = [item for item in estimates if order.index(item) > order.index(level)]
        if finer or (column is None and set(estimates) != {level}):
            raise self.wrong(
                "figures cannot be told at a level that the column does not tell", "territory", "estimates",
                value=finer[0].value if finer else estimates[0].value,
            )  # fmt: skip
        codes = {label: str(code) for label, code in given.get("codes", {}).items()}
        return StudyTerritory(level, column, codes, given.get("vintage", CURRENT_VINTAGE), estimates)

    def wave(self) -> tuple[Wave | None, str | None]:
        given = self.document.get("wave")
        if given is None:
            return None, None
        is_panel, respondent = given.get("design") == "panel", given.get("respondent")
        if is_panel != (respondent is not None):
            raise self.wrong(
                "a panel, and only a panel, has a column `respondent`", "wave",
                remedy="give `design: panel` and `respondent`, or neither",
            )  # fmt: skip
        if given.get("previous") == self.document["id"]:
            raise self.wrong("a study is not its own previous wave", "wave", "previous")
        return Wave(given["programme"], given["number"], given.get("previous"), is_panel), respondent
