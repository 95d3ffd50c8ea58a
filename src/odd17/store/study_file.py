"""Study files (``study.yml``): read, checked with near names for wrong keys, and turned into a ``Study``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from odd17.core.kernel import DataError, Message, Text, actors, domains, levers, text_from_plain
from odd17.core.perceptions.study import (
    OF_DOMAINS,
    OF_ITEMS,
    About,
    Base,
    Field,
    Multiple,
    Question,
    Ranking,
    Study,
    StudyDesign,
    StudyTerritory,
    Wave,
)
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.cog import CURRENT_VINTAGE
from odd17.core.territories.levels import Level

from .documents import check_document
from .strict_yaml import line_of, read_strict_yaml
from .unknown_keys import explained, refuse_unknown_keys

MAX_BYTES = 2**20
"""The largest study file that is read."""

LEVER = "lever"
"""The measure of a ranking, which gives two: who is ranked first, and what each is worth."""


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
            Message("the file cannot be read ({strerror})", strerror=error.strerror),
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
class _Reader:
    document: dict[str, Any]
    node: yaml.Node
    name: str

    def study(self) -> Study:
        document = self.document
        field = Field(date.fromisoformat(document["field"]["start"]), date.fromisoformat(document["field"]["end"]))
        if field.end < field.start:
            raise self.wrong("the field ends before it starts", "field", "end", value=field.end.isoformat())
        wave, respondent = self.wave()
        questions = tuple(self.question(at) for at in range(len(document["questions"])))
        self.refuse_twice(questions)
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
            questions=questions,
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

    def question(self, at: int) -> Question:
        given = self.document["questions"][at]
        place = ("questions", at)
        measure = Measure.LEVER_FIRST if given["measure"] == LEVER else Measure(given["measure"])
        ranking = self.ranking(given["ranking"], place) if "ranking" in given else None
        if (measure is Measure.LEVER_FIRST) != (ranking is not None):
            raise self.wrong("the measure lever has a `ranking`, and no other has", *place, "measure")
        if ("item" in given and "column" not in given) or (
            "domain" in given and not given.keys() & {"column", "items"}
        ):
            raise self.wrong("`item` goes with `column`, `domain` with `column` or `items`", *place)
        domain = None if "domain" not in given else self.domain(given["domain"], *place, "domain")
        columns: dict[About, str] = {}
        if "column" in given:
            columns[About(domain, given.get("item"))] = given["column"]
        for name, column in given.get("columns", {}).items():
            columns[About(self.domain(name, *place, "columns", name), None)] = column
        for item, column in given.get("items", {}).items():
            columns[About(domain, item)] = column
        multiple = self.multiple(given["multiple"], measure, place) if "multiple" in given else None
        labels = {item: Text(**text) for item, text in given.get("labels", {}).items()}
        question = Question(
            measure=measure,
            wording=Text(**given["wording"]),
            columns=columns,
            multiple=multiple,
            ranking=ranking,
            yes=_codes(given.get("yes", ())),
            no=_codes(given.get("no", ())),
            dont_know=_codes(given.get("dont_know", ())),
            skipped=_codes(given.get("skipped", ())),
            counts_dont_know=given.get("count_dont_know", False),
            base=self.base(given.get("base")),
            labels=labels | self.names(measure, labels),
        )
        self.check(question, place)
        return question

    def check(self, question: Question, place: tuple[str | int, ...]) -> None:
        for about in question.abouts:
            if question.measure in OF_DOMAINS and about.domain is None:
                raise self.wrong("this measure is told of a domain", *place, "measure", value=question.measure.value)
            if question.measure in OF_ITEMS and about.item is None:
                raise self.wrong("this measure is told of an item", *place, "measure", value=question.measure.value)
            if about.item is not None and about.item not in question.labels:
                near = get_close_matches(about.item, question.labels, n=1)
                hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
                raise self.wrong(
                    "an item without a name", *place, value=about.item,
                    remedy=Message("{hint}Give its name in `labels`, in French and English", hint=hint),
                )  # fmt: skip
        told = [*question.yes, *question.no, *question.dont_know, *question.skipped]
        twice = next((code for code in told if told.count(code) > 1), None)
        if twice is not None:
            raise self.wrong("a code has two meanings", *place, value=twice)

    def names(self, measure: Measure, labels: Mapping[str, Text]) -> dict[str, Text]:
        if measure is Measure.OWN:
            return {}
        known = levers() if measure is Measure.LEVER_FIRST else actors()
        return {item.id: item.name for item in known if item.id not in labels}

    def multiple(self, given: Mapping[str, Any], measure: Measure, place: tuple[str | int, ...]) -> Multiple:
        known = {item.id for item in domains()}
        codes = {}
        for answer, target in given["codes"].items():
            if measure in OF_DOMAINS or (target in known and measure not in OF_ITEMS):
                codes[answer] = About(domain=self.domain(target, *place, "multiple", "codes", answer))
            else:
                codes[answer] = About(item=target)
        return Multiple(given["column"], given["separator"], codes)

    def ranking(self, given: Mapping[str, Any], place: tuple[str | int, ...]) -> Ranking:
        known = [item.id for item in levers()]
        items = list(given["columns"]) if "columns" in given else list(given["codes"].values())
        wrong = next((item for item in items if item not in known), None)
        if wrong is not None:
            raise self.wrong("no such lever", *place, "ranking", value=wrong, remedy=self.known(wrong, known))
        if "columns" in given:
            return Ranking(by_item=given["columns"])
        if len(given["places"]) < len(set(items)) - 1:
            raise self.wrong("the places do not tell a whole ranking", *place, "ranking", "places")
        return Ranking(places=tuple(given["places"]), codes=given["codes"])

    def base(self, given: Mapping[str, Any] | None) -> Base | None:
        if given is None:
            return None
        return Base(Text(**given["said"]), {column: _codes(codes) for column, codes in given["where"].items()})

    def domain(self, id: str, *path: str | int) -> str:
        known = [item.id for item in domains()]
        if id not in known:
            raise self.wrong("no such domain", *path, value=id, remedy=self.known(id, known))
        return id

    def refuse_twice(self, questions: tuple[Question, ...]) -> None:
        seen: set[tuple[Measure, About]] = set()
        for at, question in enumerate(questions):
            for about in question.abouts:
                if (question.measure, about) in seen:
                    value = " ".join(filter(None, (question.measure.value, about.domain, about.item)))
                    raise self.wrong("two questions tell the same", "questions", at, value=value)
                seen.add((question.measure, about))

    def known(self, word: str, known: Iterable[str]) -> Message:
        listed = list(known)
        near = get_close_matches(word, listed, n=1)
        hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
        return Message("{hint}Known: {known}", hint=hint, known=listed)

    def wrong(
        self, message: str, *path: str | int, value: object = None, remedy: str | None = "correct the study file"
    ) -> DataError:
        return DataError(
            message, file=self.name, row=line_of(self.node, path), column="/".join(map(str, path)) or None,
            value=value, remedy=remedy,
        )  # fmt: skip


def _codes(given: Iterable[Any]) -> tuple[str, ...]:
    """Codes as the file has them: ``1``, ``oui``."""
    return tuple(str(code).lower() if isinstance(code, bool) else str(code) for code in given)
